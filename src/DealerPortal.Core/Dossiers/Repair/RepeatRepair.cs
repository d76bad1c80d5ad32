namespace DealerPortal.Core.Dossiers;

/// <summary>A device that comes back soon after its repair, which support wants to know. Source: design.md «Dossiers».</summary>
public static class RepeatRepair
{
    /// <summary>How long after a repair the next one of the same device counts as a repeat.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromDays(90);

    /// <summary>
    /// How long after the end of <paramref name="earlier"/> the repair <paramref name="later"/> of the same device was filed;
    /// null where it is no repeat. A repair that is still under way counts from its filing, a cancelled one not at all.
    /// </summary>
    public static TimeSpan? Since(Dossier later, Dossier earlier)
    {
        var areRepairs = later.Type == DossierType.RepairRequest && earlier.Type == DossierType.RepairRequest;
        var wasCancelled = earlier.Resolution == Resolution.Cancelled || earlier.RepairStatus == RepairStatus.RepairCancelled;
        if (!areRepairs || wasCancelled || earlier.CreatedAt >= later.CreatedAt)
            return null;
        // A request may be answered long before, or closed long after, its repair was done; either way it is not over before it was closed.
        var between = later.CreatedAt - (earlier.CompletedAt is { } end && end < later.CreatedAt ? end : earlier.CreatedAt);
        return between <= Window ? between : null;
    }
}
