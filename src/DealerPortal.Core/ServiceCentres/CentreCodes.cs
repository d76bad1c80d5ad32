using DealerPortal.Core.Audit;
using DealerPortal.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Core.ServiceCentres;

/// <summary>A line of the mapping table as people write it.</summary>
public sealed record CodeMapping(string Code, int? CentreId, CodeMeaning Meaning, LocalizedText? Text);

/// <summary>What became of the events that waited for a code.</summary>
/// <param name="Remaining">Those that one call leaves for the next.</param>
public sealed record WaitingApplied(IReadOnlyDictionary<CentreEventOutcome, int> Outcomes, int Remaining)
{
    public int Count => Outcomes.Values.Sum();
}

/// <summary>The mapping table, and the events that wait for a line of it.</summary>
public sealed class CentreCodes(PortalDatabase database, PortalDbContext db, CentreReception reception, TimeProvider time)
{
    /// <summary>So many waiting events are applied at once; the person at the page waits for it.</summary>
    public const int AppliedAtOnce = 500;

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <returns>The new line's id; null when the code has one already.</returns>
    public async Task<int?> AddAsync(CodeMapping mapping, int actorId, CancellationToken ct)
    {
        var code = CentreCode.Normalise(mapping.Code);
        try
        {
            return await database.WriteAsync(async (write, token) =>
            {
                var key = CentreCode.KeyOf(mapping.CentreId, code);
                if (await write.Db.CentreCodes.AnyAsync(c => c.Key == key, token))
                    return (int?)null;
                var line = new CentreCode { Key = key, Code = code, CentreId = mapping.CentreId, Meaning = mapping.Meaning, Text = mapping.Text };
                write.Db.Add(line);
                await write.Db.SaveChangesAsync(token);
                write.Db.Record(Now, actorId, "centre-code.added", nameof(CentreCode), line.Id, $"{code}: {mapping.Meaning}");
                return line.Id;
            }, ct);
        }
        catch (DbUpdateException exception) when (exception.IsUniqueViolation())
        {
            return null;
        }
    }

    /// <summary>Changes what a code means from now on. What was applied stays applied.</summary>
    public Task<CentreOutcome> ChangeAsync(int id, Guid stamp, CodeMeaning meaning, LocalizedText? text, int actorId, CancellationToken ct) => EditAsync(id, stamp, (write, line) =>
    {
        (line.Meaning, line.Text) = (meaning, text);
        write.Db.Record(Now, actorId, "centre-code.changed", nameof(CentreCode), id, $"{line.Code}: {meaning}");
    }, ct);

    /// <summary>From then on events with the code wait.</summary>
    public Task<CentreOutcome> RemoveAsync(int id, Guid stamp, int actorId, CancellationToken ct) => EditAsync(id, stamp, (write, line) =>
    {
        write.Db.Remove(line);
        write.Db.Record(Now, actorId, "centre-code.removed", nameof(CentreCode), id, line.Code);
    }, ct);

    /// <summary>Applies the events that waited for a code, in the order in which they happened.</summary>
    /// <param name="code">As <see cref="CentreCode.Normalise"/> writes it.</param>
    /// <param name="centreId">Null: of every centre.</param>
    public async Task<WaitingApplied> ApplyWaitingAsync(string code, int? centreId, CancellationToken ct)
    {
        var waiting = await Waiting(code, centreId).OrderBy(e => e.OccurredAt).ThenBy(e => e.Id).Select(e => e.Id).Take(AppliedAtOnce).ToListAsync(ct);
        var outcomes = new Dictionary<CentreEventOutcome, int>();
        foreach (var id in waiting)
        {
            if (await reception.ApplyWaitingAsync(id, ct) is { } outcome)
                outcomes[outcome] = outcomes.GetValueOrDefault(outcome) + 1;
        }

        return new WaitingApplied(outcomes, await Waiting(code, centreId).CountAsync(ct));
    }

    private IQueryable<CentreEvent> Waiting(string code, int? centreId) => db.CentreEvents.AsNoTracking()
        .Where(e => e.Outcome == CentreEventOutcome.UnknownCode && e.CodeKey == code && (centreId == null || e.CentreId == centreId));

    private async Task<CentreOutcome> EditAsync(int id, Guid stamp, Action<WriteScope, CentreCode> edit, CancellationToken ct)
    {
        try
        {
            return await database.WriteAsync(async (write, token) =>
            {
                var line = await write.Db.CentreCodes.SingleOrDefaultAsync(c => c.Id == id, token);
                if (line is null)
                    return CentreOutcome.NotFound;
                if (line.Stamp != stamp)
                    return CentreOutcome.Stale;
                edit(write, line);
                return CentreOutcome.Done;
            }, ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            return CentreOutcome.Stale;
        }
    }
}
