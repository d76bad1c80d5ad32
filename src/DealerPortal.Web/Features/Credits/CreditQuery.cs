using System.Globalization;
using DealerPortal.Core.Credits;
using DealerPortal.Web.Features.Dossiers.List;

namespace DealerPortal.Web.Features.Credits;

/// <summary>A list of credits as its address holds it. What cannot be read does not restrict.</summary>
public sealed record CreditQuery
{
    public const string Path = "/credits";
    public const string AdminPath = "/admin/credits";

    public string? Q { get; init; }
    public string? State { get; init; }
    public string? Kind { get; init; }
    public string? Beneficiary { get; init; }
    public string? From { get; init; }
    public string? Until { get; init; }

    /// <summary>For staff: an organisation's number.</summary>
    public string? Org { get; init; }

    /// <summary>For staff: what is still to be found.</summary>
    public string? Gap { get; init; }
    public string? Sort { get; init; }
    public string? Page { get; init; }

    public CreditFilter ToFilter(bool isStaff) => new()
    {
        Text = string.IsNullOrWhiteSpace(Q) ? null : Q.Trim(),
        State = ListAddress.Value<CreditState>(State),
        Kind = ListAddress.Value<CreditKind>(Kind),
        Beneficiary = ListAddress.Value<Beneficiary>(Beneficiary),
        From = ListAddress.Date(From),
        Until = ListAddress.Date(Until),
        OrganisationId = isStaff ? ListAddress.Number(Org) : null,
        Gap = isStaff ? ListAddress.Value<CreditGap>(Gap) : null,
        Sort = ListAddress.Value<CreditSort>(Sort) ?? CreditSort.Newest,
        Page = Math.Clamp(ListAddress.Number(Page) ?? 1, 1, CreditLists.LastPage),
    };

    /// <summary>The query of the same list with one thing changed, from its first page on; null removes it.</summary>
    public string With(bool isStaff, string? name, string? value)
    {
        var filter = ToFilter(isStaff);
        return ListAddress.Of(
        [
            ("q", filter.Text),
            ("state", filter.State?.ToString()),
            ("kind", filter.Kind?.ToString()),
            ("beneficiary", filter.Beneficiary?.ToString()),
            ("from", filter.From?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
            ("until", filter.Until?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
            ("org", filter.OrganisationId?.ToString(CultureInfo.InvariantCulture)),
            ("gap", filter.Gap?.ToString()),
            ("sort", filter.Sort == CreditSort.Newest ? null : filter.Sort.ToString()),
        ], name, value);
    }
}
