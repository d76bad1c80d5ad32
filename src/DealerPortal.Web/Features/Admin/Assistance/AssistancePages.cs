using DealerPortal.Core.Content.Assistance;
using DealerPortal.Web.Features.Shared;

namespace DealerPortal.Web.Features.Admin.Assistance;

/// <summary>The versions, the newest first.</summary>
public sealed record AssistanceListPage(IReadOnlyList<AssistanceText> Versions, IReadOnlyDictionary<int, AssistanceState> States);

public sealed record AssistanceVersionPage(AssistanceText Version, AssistanceState State, string CreatedBy);

/// <param name="Newer">Versions that others have added since the page was opened.</param>
/// <param name="IsPreview">Whether the page shows what dealers would read.</param>
public sealed record AssistanceFormPage(AssistanceForm Form, IReadOnlyList<AssistanceText> Newer, bool IsPreview);

/// <summary>How a state looks; texts of <see cref="AssistanceTexts"/>.</summary>
public static class AssistanceBadge
{
    public static StatusBadge Of(AssistanceState state) => state switch
    {
        AssistanceState.InForce => new("ok", "circle-check", $"State.{state}"),
        AssistanceState.Coming => new("info", "calendar-event", $"State.{state}"),
        AssistanceState.Withdrawn => new("idle", "ban", $"State.{state}"),
        _ => new("idle", "history", $"State.{state}"),
    };
}
