using DealerPortal.Core.Calendar;
using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Core.Figures;

/// <summary>
/// Keeps the counts by month: at first of all dossiers, then of those whose timelines went on. Each step is one write that also
/// says how far the counting has come; whoever is a step behind another instance stops. Nothing is counted twice: what a dossier
/// adds is on record, and taken back before it is added anew.
/// </summary>
public sealed class FiguresCounting(PortalDatabase database, PortalDbContext db, TimeProvider time)
{
    /// <summary>Dossiers, or entries of timelines, that one write counts.</summary>
    public const int BatchSize = 500;

    /// <summary>Entries of writes that began earlier may still appear below newer ones; until then they are looked at again.</summary>
    private static readonly TimeSpan _settling = TimeSpan.FromMinutes(10);

    private static readonly TimelineKind[] _telling =
    [
        TimelineKind.Message, TimelineKind.RequestStatusChanged, TimelineKind.RepairStatusChanged, TimelineKind.AppointmentScheduled,
        TimelineKind.ReturnStatusChanged, TimelineKind.PickupPlanned,
    ];

    /// <summary>Counts what there is to count. May end early where another instance counts too; the next round goes on.</summary>
    public async Task CountAsync(CancellationToken ct)
    {
        var now = time.GetUtcNow().UtcDateTime;
        try
        {
            var state = await db.Set<FiguresState>().AsNoTracking().SingleOrDefaultAsync(ct) ?? await BeginAsync(now, ct);
            var calendar = await db.ReadWorkingDaysAsync(DateOnly.MinValue, ct);
            if (await FirstCountAsync(state, calendar, ct) is { } first && await MergedAsync(first, calendar, ct) is { } merged)
                await FollowAsync(merged, calendar, now, ct);
        }
        catch (DbUpdateException exception) when (exception is DbUpdateConcurrencyException || exception.IsUniqueViolation())
        {
            // Another instance was faster.
        }
    }

    private async Task<FiguresState> BeginAsync(DateTime now, CancellationToken ct)
    {
        var entry = await SettledAsync(now, ct);
        return await database.WriteAsync((write, _) =>
        {
            var state = new FiguresState { FirstCountScope = 0, EntryId = entry };
            write.Db.Add(state);
            return Task.FromResult(state);
        }, ct);
    }

    /// <summary>All dossiers there are, by organisation and in the order in which they were filed, so that a batch touches few counts.</summary>
    private async Task<FiguresState?> FirstCountAsync(FiguresState state, WorkingDays calendar, CancellationToken ct)
    {
        while (state.FirstCountScope is { } scope)
        {
            var after = state.FirstCountDossierId;
            var ids = scope == 0 ? [] : await db.Dossiers.AllOrganisations().Where(d => d.OrganisationId == scope && d.Id > after)
                .OrderBy(d => d.Id).Select(d => d.Id).Take(BatchSize).ToListAsync(ct);
            var next = ids.Count == BatchSize ? scope : await db.Organisations.Where(o => o.Id > scope).Select(o => (int?)o.Id).MinAsync(ct);
            var moved = await StepAsync(state, ids, calendar, s => (s.FirstCountScope, s.FirstCountDossierId) = (next, next == scope ? ids[^1] : 0), ct);
            if (moved is null)
                return null;
            state = moved;
        }

        return state;
    }

    /// <summary>Dossiers of organisations that went on in another one.</summary>
    private async Task<FiguresState?> MergedAsync(FiguresState state, WorkingDays calendar, CancellationToken ct)
    {
        foreach (var scope in await db.Organisations.Where(o => o.MergedIntoId != null).Select(o => o.Id).ToListAsync(ct))
        {
            while (await db.Set<CountedDossier>().Where(c => c.Scope == scope).Select(c => c.DossierId).Take(BatchSize).ToListAsync(ct) is { Count: > 0 } ids)
            {
                // What a request under way still wrote for it is brought along later.
                var gone = await db.Dossiers.AllOrganisations().Where(d => ids.Contains(d.Id) && d.OrganisationId != scope).Select(d => d.Id).ToListAsync(ct);
                if (gone.Count == 0)
                    break;
                if (await StepAsync(state, gone, calendar, _ => { }, ct) is not { } moved)
                    return null;
                state = moved;
            }
        }

        return state;
    }

