using System.Data.Common;
using System.Globalization;
using System.Text;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Serilog;
using Serilog.Configuration;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting.Compact;

namespace DealerPortal.Web.Hosting;

/// <summary>
/// What the portal says about itself: lines on the console, for people while developing and as compact JSON elsewhere.
/// No line holds personal data: routes instead of addresses, and of exceptions the type, the code and the place.
/// </summary>
public static class PortalLogging
{
    private const string RouteItem = "request-log-route";

    /// <param name="asErrors">Whether lines go to the error stream, where the output itself is an answer.</param>
    public static void AddPortalLogging(this WebApplicationBuilder builder, bool asErrors = false) => builder.Services.AddSerilog(
        (services, log) =>
        {
            var errorsFrom = asErrors ? LogEventLevel.Verbose : (LogEventLevel?)null;
            log.ReadFrom.Configuration(builder.Configuration).Enrich.FromLogContext().Enrich.With(new TraceReference());
            if (builder.Environment.IsDevelopment())
            {
                log.ReadFrom.Services(services).WriteTo.Console(formatProvider: CultureInfo.InvariantCulture, standardErrorFromLevel: errorsFrom);
                return;
            }

            log.WriteTo.Sink(LoggerSinkConfiguration.Wrap(
                sink => new WithoutMessages(sink),
                sinks =>
                {
                    sinks.Console(new CompactJsonFormatter(), standardErrorFromLevel: errorsFrom);
                    foreach (var sink in services.GetServices<ILogEventSink>())
                        sinks.Sink(sink);
                }));
        },
        preserveStaticLogger: true);

    /// <summary>One line per request at Debug; errors speak for themselves.</summary>
    public static void UseRequestLog(this IApplicationBuilder app) => app.UseSerilogRequestLogging(options =>
    {
        options.Logger = app.ApplicationServices.GetRequiredService<Serilog.ILogger>();
        options.MessageTemplate = "{Method} {Route} {StatusCode} in {Elapsed:0.0} ms";
        options.GetLevel = (_, _, exception) => exception is null ? LogEventLevel.Debug : LogEventLevel.Error;
        options.GetMessageTemplateProperties = (context, _, elapsed, status) =>
        [
            new LogEventProperty("Method", new ScalarValue(context.Request.Method)),
            new LogEventProperty("Route", new ScalarValue(context.Items[RouteItem] ?? "(none)")),
            new LogEventProperty("StatusCode", new ScalarValue(status)),
            new LogEventProperty("Elapsed", new ScalarValue(elapsed)),
        ];
    });

    /// <summary>Keeps the route that was asked for, before an error page takes its place. Stands after routing.</summary>
    public static void UseRouteForLog(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        if (context.GetEndpoint() is RouteEndpoint route)
            context.Items.TryAdd(RouteItem, "/" + route.RoutePattern.RawText?.TrimStart('/'));
        return next(context);
    });

    /// <summary>Adds the reference that the error page shows, and takes away the address that the framework adds to every line: it names dossiers.</summary>
    private sealed class TraceReference : ILogEventEnricher
    {
        public void Enrich(LogEvent logEvent, ILogEventPropertyFactory propertyFactory)
        {
            logEvent.RemovePropertyIfPresent("RequestPath");
            if (logEvent.TraceId is { } trace)
                logEvent.AddPropertyIfAbsent(new LogEventProperty("Reference", new ScalarValue(TraceIds.Of(trace))));
        }
    }

    /// <summary>Messages of exceptions may repeat what was typed or stored (a duplicate key, a failed parse): they stay out.</summary>
    private sealed class WithoutMessages(ILogEventSink inner) : ILogEventSink
    {
        public void Emit(LogEvent logEvent) => inner.Emit(logEvent.Exception is not { } exception
            ? logEvent
            : new LogEvent(
                logEvent.Timestamp,
                logEvent.Level,
                new QuietException(exception),
                logEvent.MessageTemplate,
                logEvent.Properties.Select(property => new LogEventProperty(property.Key, property.Value)),
                logEvent.TraceId ?? default,
                logEvent.SpanId ?? default));
    }

    private sealed class QuietException(Exception original) : Exception
    {
        public override string ToString()
        {
            var text = new StringBuilder();
            for (var exception = original; exception is not null; exception = exception.InnerException)
            {
                text.Append(exception.GetType().FullName).Append(Code(exception)).AppendLine();
                text.AppendLine(exception.StackTrace);
            }

            return text.ToString();
        }

        private static string Code(Exception exception) => exception switch
        {
            SqliteException sqlite => $" ({sqlite.SqliteExtendedErrorCode})",
            SqlException server => $" ({server.Number})",
            DbException or IOException => $" (0x{exception.HResult:X8})",
            _ => "",
        };
    }
}
