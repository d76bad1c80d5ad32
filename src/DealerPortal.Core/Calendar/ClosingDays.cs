using System.Globalization;
using DealerPortal.Core.Audit;
using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers.Promises;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Core.Calendar;

/// <param name="Until">The last day; the same as <paramref name="From"/> for one day.</param>
public sealed record NewClosingDays(DateOnly From, DateOnly Until, string Note, int ActorId);

public enum ClosingDaysOutcome
{
    Added,

    /// <summary>Some of the days are closing days already; nothing was added.</summary>
    Exists,

    /// <summary>Nobody works on any of the days as it is; nothing was added.</summary>
    NoWorkingDay,
}

/// <param name="Days">Those that were added, or that are there already.</param>
public sealed record ClosingDaysResult(ClosingDaysOutcome Outcome, IReadOnlyList<DateOnly> Days);

/// <summary>Adds and removes closing days. Every sum of working days reads them anew, so that a change counts at once; promises that were made are brought along by the job that follows them.</summary>
public sealed class ClosingDays(PortalDatabase database, TimeProvider time)
{
    private const string Subject = nameof(ClosingDay);

    /// <summary>Adds the days between on which somebody would work in one of the countries: no Saturday, no Sunday, no holiday of both.</summary>
    public async Task<ClosingDaysResult> AddAsync(NewClosingDays added, CancellationToken ct)
    {
        var plain = new WorkingDays(new HashSet<DateOnly>());
        var days = Enumerable.Range(0, added.Until.DayNumber - added.From.DayNumber + 1).Select(added.From.AddDays)
            .Where(day => plain.IsWorkingDay(day, "BE") || plain.IsWorkingDay(day, "LU")).ToList();
        if (days.Count == 0)
            return new ClosingDaysResult(ClosingDaysOutcome.NoWorkingDay, []);
        try
        {
            return await AddAsync(added, days, ct);
        }
        catch (DbUpdateException exception) when (exception.IsUniqueViolation())
        {
            // Somebody was a moment faster: now their days are seen.
            return await AddAsync(added, days, ct);
        }
    }

    /// <returns>False when it was no closing day any more.</returns>
    public Task<bool> RemoveAsync(DateOnly day, int actorId, CancellationToken ct) => database.WriteAsync(async (write, token) =>
    {
        if (await write.Db.Set<ClosingDay>().Where(d => d.Date == day).ExecuteDeleteAsync(token) == 0)
            return false;
        write.Db.Record(time.GetUtcNow().UtcDateTime, actorId, "closing-day.removed", Subject, KeyOf(day));
        await write.FollowPromisesAnewAsync(token);
        return true;
    }, ct);

    private Task<ClosingDaysResult> AddAsync(NewClosingDays added, List<DateOnly> days, CancellationToken ct) => database.WriteAsync(async (write, token) =>
    {
        var existing = await write.Db.Set<ClosingDay>().Where(d => d.Date >= added.From && d.Date <= added.Until).Select(d => d.Date).Order().ToListAsync(token);
        if (existing.Count > 0)
            return new ClosingDaysResult(ClosingDaysOutcome.Exists, existing);
        var now = time.GetUtcNow().UtcDateTime;
        foreach (var day in days)
        {
            write.Db.Add(new ClosingDay { Date = day, Note = added.Note });
            write.Db.Record(now, added.ActorId, "closing-day.added", Subject, KeyOf(day));
        }

        await write.FollowPromisesAnewAsync(token);
        return new ClosingDaysResult(ClosingDaysOutcome.Added, days);
    }, ct);

    private static string KeyOf(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
