using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Web.Features.Home;

/// <summary>What waits for a dealer, with what is asked: home and the list begin with it.</summary>
public sealed class MovesReading(PortalDbContext db)
{
    public const int Shown = 5;

    /// <summary>Those that have waited longest.</summary>
    public async Task<IReadOnlyList<Move>> ReadAsync(Reader reader, CancellationToken ct) => await db.Dossiers.AsNoTracking().VisibleTo(reader)
        .Where(d => d.Status == RequestStatus.WaitingForDealer)
        .OrderBy(d => d.StatusSince).ThenBy(d => d.Id).Take(Shown)
        .Select(d => new Move(
            d.Number, d.Type, d.ModelCode, d.Reference, d.StatusSince,
            db.Timeline.Where(e => e.DossierId == d.Id && !e.IsInternal && e.Actor == ActorKind.Support && e.Text != null)
                .OrderByDescending(e => e.At).ThenByDescending(e => e.Id).Select(e => e.Text).FirstOrDefault()))
        .ToListAsync(ct);
}
