using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Dossiers.Promises;

namespace DealerPortal.Web.Features.Admin.Dossiers;

/// <summary>The clock of the step that a dossier waits for, in working minutes.</summary>
/// <param name="Target">Null where the step has none.</param>
/// <param name="Left">Of the target; below nothing when it is overdue.</param>
/// <param name="StartsAt">UTC, where an appointment is to end before the clock runs.</param>
public sealed record DossierClock(PromiseStep Step, int? Target, int? Left, DateTime? DueAt, DateTime? StartsAt, bool IsPaused)
{
    public static DossierClock? Of(Dossier dossier, PromiseTerms terms, DateTime now)
    {
        if (dossier.Step is not { } step)
            return null;
        var target = terms.Targets[dossier.Type, step];
        var used = dossier.ClockUsed + (dossier.ClockSince is { } since ? terms.Minutes(since, now) : 0);
        return new DossierClock(step, target, target - used, dossier.DueAt, dossier.ClockSince > now ? dossier.ClockSince : null, dossier.ClockSince is null);
    }
}
