using System.Data.Common;
using DealerPortal.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DealerPortal.Core.Content.Announcements;

/// <summary>A published announcement as home and the frame of pages show it; its body is read with its own page.</summary>
public sealed record ShownAnnouncement(
    int Id, AnnouncementKind Kind, string? Country, DateTime ShownFrom, DateTime? ShownUntil, DateTime? DownFrom, DateTime? DownUntil, IReadOnlyList<ShownWords> Texts)
{
    public ShownWords In(string language) => Texts.First(text => text.Language == language);

    internal bool IsShownAt(DateTime now) => ShownFrom <= now && !(ShownUntil <= now);
}

/// <param name="SheetName">Null where there is no sheet in this language.</param>
public sealed record ShownWords(string Language, string Title, string Summary, bool HasBody, string? SheetName, long? SheetLength);

/// <summary>
/// What is announced just now. Every page asks, so it is kept in memory for <see cref="Kept"/> with what is planned: an
/// announcement appears and ends at its moment, and what another instance changes is seen within that time. A database
/// that does not answer leaves what was known.
/// </summary>
public sealed class CurrentAnnouncements(IServiceScopeFactory scopes, TimeProvider time, ILogger<CurrentAnnouncements> log) : IDisposable
{
    public static readonly TimeSpan Kept = TimeSpan.FromSeconds(30);

    /// <summary>The newest of those that have not ended; a house with more that never end has its oldest in the list alone.</summary>
    private const int Most = 100;

    private readonly SemaphoreSlim _one = new(1, 1);
    private volatile Known? _known;
    private int _changes;

    /// <summary>What is shown now, as far as it is known without asking: for pages that must show while the database is away.</summary>
    public IReadOnlyList<ShownAnnouncement> Remembered => At(time.GetUtcNow().UtcDateTime);

    /// <summary>What is shown now, the newest first. Does not throw for a database that is away.</summary>
    public async ValueTask<IReadOnlyList<ShownAnnouncement>> ReadAsync()
    {
        var now = time.GetUtcNow().UtcDateTime;
        if (_known is not { } known || known.Until <= now || known.Changes != Volatile.Read(ref _changes))
            await RefreshAsync(now);
        return At(now);
    }

    /// <summary>Something was changed here: the next page asks again.</summary>
    public void Forget() => Interlocked.Increment(ref _changes);

    public void Dispose() => _one.Dispose();

    private IReadOnlyList<ShownAnnouncement> At(DateTime now) => _known is { All: { Count: > 0 } all } ? [.. all.Where(a => a.IsShownAt(now))] : [];

    private async Task RefreshAsync(DateTime now)
    {
        var asked = _known;
        // While one asks, what was known does for everybody else.
        if (!await _one.WaitAsync(asked is null || asked.Changes != Volatile.Read(ref _changes) ? Timeout.Infinite : 0))
            return;
        try
        {
            // Somebody else has asked while this one waited.
            if (!ReferenceEquals(asked, _known) && _known!.Changes == Volatile.Read(ref _changes))
                return;
            var changes = Volatile.Read(ref _changes);
            _known = new Known(await ReadAsync(now), now + Kept, changes);
        }
        catch (Exception exception) when (exception.GetBaseException() is DbException or TimeoutException or IOException)
        {
            log.LogWarning("Announcements could not be read: {Exception}", exception.GetBaseException().GetType().Name);
            _known = new Known(_known?.All ?? [], now + Kept, Volatile.Read(ref _changes));
        }
        finally
        {
            _one.Release();
        }
    }

    private async Task<List<ShownAnnouncement>> ReadAsync(DateTime now)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PortalDbContext>();
        return await db.Announcements.AsNoTracking()
            .Where(a => a.PublishedAt != null && a.WithdrawnAt == null && (a.ShownUntil == null || a.ShownUntil > now))
            .OrderByDescending(a => a.ShownFrom).ThenByDescending(a => a.Id).Take(Most)
            .Select(a => new ShownAnnouncement(
                a.Id, a.Kind, a.Country, a.ShownFrom!.Value, a.ShownUntil, a.DownFrom, a.DownUntil,
                a.Texts.Select(t => new ShownWords(t.Language, t.Title, t.Summary, t.Body != "", t.SheetName, t.SheetLength)).ToList()))
            .ToListAsync();
    }

    /// <param name="Until">When it is asked anew.</param>
    private sealed record Known(IReadOnlyList<ShownAnnouncement> All, DateTime Until, int Changes);
}
