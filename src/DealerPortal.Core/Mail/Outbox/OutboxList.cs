using DealerPortal.Core.Accounts;
using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Core.Mail.Outbox;

/// <summary>What has become of a mail.</summary>
public enum OutboxState
{
    /// <summary>Waits for further news of the same dossier.</summary>
    Held,

    /// <summary>Due now or later.</summary>
    Waiting,

    /// <summary>Not tried: mails to its address come back. Given up like the others if that does not change.</summary>
    HeldBack,

    /// <summary>A sender has it at the moment.</summary>
    Sending,
    Sent,

    /// <summary>Sent, and reported as not delivered.</summary>
    Returned,

    /// <summary>Given up: a dead letter.</summary>
    Dead,
}

/// <summary>A mail in the list. What a secret is about is in no list.</summary>
/// <param name="At">When it was made; in the list of a state, when it got there.</param>
public sealed record OutboxRow(
    Guid Id, string Kind, string Recipient, string RecipientName, string Subject, bool IsSecret, DateTime At, OutboxState State, int Attempts);

/// <param name="Unknown">Whether what was searched for is neither an address nor the number of a dossier.</param>
public sealed record OutboxPage(IReadOnlyList<OutboxRow> Rows, bool HasNext, bool Unknown = false);

/// <summary>The outbox, a page at a time.</summary>
/// <param name="db">The database.</param>
/// <param name="time">What is due, is due at this clock.</param>
public sealed class OutboxList(PortalDbContext db, TimeProvider time)
{
    public const int PageSize = 25;
    public const int CountLimit = 1000;

    /// <summary>What lies further back is found by address or dossier.</summary>
    public const int LastPage = 200;

    /// <summary>Newest first; those that wait, the next one first.</summary>
    /// <param name="staff">Support agents see the mails of dossiers only.</param>
    /// <param name="text">A whole address or the number of a dossier; null for all.</param>
    public async Task<OutboxPage> ReadAsync(StaffRole staff, OutboxState? state, string? text, int page, CancellationToken ct)
    {
        if (await FoundAsync(VisibleTo(staff), text, ct) is not { } mails)
            return new OutboxPage([], HasNext: false, Unknown: true);
        var now = Now;
        if (state is { } one)
            mails = In(mails, one, now);
        // By address or dossier there is an index for the time a mail was made, and for nothing else.
        mails = string.IsNullOrWhiteSpace(text) ? Ordered(mails, state) : mails.OrderByDescending(m => m.CreatedAt);
        var rows = await mails.Skip((Math.Clamp(page, 1, LastPage) - 1) * PageSize).Take(PageSize + 1).Select(m => new
        {
            m.Id,
            m.Kind,
            m.Recipient,
            m.RecipientName,
            m.Subject,
            m.IsSecret,
            m.CreatedAt,
            m.DueAt,
            m.SentAt,
            m.FailedAt,
            m.LeaseUntil,
            m.HeldUntil,
            m.BouncedAt,
            m.LastError,
            m.Attempts,
        }).ToListAsync(ct);
        var hasNext = rows.Count > PageSize;
        if (hasNext)
            rows.RemoveAt(PageSize);
        return new OutboxPage(
            [.. rows.Select(m => new OutboxRow(
                m.Id, m.Kind, m.Recipient, m.RecipientName, m.Subject, m.IsSecret,
                state switch
                {
                    OutboxState.Sent => m.SentAt,
                    OutboxState.Returned => m.BouncedAt,
                    OutboxState.Dead => m.FailedAt,
                    OutboxState.Held or OutboxState.Waiting or OutboxState.HeldBack => m.DueAt,
                    _ => null,
                } ?? m.CreatedAt,
                StateOf(new Marks(m.SentAt, m.FailedAt, m.BouncedAt, m.LeaseUntil, m.HeldUntil, m.LastError), now), m.Attempts))],
            hasNext && page < LastPage);
    }

    /// <summary>Exact up to <see cref="CountLimit"/>; one more means «more than that».</summary>
    public Task<int> CountAsync(StaffRole staff, OutboxState state, CancellationToken ct) => In(VisibleTo(staff), state, Now).Select(m => m.Id).Take(CountLimit + 1).CountAsync(ct);

    /// <summary>One mail; null where there is none for this person.</summary>
    public Task<OutboxMail?> FindAsync(StaffRole staff, Guid id, CancellationToken ct) => VisibleTo(staff).SingleOrDefaultAsync(m => m.Id == id, ct);

