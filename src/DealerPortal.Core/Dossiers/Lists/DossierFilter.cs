namespace DealerPortal.Core.Dossiers.Lists;

/// <summary>In which order a list stands; ties by the key.</summary>
public enum DossierSort
{
    /// <summary>Filed last, first.</summary>
    Newest,

    /// <summary>Filed first, first.</summary>
    Oldest,

    /// <summary>What is promised earliest first; dossiers without a promise last. For lists of open dossiers.</summary>
    Promise,

    /// <summary>Changed last, first.</summary>
    Changed,
}

/// <summary>Who looks after the dossiers of a list.</summary>
/// <param name="Id">Null for those that nobody looks after.</param>
public sealed record AssigneeFilter(int? Id);

/// <summary>Which dossiers a list shows; what is null, empty or false does not restrict.</summary>
public sealed record DossierFilter
{
    public IReadOnlyList<RequestStatus> Statuses { get; init; } = [];

    /// <summary>Open dossiers whose move it is one of these parties'.</summary>
    public IReadOnlyList<WaitingOn> WaitingOn { get; init; } = [];

    public DossierType? Type { get; init; }

    /// <summary>UTC, inclusive.</summary>
    public DateTime? CreatedFrom { get; init; }

    /// <summary>UTC, inclusive.</summary>
    public DateTime? CreatedUntil { get; init; }

    /// <summary>Those whose promise ends before this instant, UTC: now for what is overdue.</summary>
    public DateTime? DueBefore { get; init; }

    /// <summary>With <see cref="DueBefore"/>, those whose promise does not end before this instant, UTC: now for what is due soon.</summary>
    public DateTime? DueFrom { get; init; }

    public int? OrganisationId { get; init; }
    public int? OwnerId { get; init; }
    public AssigneeFilter? Assignee { get; init; }
    public int? BranchId { get; init; }
    public bool OpenOnly { get; init; }

    /// <summary>As typed.</summary>
    public string? Text { get; init; }

    public DossierSort Sort { get; init; }

    /// <summary>The order that is followed: closed dossiers hold no promise to sort by.</summary>
    public DossierSort Order => Sort == DossierSort.Promise && !IsOfOpenOnly ? DossierSort.Newest : Sort;

    /// <summary>From 1.</summary>
    public int Page { get; init; } = 1;

    public int PageSize { get; init; } = DossierLists.PageSize;

    /// <summary>Whether the list shows all there is.</summary>
    public bool IsEmpty => HasOnlyText && string.IsNullOrWhiteSpace(Text);

    /// <summary>Whether nothing but the text restricts.</summary>
    public bool HasOnlyText => Statuses.Count == 0 && WaitingOn.Count == 0 && Type is null && CreatedFrom is null && CreatedUntil is null && DueBefore is null
        && OrganisationId is null && OwnerId is null && Assignee is null && BranchId is null && !OpenOnly;

    /// <summary>Whether few dossiers pass it, however many there have been: those that are open, new, or of somebody.</summary>
    public bool IsOfFew => IsOfOpenOnly || OpenOnly || (Statuses.Count > 0 && !Statuses.Contains(RequestStatus.Completed))
        || OrganisationId is not null || OwnerId is not null || CreatedFrom is not null;

    /// <summary>Whether it shows open dossiers only, of which there are few however many there have been.</summary>
    public bool IsOfOpenOnly => Parties.Count > 0;

    /// <summary>Whose moves it shows; nobody else than support and service centres promises anything.</summary>
    public IReadOnlyList<WaitingOn> Parties => WaitingOn.Count > 0 || DueBefore is null ? WaitingOn : [Dossiers.WaitingOn.Support, Dossiers.WaitingOn.ServiceCentre];
}
