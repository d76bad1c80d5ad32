using System.Globalization;
using DealerPortal.Core.Audit;
using DealerPortal.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Core.Content.Assistance;

/// <param name="LatestSeen">The newest version that the author had before them; 0 for none.</param>
public sealed record NewAssistanceText(DateOnly EffectiveFrom, LocalizedText Text, int LatestSeen, int ActorId);

/// <summary>Adds versions of the page for consumers' questions and takes back those whose day has not come.</summary>
public sealed class AssistanceEditing(PortalDatabase database, TimeProvider time)
{
    private const string Subject = nameof(AssistanceText);

    /// <returns>The new version's id; null when there is a newer one than the author saw.</returns>
    public async Task<int?> AddAsync(NewAssistanceText added, CancellationToken ct)
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
        if (await write.Db.AssistanceTexts.SingleOrDefaultAsync(t => t.Id == id, token) is not { } version || !version.Withdraw(Formats.Today(time), now))
            return false;
        write.Db.Record(now, actorId, "assistance.withdrawn", Subject, id);
        return true;
    }, ct);

    private async Task<int?> AddAsync(WriteScope write, NewAssistanceText added, CancellationToken ct)
    {
        var latest = await write.Db.AssistanceTexts.MaxAsync(t => (int?)t.Version, ct) ?? 0;
        if (latest != added.LatestSeen)
            return null;
        var now = time.GetUtcNow().UtcDateTime;
        var version = new AssistanceText { Version = latest + 1, EffectiveFrom = added.EffectiveFrom, Text = added.Text, CreatedAt = now, CreatedById = added.ActorId };
        write.Db.Add(version);
        await write.Db.SaveChangesAsync(ct);
        write.Db.Record(now, added.ActorId, "assistance.added", Subject, version.Id, string.Create(CultureInfo.InvariantCulture, $"version {version.Version}, from {version.EffectiveFrom:yyyy-MM-dd}"));
        return version.Id;
    }
}
