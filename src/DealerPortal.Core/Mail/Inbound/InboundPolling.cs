using DealerPortal.Core.Work;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DealerPortal.Core.Mail.Inbound;

/// <summary>Looks into the mailbox every few seconds. A server that is away is said once, and once more when it is back.</summary>
public sealed partial class InboundPolling(IServiceScopeFactory scopes, IOptions<MailOptions> options, TimeProvider time, ILogger<InboundPolling> log)
    : Housekeeping("inbound-mail", scopes, time, log, options.Value.Inbound.Period)
{
    private readonly ILogger _log = log;
    private string? _trouble;

    protected override async Task DoAsync(IServiceProvider services, CancellationToken ct)
    {
        try
        {
            await services.GetRequiredService<InboundMailbox>().TakeInAsync(ct);
            if (_trouble is not null)
                IsBack(_log);
            _trouble = null;
        }
        catch (Exception exception) when (!ct.IsCancellationRequested)
        {
            // What a server says may name the account, or quote a mail.
            var trouble = exception.GetBaseException().GetType().Name;
            if (trouble != _trouble)
                IsAway(_log, trouble);
            _trouble = trouble;
        }
    }

    [LoggerMessage(LogLevel.Error, "The mailbox of answers could not be read and is tried again: {Exception}")]
    private static partial void IsAway(ILogger log, string exception);

    [LoggerMessage(LogLevel.Information, "The mailbox of answers is read again")]
    private static partial void IsBack(ILogger log);
}