    /// <summary>Dossiers to which something happened since.</summary>
    private async Task FollowAsync(FiguresState state, WorkingDays calendar, DateTime now, CancellationToken ct)
    {
        var settled = await SettledAsync(now, ct);
        for (var seen = state.EntryId; ;)
        {
            var after = seen;
            var entries = await db.Timeline.AllOrganisations().Where(e => e.Id > after).OrderBy(e => e.Id).Select(e => new { e.Id, e.DossierId }).Take(BatchSize).ToListAsync(ct);
            var isLast = entries.Count < BatchSize;
            seen = entries.Count > 0 ? entries[^1].Id : seen;
            var done = Math.Max(state.EntryId, Math.Min(seen, settled));
            var moved = await StepAsync(state, [.. entries.Select(e => e.DossierId).Distinct()], calendar, s => (s.EntryId, s.AsOf) = (done, isLast ? now : s.AsOf), ct);
            if (moved is null || isLast)
                return;
            state = moved;
        }
    }

    /// <summary>The newest entry below which no other can appear any more.</summary>
    private Task<long> SettledAsync(DateTime now, CancellationToken ct)
    {
        var until = now - _settling;
        return db.Timeline.AllOrganisations().Where(e => e.At <= until).OrderByDescending(e => e.Id).Select(e => e.Id).FirstOrDefaultAsync(ct);
    }

    /// <summary>Counts these dossiers and moves on; null, changing nothing, where another instance has moved since.</summary>
    private async Task<FiguresState?> StepAsync(FiguresState read, IReadOnlyCollection<long> ids, WorkingDays calendar, Action<FiguresState> move, CancellationToken ct)
    {
        var counted = await ReadAsync(ids, calendar, ct);
        return await database.WriteAsync(async (write, token) =>
        {
            var state = await write.Db.Set<FiguresState>().SingleAsync(token);
            if (state.Stamp != read.Stamp)
                return null;
            if (counted.Count > 0)
                await new FiguresWrite(write.Db).ApplyAsync(counted, token);
            move(state);
            // Also where it stays: whoever read it before must not count the same once more.
            write.Db.Entry(state).State = EntityState.Modified;
            return state;
        }, ct);
    }

    private async Task<IReadOnlyCollection<Counting>> ReadAsync(IReadOnlyCollection<long> ids, WorkingDays calendar, CancellationToken ct)
    {
        if (ids.Count == 0)
            return [];
        var dossiers = await (
            from dossier in db.Dossiers.AllOrganisations().AsNoTracking()
            where ids.Contains(dossier.Id)
            join organisation in db.Organisations on dossier.OrganisationId equals organisation.Id
            select new CountableDossier(
                dossier.Id, dossier.OrganisationId, dossier.Type, dossier.CreatedAt, dossier.CompletedAt, dossier.Resolution, dossier.ModelCode,
                dossier.MergedIntoId != null, organisation.Country, dossier.EarlierNumber != null)).ToListAsync(ct);
        var timelines = (await db.Timeline.AllOrganisations().AsNoTracking().Where(e => ids.Contains(e.DossierId) && _telling.Contains(e.Kind))
            .Select(e => new CountableEntry(e.DossierId, e.OccurredAt ?? e.At, e.Kind, e.Actor, e.IsInternal, e.RequestStatus, e.RepairStatus, e.ReturnStatus))
            .ToListAsync(ct)).ToLookup(e => e.DossierId);
        return [.. dossiers.Select(d => new Counting(d.Id, d.OrganisationId, d.Type, Contributions.Of(d, [.. timelines[d.Id]], calendar)))];
    }
}
