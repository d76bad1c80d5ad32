using DealerPortal.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Core.Mail.Inbound;

/// <summary>Which of the mails that came in are looked for.</summary>
public enum InboundView
{
    /// <summary>Kept, and nobody has looked at them yet.</summary>
    Open,

    /// <summary>Kept, and done with.</summary>
    Settled,
    Ignored,
}

public sealed record InboundRow(Guid Id, string? Sender, string? SenderName, string? Subject, InboundReason? Reason, DateTime ReceivedAt, DateTime? SettledAt, long? DossierId);

public sealed record InboundRows(IReadOnlyList<InboundRow> Rows, bool HasNext);

/// <summary>The mails that became no message, a page at a time, the newest first.</summary>
public sealed class InboundList(PortalDbContext db)
{
    public const int PageSize = 25;
    public const int LastPage = 200;
    public const int CountLimit = 1000;

    public async Task<InboundRows> ReadAsync(InboundView view, int page, CancellationToken ct)
    {
        var rows = await In(view).OrderByDescending(m => m.ReceivedAt).ThenByDescending(m => m.Id)
            .Skip((Math.Clamp(page, 1, LastPage) - 1) * PageSize).Take(PageSize + 1)
            .Select(m => new InboundRow(m.Id, m.Sender, m.SenderName, m.Subject, m.Reason, m.ReceivedAt, m.SettledAt, m.DossierId)).ToListAsync(ct);
        return new InboundRows([.. rows.Take(PageSize)], rows.Count > PageSize && page < LastPage);
    }

    /// <summary>Exact up to <see cref="CountLimit"/>; one more means «more than that».</summary>
    public Task<int> CountOpenAsync(CancellationToken ct) => In(InboundView.Open).Select(m => m.Id).Take(CountLimit + 1).CountAsync(ct);

    /// <summary>One of them; null for a mail that became a message, which its dossier shows.</summary>
    public Task<InboundMail?> FindAsync(Guid id, CancellationToken ct) =>
        db.Set<InboundMail>().AsNoTracking().SingleOrDefaultAsync(m => m.Id == id && m.Outcome != InboundOutcome.Taken, ct);

    private IQueryable<InboundMail> In(InboundView view)
    {
        var mails = db.Set<InboundMail>().AsNoTracking();
        return view switch
        {
            InboundView.Settled => mails.Where(m => m.Outcome == InboundOutcome.Kept && m.SettledAt != null),
            InboundView.Ignored => mails.Where(m => m.Outcome == InboundOutcome.Ignored),
            _ => mails.Where(m => m.Outcome == InboundOutcome.Kept && m.SettledAt == null),
        };
    }
}
