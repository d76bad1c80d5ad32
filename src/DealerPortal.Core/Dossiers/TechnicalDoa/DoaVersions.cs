using System.Globalization;
using DealerPortal.Core.Audit;
using DealerPortal.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Core.Dossiers;

/// <param name="MaxDays">Of <see cref="DoaConditionKind.PurchasedWithin"/> alone.</param>
public sealed record NewDoaCondition(DoaConditionKind Kind, int? MaxDays, LocalizedText Text)
{
    /// <param name="position">From 1.</param>
    public DoaCondition At(int position) => new()
    {
        Position = position,
        Kind = Kind,
        MaxDays = MaxDays,
        TextFr = Text.Fr,
        TextNl = Text.Nl,
        TextDe = Text.De,
        TextEn = Text.En,
    };
}

/// <param name="CategoryId">Null for the general conditions.</param>
/// <param name="LatestSeen">The newest version of this category that the author had before them; 0 for none.</param>
/// <param name="Conditions">In the order in which they are shown.</param>
public sealed record NewDoaVersion(int? CategoryId, DateOnly EffectiveFrom, int LatestSeen, IReadOnlyList<NewDoaCondition> Conditions, int ActorId);

/// <summary>Where a version stands on a day.</summary>
public enum DoaVersionState
{
    InForce,
    Coming,
    Past,
    Withdrawn,
}

/// <summary>Adds versions of DOA conditions and takes back those whose day has not come. A version that exists is never changed.</summary>
public sealed class DoaVersions(PortalDatabase database, TimeProvider time)
{
    private const string Subject = nameof(DoaConditionSet);

    /// <returns>The new version's id; null when there is a newer one than the author saw, or no such category.</returns>
    public async Task<int?> AddAsync(NewDoaVersion added, CancellationToken ct)
    {
        try
        {
            return await database.WriteAsync((write, token) => AddAsync(write, added, token), ct);
        }
        catch (DbUpdateException exception) when (exception.IsUniqueViolation())
        {
            return null;
        }
    }

    /// <returns>False when it is in force or past, was taken back before, or does not exist.</returns>
    public Task<bool> WithdrawAsync(int id, int actorId, CancellationToken ct) => database.WriteAsync(async (write, token) =>
    {
        var now = time.GetUtcNow().UtcDateTime;
        if (await write.Db.DoaConditionSets.SingleOrDefaultAsync(s => s.Id == id, token) is not { } set || !set.Withdraw(Formats.Today(time), now))
            return false;
        write.Db.Record(now, actorId, "doa-conditions.withdrawn", Subject, id);
        return true;
    }, ct);

    private async Task<int?> AddAsync(WriteScope write, NewDoaVersion added, CancellationToken ct)
    {
        var db = write.Db;
        if (added.CategoryId is { } category && !await db.Categories.AnyAsync(c => c.Id == category, ct))
            return null;
        var latest = await db.DoaConditionSets.Where(s => s.CategoryId == added.CategoryId).MaxAsync(s => (int?)s.Version, ct) ?? 0;
        if (latest != added.LatestSeen)
            return null;
        var set = new DoaConditionSet
        {
            CategoryId = added.CategoryId,
            Version = latest + 1,
            EffectiveFrom = added.EffectiveFrom,
            Conditions = [.. added.Conditions.Select((condition, place) => condition.At(place + 1))],
        };
        db.Add(set);
        await db.SaveChangesAsync(ct);
        db.Record(time.GetUtcNow().UtcDateTime, added.ActorId, "doa-conditions.added", Subject, set.Id, string.Create(
            CultureInfo.InvariantCulture, $"category {added.CategoryId?.ToString(CultureInfo.InvariantCulture) ?? "-"}, version {set.Version}, from {set.EffectiveFrom:yyyy-MM-dd}"));
        return set.Id;
    }
}

public static class DoaTimeline
{
    /// <summary>How the versions of one category stand; by id.</summary>
    public static IReadOnlyDictionary<int, DoaVersionState> StatesOn(this IReadOnlyCollection<DoaConditionSet> versions, DateOnly today)
    {
        var inForce = versions.Where(s => s.WithdrawnAt is null && s.EffectiveFrom <= today).OrderBy(s => s.EffectiveFrom).ThenBy(s => s.Version).LastOrDefault();
        return versions.ToDictionary(s => s.Id, s => s switch
        {
            { WithdrawnAt: not null } => DoaVersionState.Withdrawn,
            _ when s == inForce => DoaVersionState.InForce,
            _ when s.EffectiveFrom > today => DoaVersionState.Coming,
            _ => DoaVersionState.Past,
        });
    }
}
