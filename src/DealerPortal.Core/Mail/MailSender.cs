using DealerPortal.Core.Data;
using DealerPortal.Core.Mail.Bounces;
using DealerPortal.Core.Mail.Inbound;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using MimeKit;

namespace DealerPortal.Core.Mail;

/// <summary>
/// Empties the outbox, beside any number of other instances. A row is sent only by who holds its lease and marked
/// only by who still holds it; one whose answer got lost goes out again with the same Message-ID.
/// </summary>
public sealed class MailSender(
    IServiceScopeFactory scopes,
    IMailTransport transport,
    MailSignal signal,
    IOptions<MailOptions> options,
    IOptions<BrandOptions> brand,
    IDataProtectionProvider protection,
    ReplyTokens replies,
    TimeProvider time,
    ILogger<MailSender> log) : BackgroundService
{
    private const int BatchSize = 100;
    private const int LastErrorMaxLength = 500;

    private static readonly TimeSpan _pollInterval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan _leaseTime = TimeSpan.FromMinutes(5);

    /// <summary>One message is over within this, well before its lease is.</summary>
    private static readonly TimeSpan _sendTime = TimeSpan.FromMinutes(2);

    /// <summary>Codes and links that let someone in are of no use later, so neither is their mail.</summary>
    private static readonly TimeSpan _secretLifetime = TimeSpan.FromHours(1);

    /// <summary>After each failed attempt, about a day in all; then the mail is a dead letter.</summary>
    private static readonly TimeSpan[] _backOff = [.. ((int[])[1, 5, 15, 60, 120, 240, 480, 519]).Select(minutes => TimeSpan.FromMinutes(minutes))];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (await SendDueAsync(stoppingToken) > 0)
                {
                    // A full outbox is emptied batch by batch.
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception exception)
            {
                // The rows are still there; what is wrong with the database is for its own log lines to say.
                log.LogError("The outbox could not be read or written ({Error}); trying again", exception.GetType().Name);
            }

            try
            {
                await signal.WaitAsync(_pollInterval, time, stoppingToken);
            }
            catch (OperationCanceledException)
            {
                break;
            }
        }

        await transport.RestAsync();
    }

    /// <summary>
    /// Sends what is due now, at most one batch, and gives up expired secrets.
    /// When <paramref name="ct"/> is cancelled, what is under way is finished and the rest handed back.
    /// </summary>
    /// <returns>How many mails were taken on, sent or not.</returns>
    public async Task<int> SendDueAsync(CancellationToken ct)
    {
        if (!await IsAnythingDueAsync(ct))
            return 0;
        var lease = Guid.NewGuid();
        var claimed = await ClaimAsync(lease, ct);
        var bounced = await BouncedAsync(claimed, ct);
        var waiting = new Queue<OutboxMail>(claimed);
        try
        {
            await Task.WhenAll(Enumerable.Range(0, Math.Min(options.Value.Connections, claimed.Count)).Select(_ => Task.Run(WorkAsync, CancellationToken.None)));
        }
        finally
        {
            if (waiting.Count > 0)
                await HandBackAsync(lease);
            await transport.RestAsync();
        }

        return claimed.Count;

        async Task WorkAsync()
        {
            while (!ct.IsCancellationRequested && Next() is { } mail)
                await SendAsync(mail, lease, isHeldBack: bounced.Contains(mail.Id));
        }

        OutboxMail? Next()
        {
            lock (waiting)
                return waiting.TryDequeue(out var mail) ? mail : null;
        }
    }

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    private async Task<bool> IsAnythingDueAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var (now, expired) = (Now, Now - _secretLifetime);
        return await scope.ServiceProvider.GetRequiredService<PortalDbContext>().Set<OutboxMail>()
            .Where(m => m.DueAt != null && (m.LeaseUntil == null || m.LeaseUntil < now))
            .AnyAsync(m => m.DueAt <= now || (m.IsSecret && m.CreatedAt < expired), ct);
    }

    private Task<List<OutboxMail>> ClaimAsync(Guid lease, CancellationToken ct) => WriteAsync(async (db, token) =>
    {
        var outbox = db.Set<OutboxMail>();
        var (now, until, expired) = (Now, Now + _leaseTime, Now - _secretLifetime);
        var free = outbox.Where(m => m.DueAt != null && (m.LeaseUntil == null || m.LeaseUntil < now));
        await free.Where(m => m.IsSecret && m.CreatedAt < expired).ExecuteUpdateAsync(
            set => set.SetProperty(m => m.DueAt, (DateTime?)null)
                .SetProperty(m => m.FailedAt, now)
                .SetProperty(m => m.Content, (string?)null)
                .SetProperty(m => m.LastError, "Expired before it could be sent."),
            token);
        var due = free.Where(m => m.DueAt <= now);
        var ids = await due.OrderBy(m => m.DueAt).Select(m => m.Id).Take(BatchSize).ToListAsync(token);
        await due.Where(m => ids.Contains(m.Id)).ExecuteUpdateAsync(
            set => set.SetProperty(m => m.LeaseId, lease).SetProperty(m => m.LeaseUntil, until).SetProperty(m => m.Parts, (string?)null), token);
        return await outbox.Where(m => ids.Contains(m.Id) && m.LeaseId == lease).AsNoTracking().OrderBy(m => m.DueAt).ToListAsync(token);
    }, ct);

    /// <summary>Those whose address takes no mails. Secrets go out all the same: who asks for one waits for it.</summary>
    private async Task<HashSet<Guid>> BouncedAsync(List<OutboxMail> claimed, CancellationToken ct)
    {
        var people = claimed.Where(mail => mail is { IsSecret: false, TriesAddress: false }).Select(mail => mail.UserId).OfType<int>().Distinct().ToList();
        if (people.Count == 0)
            return [];
        await using var scope = scopes.CreateAsyncScope();
        var flagged = await scope.ServiceProvider.GetRequiredService<PortalDbContext>().Users
            .Where(u => people.Contains(u.Id) && u.BouncedAddress != null).Select(u => new { u.Id, u.BouncedAddress }).ToListAsync(ct);
        return [.. claimed.Where(mail => mail is { IsSecret: false, TriesAddress: false }
            && flagged.Any(person => person.Id == mail.UserId && string.Equals(person.BouncedAddress, mail.Recipient, StringComparison.OrdinalIgnoreCase))).Select(mail => mail.Id)];
    }

    private async Task SendAsync(OutboxMail mail, Guid lease, bool isHeldBack)
    {
        if (!await StillHoldsAsync(mail, lease))
            return;
        var failure = isHeldBack ? new Failure(OutboxMail.AddressBounced, IsForGood: false, Bounce: null) : await TrySendAsync(mail);
        var held = failure is null ? await MarkSentAsync(mail, lease) : await MarkFailedAsync(mail, lease, failure);
        if (!held)
            log.LogWarning("Mail {MailId} ({Kind}) was taken over by another sender meanwhile", mail.Id, mail.Kind);
    }

    /// <summary>Renews the lease before it could end in the middle of sending; nobody else may have the row then.</summary>
    private async Task<bool> StillHoldsAsync(OutboxMail mail, Guid lease)
    {
        if (mail.LeaseUntil - Now > _sendTime + _sendTime)
            return true;
        mail.LeaseUntil = Now + _leaseTime;
        return await UpdateAsync(mail.Id, lease, mail.LeaseUntil.Value, row => row.ExecuteUpdateAsync(set => set.SetProperty(m => m.LeaseUntil, mail.LeaseUntil)));
    }

    /// <summary>Null where it went out.</summary>
    private async Task<Failure?> TrySendAsync(OutboxMail mail)
    {
        try
        {
            var content = MailContent.Read(mail, protection) ?? throw new MailRefusedException("The content is gone.");
            using var message = OutgoingMessage.Of(mail, content, options.Value, brand.Value, replies.AddressFor(mail));
            // Not the stopping token: a message that is under way is finished.
            using var limit = new CancellationTokenSource(_sendTime, time);
            await transport.SendAsync(message, limit.Token);
            return null;
        }
        catch (Exception exception)
        {
            return new Failure(
                WithoutAddresses(exception, mail),
                exception is MailRefusedException or ParseException,
                exception is MailRefusedException { NamesRecipient: true } ? Bounce.Of(exception.Message, mail.Recipient) : null);
        }
    }

    private async Task<bool> MarkSentAsync(OutboxMail mail, Guid lease)
    {
        var now = Now;
        var held = await UpdateAsync(mail.Id, lease, mail.LeaseUntil!.Value, row => row.ExecuteUpdateAsync(set =>
        {
            set.SetProperty(m => m.SentAt, now)
                .SetProperty(m => m.DueAt, (DateTime?)null)
                .SetProperty(m => m.LeaseId, (Guid?)null)
                .SetProperty(m => m.LeaseUntil, (DateTime?)null)
                .SetProperty(m => m.LastError, (string?)null)
                .SetProperty(m => m.ReplyToken, (string?)null)
                .SetProperty(m => m.Attempts, m => m.Attempts + 1);
            if (mail.IsSecret)
                set.SetProperty(m => m.Content, (string?)null);
        }), (db, token) => mail is { TriesAddress: true, UserId: { } person } ? BouncedMails.ClearAsync(db, person, null, mail.Recipient, now, token) : Task.CompletedTask);
        if (held)
            log.LogDebug("Mail {MailId} ({Kind}) sent", mail.Id, mail.Kind);
        return held;
    }

    private async Task<bool> MarkFailedAsync(OutboxMail mail, Guid lease, Failure failure)
    {
        var now = Now;
        var isDead = failure.IsForGood || mail.Attempts >= _backOff.Length;
        // Jitter, so that mails that failed together do not come back together.
        DateTime? due = isDead ? null : now + (_backOff[mail.Attempts] * (0.9 + (0.2 * Random.Shared.NextDouble())));
        DateTime? failed = isDead ? now : null;
        var held = await UpdateAsync(mail.Id, lease, mail.LeaseUntil!.Value, row => row.ExecuteUpdateAsync(set =>
        {
            set.SetProperty(m => m.DueAt, due)
                .SetProperty(m => m.FailedAt, failed)
                .SetProperty(m => m.LeaseId, (Guid?)null)
                .SetProperty(m => m.LeaseUntil, (DateTime?)null)
                .SetProperty(m => m.LastError, failure.Error)
                .SetProperty(m => m.Attempts, m => m.Attempts + 1);
            if (isDead && mail.IsSecret)
                set.SetProperty(m => m.Content, (string?)null);
        }), (db, token) => failure.Bounce is { } bounce ? BouncedMails.RecordAsync(db, mail, bounce, now, token) : Task.CompletedTask);
        if (held && isDead)
            log.LogError("Mail {MailId} ({Kind}) was given up after {Attempts} attempts", mail.Id, mail.Kind, mail.Attempts + 1);
        else if (held)
            log.LogWarning("Mail {MailId} ({Kind}) was not taken at attempt {Attempts}; due again at {DueAt:u}", mail.Id, mail.Kind, mail.Attempts + 1, due);
        return held;
    }

    private Task<bool> HandBackAsync(Guid lease) => WriteAsync(async (db, token) =>
        await db.Set<OutboxMail>().Where(m => m.LeaseId == lease).ExecuteUpdateAsync(
            set => set.SetProperty(m => m.LeaseId, (Guid?)null).SetProperty(m => m.LeaseUntil, (DateTime?)null), token) > 0,
        CancellationToken.None);

    /// <summary>
    /// Changes a row that is still held. Insists for as long as the lease lasts: a mail that was sent and could not
    /// be marked would be sent again.
    /// </summary>
    /// <param name="also">What else follows, in the same write.</param>
    private async Task<bool> UpdateAsync(
        Guid id, Guid lease, DateTime until, Func<IQueryable<OutboxMail>, Task<int>> update, Func<PortalDbContext, CancellationToken, Task>? also = null)
    {
        while (true)
        {
            try
            {
                return await WriteAsync(async (db, token) =>
                {
                    if (await update(db.Set<OutboxMail>().Where(m => m.Id == id && m.LeaseId == lease)) == 0)
                        return false;
                    if (also is not null)
                        await also(db, token);
                    return true;
                }, CancellationToken.None);
            }
            catch (Exception exception) when (Now < until)
            {
                var pause = Task.Delay(TimeSpan.FromSeconds(1), time);
                log.LogError("Mail {MailId} could not be marked ({Error}); trying again", id, exception.GetType().Name);
                await pause;
            }
        }
    }

    private async Task<T> WriteAsync<T>(Func<PortalDbContext, CancellationToken, Task<T>> work, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<PortalDatabase>().WriteAsync((write, token) => work(write.Db, token), ct);
    }

    /// <summary>What is kept and shown of a failure. Only a server's reply is quoted, since other messages may hold anything; and without its addresses.</summary>
    private static string WithoutAddresses(Exception exception, OutboxMail mail)
    {
        var reply = exception switch
        {
            MailRefusedException => exception.Message,
            MailKit.Net.Smtp.SmtpCommandException refusal => $"{(int)refusal.StatusCode} {refusal.Message}",
            _ => exception.GetType().Name,
        };
        return Bounce.Shortened(reply, mail.Recipient, LastErrorMaxLength);
    }

    /// <param name="Error">Without addresses.</param>
    /// <param name="Bounce">What a permanent refusal of the recipient says.</param>
    private sealed record Failure(string Error, bool IsForGood, Bounce? Bounce);
}
