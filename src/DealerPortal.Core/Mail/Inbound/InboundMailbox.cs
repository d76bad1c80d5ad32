using System.Collections.Concurrent;
using DealerPortal.Core.Data;
using MailKit;
using MailKit.Net.Imap;
using MailKit.Search;
using MailKit.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DealerPortal.Core.Mail.Inbound;

/// <summary>
/// Reads the mailbox over IMAP. First the row, then the move to the folder of handled mails: whoever is killed between the two finds
/// the row the next time and only moves the mail. Nothing is deleted, so that what was cut off a text can still be looked up.
/// </summary>
public sealed partial class InboundMailbox(IServiceScopeFactory scopes, IOptions<MailOptions> options, ILogger<InboundMailbox> log)
{
    private const int BatchSize = 50;

    /// <summary>So often a mail that cannot be taken is tried again before it is kept as it is.</summary>
    private const int MaxFailures = 5;

    private readonly ConcurrentDictionary<InboundPlace, int> _failures = new();

    private InboundOptions Settings => options.Value.Inbound;

    /// <summary>Takes in what is there, the oldest first. How many mails were moved away.</summary>
    public async Task<int> TakeInAsync(CancellationToken ct)
    {
        using var client = await ConnectAsync(ct);
        var folder = await FolderAsync(client, ct);
        await folder.OpenAsync(FolderAccess.ReadWrite, ct);
        var handled = await HandledAsync(client, ct);
        var waiting = await folder.SearchAsync(SearchQuery.NotDeleted, ct);
        var moved = 0;
        foreach (var mail in await folder.FetchAsync([.. waiting.Take(BatchSize)], MessageSummaryItems.UniqueId | MessageSummaryItems.Size, ct))
        {
            if (!await TakeAsync(folder, mail, ct))
                continue;
            if (await MoveAsync(folder, mail.UniqueId, handled, ct))
                moved++;
        }

        await client.DisconnectAsync(quit: true, ct);
        return moved;
    }

    /// <summary>False where another instance was faster.</summary>
    private static async Task<bool> MoveAsync(IMailFolder folder, UniqueId mail, IMailFolder handled, CancellationToken ct)
    {
        try
        {
            await folder.MoveToAsync(mail, handled, ct);
            return true;
        }
        catch (ImapCommandException)
        {
            await folder.CheckAsync(ct);
            if ((await folder.SearchAsync(SearchQuery.Uids([mail]), ct)).Count > 0)
                throw;
            return false;
        }
    }

    /// <summary>Whether there is a row of this mail now.</summary>
    private async Task<bool> TakeAsync(IMailFolder folder, IMessageSummary mail, CancellationToken ct)
    {
        var place = new InboundPlace($"{Settings.User}@{Settings.Host}/{Settings.Folder}", folder.UidValidity, mail.UniqueId.Id);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            if (!await IsKnownAsync(scope.ServiceProvider, place, ct))
                await TakeAsync(scope.ServiceProvider.GetRequiredService<InboundReception>(), folder, mail, place, ct);
            _failures.TryRemove(place, out _);
            return true;
        }
        catch (MessageNotFoundException)
        {
            // Another instance was faster.
            return false;
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or ServiceNotConnectedException or ImapProtocolException or IOException))
        {
            var failures = _failures.AddOrUpdate(place, 1, (_, before) => before + 1);
            // What the exception says may quote the mail.
            NotTaken(log, mail.UniqueId.Id, failures, exception.GetBaseException().GetType().Name);
            return false;
        }
    }

    private async Task TakeAsync(InboundReception reception, IMailFolder folder, IMessageSummary mail, InboundPlace place, CancellationToken ct)
    {
        var isTooLarge = mail.Size > Settings.MaxBytes;
        if (isTooLarge || _failures.GetValueOrDefault(place) >= MaxFailures)
        {
            await reception.KeepHeadAsync(place, await folder.GetHeadersAsync(mail.UniqueId, ct), isTooLarge ? InboundReason.TooLarge : InboundReason.Unreadable, ct);
            return;
        }

        using var message = await folder.GetMessageAsync(mail.UniqueId, ct);
        var outcome = await reception.TakeAsync(place, message, ct);
        Taken(log, mail.UniqueId.Id, outcome);
    }

    private static Task<bool> IsKnownAsync(IServiceProvider services, InboundPlace place, CancellationToken ct) => services.GetRequiredService<PortalDbContext>().Set<InboundMail>()
        .AnyAsync(m => m.Mailbox == place.Mailbox && m.UidValidity == place.UidValidity && m.Uid == place.Uid, ct);

    private async Task<ImapClient> ConnectAsync(CancellationToken ct)
    {
        var client = new ImapClient { Timeout = (int)Settings.Timeout.TotalMilliseconds };
        try
        {
            if (Settings.TrustedCertificatePath is { Length: > 0 } path)
                TrustedAuthority.Add(client, path);
            await client.ConnectAsync(Settings.Host, Settings.Port, Settings.Security == MailSecurity.Tls ? SecureSocketOptions.SslOnConnect : SecureSocketOptions.StartTls, ct);
            await client.AuthenticateAsync(Settings.User!, Settings.Password ?? "", ct);
            return client;
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    private async Task<IMailFolder> FolderAsync(ImapClient client, CancellationToken ct) =>
        string.Equals(Settings.Folder, "INBOX", StringComparison.OrdinalIgnoreCase) ? client.Inbox : await client.GetFolderAsync(Settings.Folder, ct);

    private async Task<IMailFolder> HandledAsync(ImapClient client, CancellationToken ct)
    {
        var root = client.GetFolder(client.PersonalNamespaces[0]);
        try
        {
            return await root.GetSubfolderAsync(Settings.Handled, ct);
        }
        catch (FolderNotFoundException)
        {
            return await root.CreateAsync(Settings.Handled, isMessageFolder: true, ct)
                ?? throw new InvalidOperationException("The mail server made no folder for handled mails.");
        }
    }

    [LoggerMessage(LogLevel.Warning, "The incoming mail {Uid} could not be taken at attempt {Attempt}: {Exception}")]
    private static partial void NotTaken(ILogger log, uint uid, int attempt, string exception);

    [LoggerMessage(LogLevel.Debug, "The incoming mail {Uid} ended as {Outcome}")]
    private static partial void Taken(ILogger log, uint uid, InboundOutcome outcome);
}
