using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Dossiers.Lists;
using DealerPortal.Core.Organisations;
using DealerPortal.Web.Features.Dossiers.List;

namespace DealerPortal.Web.Features.Admin.Queue;

/// <summary>Support's queue: what is shown, in which order, and what can be done with it.</summary>
public sealed record QueuePage
{
    public required QueueQuery Query { get; init; }
    public required DossierFilter Filter { get; init; }
    public required DossierPage<QueueRow> Page { get; init; }
    public required IReadOnlyList<QueueTab> Tabs { get; init; }
    public required IReadOnlyList<DossierType> Types { get; init; }
    public required IReadOnlyList<StaffMember> Staff { get; init; }
    public required OrganisationChoice Organisation { get; init; }
    public required QueuePreferences Preferences { get; init; }
    public required QueueClock Clock { get; init; }

    /// <summary>How many requests to join nobody decides.</summary>
    public required int WaitingRequests { get; init; }

    public Paging Paging => new(Filter.Page, Filter.PageSize, Page.Rows.Count, Page.Count, Page.HasNext, page => Query.With("page", page == 1 ? null : page.ToString(System.Globalization.CultureInfo.InvariantCulture)));

    /// <summary>How many filters stand behind «more».</summary>
    public int MoreCount => new[] { Query.Org is not null, Query.AgeDays is not null, Query.IsOverdue, Query.IsSoon }.Count(on => on);
}

/// <summary>Somebody to whom a dossier can be given.</summary>
public sealed record StaffMember(int Id, string Name);

/// <summary>A saved view, with how many dossiers it holds.</summary>
/// <param name="Count">Null for views that also hold closed dossiers: those are not counted.</param>
/// <param name="IsAlarming">Whether a number above nothing is bad news.</param>
public sealed record QueueTab(string Name, string Url, int? Count, bool IsCurrent, bool IsAlarming = false);

/// <summary>What was meant by the organisation typed in the filter.</summary>
/// <param name="Typed">Null where none was typed.</param>
/// <param name="Candidates">Those that it may mean, when it is not clear.</param>
public sealed record OrganisationChoice(string? Typed, FoundOrganisation? Chosen, IReadOnlyList<FoundOrganisation> Candidates)
{
    /// <summary>What stands in the field.</summary>
    public string? Shown => Chosen is { } organisation ? OrganisationLookUp.Label(organisation) : Typed;
}
