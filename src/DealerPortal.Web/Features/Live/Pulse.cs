using System.Globalization;
using DealerPortal.Core.Accounts;
using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Dossiers.Lists;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Web.Features.Live;

/// <summary>What tells, without reading them, whether the dossiers that a member sees have changed.</summary>
/// <param name="NewestAt">When one of them last changed, UTC; null where there is none.</param>
/// <param name="WaitingCount">How many wait for the dealer, up to <see cref="DossierLists.CountLimit"/>; one more means «more than that».</param>
public sealed record Pulse(DateTime? NewestAt, int WaitingCount)
{
    public string Tag => string.Create(CultureInfo.InvariantCulture, $"{NewestAt?.Ticks ?? 0:x}-{WaitingCount}");
}

/// <summary>Takes the pulse of a member's dossiers by indexes alone, however many there are.</summary>
public sealed class PulseReading(PortalDbContext db)
{
    public async Task<Pulse> ReadAsync(SessionSnapshot member, CancellationToken ct)
    {
        var visible = db.Dossiers.AsNoTracking().VisibleTo(member.Reader);
        var (open, closed, waiting) = (visible.Where(d => d.IsOpen), visible.Where(d => !d.IsOpen), visible.Where(d => d.Status == RequestStatus.WaitingForDealer));
        var organisation = member.Organisation!.Id;
        // An employee's own are few, and found by their owner; an organisation's have an index for each half.
        var found = member.Reader.SeesWholeOrganisation
            ? await db.Organisations.Where(o => o.Id == organisation).Select(o => new
            {
                Open = open.Max(d => (DateTime?)d.UpdatedAt),
                Closed = closed.Max(d => (DateTime?)d.UpdatedAt),
                Waiting = waiting.Take(DossierLists.CountLimit + 1).Count(),
            }).SingleAsync(ct)
            : await db.Organisations.Where(o => o.Id == organisation).Select(o => new
            {
                Open = visible.Max(d => (DateTime?)d.UpdatedAt),
                Closed = (DateTime?)null,
                Waiting = waiting.Take(DossierLists.CountLimit + 1).Count(),
            }).SingleAsync(ct);
        return new Pulse(found.Open > found.Closed || found.Closed is null ? found.Open : found.Closed, found.Waiting);
    }

    /// <summary>The newest entry that the reader sees of a dossier; null when there is no such dossier for them.</summary>
    public Task<long?> LastEntryAsync(string number, Reader reader, CancellationToken ct) =>
        (from dossier in db.Dossiers.AsNoTracking().VisibleTo(reader)
         where dossier.Number == number
         select db.Timeline.Where(e => e.DossierId == dossier.Id && (reader.IsStaff || !e.IsInternal)).Max(e => (long?)e.Id)).SingleOrDefaultAsync(ct);
}
