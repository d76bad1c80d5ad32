using System.Globalization;
using DealerPortal.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Core.Dossiers.Lists;

/// <summary>What tells, without reading them, whether the dossiers that a member sees have changed.</summary>
/// <param name="OpenAt">When an open one last changed, UTC; of an employee any one. Null where there is none.</param>
/// <param name="ClosedAt">When one that is no longer open last changed, UTC.</param>
/// <param name="WaitingCount">How many wait for the dealer, up to <see cref="DossierLists.CountLimit"/>; one more means «more than that».</param>
public sealed record Pulse(DateTime? OpenAt, DateTime? ClosedAt, int WaitingCount)
{
    public string Tag => string.Create(CultureInfo.InvariantCulture, $"{OpenAt?.Ticks ?? 0:x}-{ClosedAt?.Ticks ?? 0:x}-{WaitingCount}");
}

/// <summary>Takes the pulse of a member's dossiers by indexes alone, however many there are.</summary>
public sealed class PulseReading(PortalDbContext db)
{
    public Task<Pulse> ReadAsync(Reader member, int organisationId, CancellationToken ct) => Query(member, organisationId).SingleAsync(ct);

    /// <summary>One row.</summary>
    public IQueryable<Pulse> Query(Reader member, int organisationId)
    {
        var visible = db.Dossiers.AsNoTracking().VisibleTo(member);
        var waiting = visible.Where(d => d.Status == RequestStatus.WaitingForDealer).Select(d => d.Id).Take(DossierLists.CountLimit + 1);
        var organisation = db.Organisations.Where(o => o.Id == organisationId);
        // An employee's own are found by their owner; an organisation's have an index for each half.
        if (!member.SeesWholeOrganisation)
            return organisation.Select(o => new Pulse(visible.Max(d => (DateTime?)d.UpdatedAt), null, waiting.Count()));
        var isClosed = false;
        var (open, closed) = (visible.Open(), visible.Where(d => d.IsOpen == isClosed));
        return organisation.Select(o => new Pulse(open.Max(d => (DateTime?)d.UpdatedAt), closed.Max(d => (DateTime?)d.UpdatedAt), waiting.Count()));
    }

    /// <summary>The newest entry that the reader sees of a dossier; null when there is no such dossier for them.</summary>
    public Task<long?> LastEntryAsync(string number, Reader reader, CancellationToken ct) =>
        (from dossier in db.Dossiers.AsNoTracking().VisibleTo(reader)
         where dossier.Number == number
         select db.Timeline.Where(e => e.DossierId == dossier.Id && (reader.IsStaff || !e.IsInternal)).Max(e => (long?)e.Id)).SingleOrDefaultAsync(ct);
}
