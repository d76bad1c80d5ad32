using System.Collections.Concurrent;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Options;
using MimeKit;

namespace DealerPortal.Core.Mail;

/// <summary>Sends over SMTP. Connections are kept between messages until <see cref="RestAsync"/>.</summary>
public sealed class SmtpTransport(IOptions<MailOptions> options) : IMailTransport, IDisposable
{
    private readonly ConcurrentBag<SmtpClient> _idle = [];

    public async Task SendAsync(MimeMessage message, CancellationToken ct)
    {
        var client = await ConnectAsync(ct);
        try
        {
            await client.SendAsync(message, Sender(message), message.To.Mailboxes, ct);
        }
        catch (SmtpCommandException refusal)
        {
            // The conversation is intact; MailKit has reset it.
            Release(client);
            if (IsForGood(refusal))
                throw new MailRefusedException($"{(int)refusal.StatusCode} {refusal.Message}", refusal) { NamesRecipient = refusal.ErrorCode is SmtpErrorCode.RecipientNotAccepted };
            throw;
        }
        catch
        {
            client.Dispose();
            throw;
        }

        Release(client);
    }

    public async Task RestAsync()
    {
        while (_idle.TryTake(out var client))
        {
            try
            {
                await client.DisconnectAsync(quit: true);
            }
            catch (Exception exception) when (exception is IOException or SmtpProtocolException or SmtpCommandException or OperationCanceledException)
            {
                // It had gone away already.
            }
            finally
            {
                client.Dispose();
            }
        }
    }

    public void Dispose()
    {
        while (_idle.TryTake(out var client))
            client.Dispose();
    }

    /// <summary>
    /// A refused recipient or message stays refused. A refused sender or command is our configuration, which
    /// somebody may put right within the day; except that a message too large is refused with the sender.
    /// </summary>
    private static bool IsForGood(SmtpCommandException refusal) => (int)refusal.StatusCode is >= 500 and < 600
        && (refusal.ErrorCode is SmtpErrorCode.RecipientNotAccepted or SmtpErrorCode.MessageNotAccepted
            || refusal.StatusCode == SmtpStatusCode.ExceededStorageAllocation);

    /// <summary>Where reports of what could not be delivered go: to the mailbox that is read, where there is one.</summary>
    private MailboxAddress Sender(MimeMessage message) =>
        options.Value.Inbound is { IsOn: true } inbound ? new MailboxAddress("", inbound.Address) : message.From.Mailboxes.First();

    private async Task<SmtpClient> ConnectAsync(CancellationToken ct)
    {
        while (_idle.TryTake(out var kept))
        {
            try
            {
                await kept.NoOpAsync(ct);
                return kept;
            }
            catch (Exception exception) when (exception is not OperationCanceledException || !ct.IsCancellationRequested)
            {
                kept.Dispose();
            }
        }

        var smtp = options.Value.Smtp;
        var client = new SmtpClient { Timeout = (int)smtp.Timeout.TotalMilliseconds };
        try
        {
            if (smtp.TrustedCertificatePath is { Length: > 0 } path)
                TrustedAuthority.Add(client, path);
            await client.ConnectAsync(smtp.Host, smtp.Port, smtp.Security switch
            {
                MailSecurity.Tls => SecureSocketOptions.SslOnConnect,
                MailSecurity.None => SecureSocketOptions.None,
                _ => SecureSocketOptions.StartTls,
            }, ct);
            if (smtp.User is { Length: > 0 } user)
                await client.AuthenticateAsync(user, smtp.Password ?? "", ct);
            return client;
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    private void Release(SmtpClient client)
    {
        if (client.IsConnected)
            _idle.Add(client);
        else
            client.Dispose();
    }
}