    /// <summary>The copies of a mail that were sent again, the newest first.</summary>
    public async Task<IReadOnlyList<OutboxCopy>> CopiesAsync(Guid id, CancellationToken ct) => await db.Set<OutboxMail>().AsNoTracking()
        .Where(m => m.AgainOfId == id).OrderByDescending(m => m.CreatedAt).Select(m => new OutboxCopy(m.Id, m.CreatedAt)).ToListAsync(ct);

    public OutboxState StateOf(OutboxMail mail) => StateOf(new Marks(mail.SentAt, mail.FailedAt, mail.BouncedAt, mail.LeaseUntil, mail.HeldUntil, mail.LastError), Now);

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    private IQueryable<OutboxMail> VisibleTo(StaffRole staff)
    {
        var mails = db.Set<OutboxMail>().AsNoTracking();
        return staff == StaffRole.PortalAdministrator ? mails : mails.Where(m => m.DossierId != null && !m.IsSecret);
    }

    private async Task<IQueryable<OutboxMail>?> FoundAsync(IQueryable<OutboxMail> mails, string? text, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(text))
            return mails;
        if (DossierNumber.TryParse(text, out var number))
        {
            var dossier = await db.Dossiers.AllOrganisations().Where(d => d.Number == number).Select(d => (long?)d.Id).SingleOrDefaultAsync(ct);
            return mails.Where(m => m.DossierId == dossier && m.DossierId != null);
        }

        if (!EmailAddress.TryParse(text, out var address))
            return null;
        // As it was typed here, and as the person once typed it when registering.
        var key = EmailAddress.Normalise(address);
        var own = await db.Users.Where(u => u.NormalizedEmail == key).Select(u => u.Email!).ToListAsync(ct);
        string[] spellings = [.. own.Append(address).Append(address.ToLowerInvariant()).Distinct(StringComparer.Ordinal)];
        return mails.Where(m => spellings.Contains(m.Recipient));
    }

    private static IQueryable<OutboxMail> In(IQueryable<OutboxMail> mails, OutboxState state, DateTime now)
    {
        var free = mails.Where(m => m.DueAt != null && (m.LeaseUntil == null || m.LeaseUntil < now));
        return state switch
        {
            OutboxState.Held => free.Where(m => m.HeldUntil > now),
            OutboxState.Waiting => free.Where(m => (m.HeldUntil == null || m.HeldUntil <= now) && (m.LastError == null || m.LastError != OutboxMail.AddressBounced)),
            OutboxState.HeldBack => free.Where(m => m.LastError == OutboxMail.AddressBounced),
            OutboxState.Sending => mails.Where(m => m.DueAt != null && m.LeaseUntil >= now),
            OutboxState.Sent => mails.Where(m => m.SentAt != null && m.BouncedAt == null),
            OutboxState.Returned => mails.Where(m => m.SentAt != null && m.BouncedAt != null),
            _ => mails.Where(m => m.FailedAt != null),
        };
    }

    private static IQueryable<OutboxMail> Ordered(IQueryable<OutboxMail> mails, OutboxState? state) => state switch
    {
        OutboxState.Held or OutboxState.Waiting or OutboxState.HeldBack or OutboxState.Sending => mails.OrderBy(m => m.DueAt),
        OutboxState.Sent => mails.OrderByDescending(m => m.SentAt),
        OutboxState.Returned => mails.OrderByDescending(m => m.BouncedAt),
        OutboxState.Dead => mails.OrderByDescending(m => m.FailedAt),
        _ => mails.OrderByDescending(m => m.CreatedAt),
    };

    private static OutboxState StateOf(Marks mail, DateTime now) => mail switch
    {
        { SentAt: not null, BouncedAt: not null } => OutboxState.Returned,
        { SentAt: not null } => OutboxState.Sent,
        { FailedAt: not null } => OutboxState.Dead,
        _ when mail.LeaseUntil >= now => OutboxState.Sending,
        _ when mail.HeldUntil > now => OutboxState.Held,
        { LastError: OutboxMail.AddressBounced } => OutboxState.HeldBack,
        _ => OutboxState.Waiting,
    };

    /// <summary>What of a row says its state.</summary>
    private sealed record Marks(DateTime? SentAt, DateTime? FailedAt, DateTime? BouncedAt, DateTime? LeaseUntil, DateTime? HeldUntil, string? LastError);
}

/// <summary>A mail that was sent again, by its id.</summary>
public sealed record OutboxCopy(Guid Id, DateTime At);
