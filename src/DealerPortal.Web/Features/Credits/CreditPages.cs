using System.Globalization;
using DealerPortal.Core.Credits;
using DealerPortal.Core.Dossiers;
using DealerPortal.Web.Features.Dossiers.List;

namespace DealerPortal.Web.Features.Credits;

/// <summary>One page of a list of credits.</summary>
/// <param name="OrganisationName">The organisation to which staff narrowed the list.</param>
/// <param name="Gaps">How many credits have each gap; for staff, empty for dealers.</param>
public sealed record CreditListPage(bool IsStaff, CreditQuery Query, CreditFilter Filter, CreditPage Page, string? OrganisationName, IReadOnlyDictionary<CreditGap, int> Gaps)
{
    public string Path => IsStaff ? CreditQuery.AdminPath : CreditQuery.Path;
    public Paging Paging => new(Filter.Page, CreditLists.PageSize, Page.Rows.Count, Page.Count, Page.HasNext, page => With("page", page == 1 ? null : page.ToString(CultureInfo.InvariantCulture)));
    public string? Total => Page.TotalCents is { } cents ? Core.Formats.Money(cents / 100m) : null;

    /// <summary>How many filters stand behind «more».</summary>
    public int MoreCount => new[] { Filter.Kind is not null, Filter.From is not null, Filter.Until is not null, Filter.OrganisationId is not null }.Count(on => on);

    public string With(string? name, string? value) => Path + Query.With(IsStaff, name, value);

    public string UrlOf(CreditListRow row) => UrlOf(IsStaff, row.GrmsNumber);

    /// <summary>A number may hold a slash, which an address takes as it is.</summary>
    public static string UrlOf(bool isStaff, string grmsNumber) => $"{(isStaff ? CreditQuery.AdminPath : CreditQuery.Path)}/{grmsNumber}";
}

/// <summary>The dossier that ended in a credit.</summary>
/// <param name="CanBeOpened">Whether the reader may see more of it than its number.</param>
public sealed record CreditDossier(string Number, DossierType Type, DateTime CreatedAt, RequestStatus Status, Resolution? Resolution, bool CanBeOpened);

/// <summary>A credit with what belongs to it.</summary>
/// <param name="OrganisationName">Whose it is; null where nobody has its customer number.</param>
/// <param name="Questions">What was asked about it, as far as the reader may see that.</param>
/// <param name="FileName">The file that brought it; for staff.</param>
public sealed record CreditScreen(
    bool IsStaff, Credit Credit, string? OrganisationName, CreditDossier? Dossier, IReadOnlyList<CreditDossier> Questions, string? FileName)
{
    /// <summary>The dossier's number as somebody typed it to link it.</summary>
    public string? Number { get; init; }
}
