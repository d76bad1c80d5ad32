using DealerPortal.Core.Audit;
using DealerPortal.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace DealerPortal.Core.Dossiers.Promises;

/// <summary>All targets as an administrator wants them.</summary>
/// <param name="Stamp">Of what they had before them.</param>
/// <param name="Minutes">Null for no target.</param>
public sealed record NewPromiseTargets(Guid Stamp, IReadOnlyDictionary<(DossierType Type, PromiseStep Step), int?> Minutes, int ActorId);

/// <summary>What became of new targets.</summary>
/// <param name="IsStale">Somebody changed them since the page was made; nothing was saved.</param>
/// <param name="Changed">How many are others than before.</param>
public sealed record PromiseEditResult(bool IsStale, int Changed);

/// <summary>Changes targets. A target like that of the settings is not kept, so that it goes on following them.</summary>
public sealed class PromiseEditing(PortalDatabase database, IOptions<PromiseOptions> options, TimeProvider time)
{
    public async Task<PromiseEditResult> SaveAsync(NewPromiseTargets wanted, CancellationToken ct)
    {
        try
        {
            return await database.WriteAsync((write, token) => SaveAsync(write, wanted, token), ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            return new PromiseEditResult(IsStale: true, 0);
        }
        catch (DbUpdateException exception) when (exception.IsUniqueViolation())
        {
            return new PromiseEditResult(IsStale: true, 0);
        }
    }

    private async Task<PromiseEditResult> SaveAsync(WriteScope write, NewPromiseTargets wanted, CancellationToken ct)
    {
        var db = write.Db;
        var state = await db.Set<PromiseState>().SingleOrDefaultAsync(ct);
        if ((state?.Stamp ?? Guid.Empty) != wanted.Stamp)
            return new PromiseEditResult(IsStale: true, 0);
        var rows = await db.Set<PromiseTarget>().ToDictionaryAsync(t => (t.Type, t.Step), ct);
        var before = new PromiseTargets(options.Value, rows.ToDictionary(row => row.Key, row => row.Value.Minutes));
        var changed = wanted.Minutes.Where(target => before[target.Key.Type, target.Key.Step] != target.Value).ToList();
        if (changed.Count == 0)
            return new PromiseEditResult(IsStale: false, 0);
        foreach (var ((type, step), minutes) in changed)
        {
            db.Record(time.GetUtcNow().UtcDateTime, wanted.ActorId, "promise.target-changed", nameof(PromiseTarget), $"{type}.{step}", $"{Word(before[type, step])} -> {Word(minutes)}");
            var row = rows.GetValueOrDefault((type, step));
            if (options.Value.Target(type, step) == minutes)
                db.Remove(row!);
            else if (row is null)
                db.Add(new PromiseTarget { Type = type, Step = step, Minutes = minutes });
            else
                row.Minutes = minutes;
        }

        if (state is null)
            db.Add(new PromiseState());
        else
            Renew(db, state);
        return new PromiseEditResult(IsStale: false, changed.Count);
    }

    /// <summary>A new stamp, also where open dossiers have not followed the change before this one yet.</summary>
    private static void Renew(PortalDbContext db, PromiseState state)
    {
        (state.Followed, state.FollowedTo) = ("", 0);
        db.Entry(state).State = EntityState.Modified;
    }

    private static string Word(int? minutes) => minutes is { } some ? $"{some} min" : "none";
}
