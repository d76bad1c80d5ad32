using System.Collections.Concurrent;
using System.Globalization;
using Serilog.Core;
using Serilog.Events;

namespace DealerPortal.TestCommon;

/// <summary>What the host has logged, with every property and exception written out.</summary>
public sealed class LogLines : ILogEventSink
{
    private readonly ConcurrentQueue<LogEvent> _events = new();

    public IReadOnlyCollection<LogEvent> Events => _events;

    /// <summary>Message, properties and exception of each event, so that a search finds whatever would reach a log store.</summary>
    public IEnumerable<string> Texts => TextsFrom(0);

    /// <summary>As <see cref="Texts"/>, of the events after the first <paramref name="count"/>.</summary>
    public IEnumerable<string> TextsFrom(int count) => _events.Skip(count).Select(e =>
        $"{e.Level} {e.RenderMessage(CultureInfo.InvariantCulture)} {string.Join(' ', e.Properties.Select(p => $"{p.Key}={p.Value}"))} {e.Exception}");

    public void Emit(LogEvent logEvent) => _events.Enqueue(logEvent);
}
