namespace DealerPortal.Core.Dossiers.Lists;

/// <summary>What decides whether and where a dossier stands in a list.</summary>
public sealed record DossierKey
{
    public required long Id { get; init; }
    public required int OrganisationId { get; init; }
    public required int OwnerId { get; init; }
    public required int? AssigneeId { get; init; }
    public required DateTime CreatedAt { get; init; }
    public required DateTime UpdatedAt { get; init; }
    public required DateTime? DueAt { get; init; }
    public required RequestStatus Status { get; init; }
    public required DossierType Type { get; init; }
    public required int? BranchId { get; init; }
    public required bool IsOpen { get; init; }
    public required WaitingOn? WaitingOn { get; init; }

    /// <summary>Says of one dossier what <see cref="DossierLists.Restrict"/> says of many.</summary>
    public bool Passes(DossierFilter filter) =>
        (filter.Statuses.Count == 0 || filter.Statuses.Contains(Status))
        && (filter.WaitingOn.Count == 0 || (WaitingOn is { } party && filter.WaitingOn.Contains(party)))
        && (filter.Type is null || filter.Type == Type)
        && (filter.CreatedFrom is null || filter.CreatedFrom <= CreatedAt)
        && (filter.CreatedUntil is null || CreatedAt <= filter.CreatedUntil)
        && (filter.OverdueAt is null || DueAt < filter.OverdueAt)
        && (filter.OrganisationId is null || filter.OrganisationId == OrganisationId)
        && (filter.OwnerId is null || filter.OwnerId == OwnerId)
        && (filter.Assignee is null || filter.Assignee.Id == AssigneeId)
        && (filter.BranchId is null || filter.BranchId == BranchId)
        && (!filter.OpenOnly || IsOpen);
}

internal static class DossierKeys
{
    public static IOrderedEnumerable<DossierKey> InOrder(this IEnumerable<DossierKey> keys, DossierSort sort) => sort switch
    {
        DossierSort.Promise => keys.OrderBy(key => key.DueAt is null).ThenBy(key => key.DueAt).ThenBy(key => key.Id),
        DossierSort.Changed => keys.OrderByDescending(key => key.UpdatedAt).ThenByDescending(key => key.Id),
        DossierSort.Oldest => keys.OrderBy(key => key.CreatedAt).ThenBy(key => key.Id),
        _ => keys.OrderByDescending(key => key.CreatedAt).ThenByDescending(key => key.Id),
    };
}
