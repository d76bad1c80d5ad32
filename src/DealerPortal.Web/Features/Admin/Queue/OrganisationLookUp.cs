using DealerPortal.Core.Organisations;

namespace DealerPortal.Web.Features.Admin.Queue;

/// <summary>Finds the organisation that a filter means: by the VAT number at the end of what was chosen or typed, else by its words.</summary>
public sealed class OrganisationLookUp(OrganisationSearch search)
{
    private const char Separator = '·';

    public async Task<OrganisationChoice> FindAsync(string? typed, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(typed))
            return new OrganisationChoice(null, null, []);
        if (VatNumber.TryParse(typed[(typed.LastIndexOf(Separator) + 1)..], out var vat) && await search.FindAnyByVatAsync(vat, ct) is { } exact)
            return new OrganisationChoice(typed, exact, []);
        var found = await search.FindAnyAsync(typed, ct);
        return found is [var only] ? new OrganisationChoice(typed, only, []) : new OrganisationChoice(typed.Trim(), null, found);
    }

    /// <summary>As the field shows an organisation, which <see cref="FindAsync"/> reads back.</summary>
    public static string Label(FoundOrganisation organisation) => $"{organisation.Name} {Separator} {organisation.Vat}";

    /// <summary>As addresses name it.</summary>
    public static string Key(FoundOrganisation organisation) => VatNumber.TryParse(organisation.Vat, out var vat) ? vat.Value : organisation.Vat;
}
