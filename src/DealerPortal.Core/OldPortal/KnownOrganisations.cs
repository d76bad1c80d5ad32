using DealerPortal.Core.Data;
using DealerPortal.Core.Organisations;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Core.OldPortal;

/// <summary>An organisation in use.</summary>
/// <param name="Country">Whose working days its dossiers follow.</param>
internal sealed record KnownOrganisation(int Id, string Name, string Country);

/// <summary>How a row names its organisation: a VAT number, a customer number, or what may be either.</summary>
internal sealed record OrganisationKey(string? Vat, string? Number)
{
    /// <summary>Null for what is neither.</summary>
    public static OrganisationKey? Of(string? text)
    {
        var key = new OrganisationKey(VatNumber.TryParse(text, out var vat) ? vat.Value : null, CustomerNumber.TryParse(text, out var number) ? number.Value : null);
        return key is { Vat: null, Number: null } ? null : key;
    }
}

/// <summary>Finds the organisations of rows: by VAT number, otherwise by customer number; one that went into another leads there.</summary>
internal sealed class KnownOrganisations
{
    private readonly Dictionary<string, KnownOrganisation> _byVat = new(StringComparer.Ordinal);
    private readonly Dictionary<string, KnownOrganisation> _byNumber = new(StringComparer.Ordinal);

    public IEnumerable<KnownOrganisation> All => _byVat.Values.Concat(_byNumber.Values).DistinctBy(found => found.Id);

    public KnownOrganisation? this[OrganisationKey key] =>
        key.Vat is { } vat && _byVat.TryGetValue(vat, out var first) ? first : key.Number is { } number ? _byNumber.GetValueOrDefault(number) : null;

    public static async Task<KnownOrganisations> FindAsync(PortalDbContext db, IEnumerable<OrganisationKey> keys, CancellationToken ct)
    {
        var asked = keys.Distinct().ToList();
        List<string> vats = [.. asked.Select(key => key.Vat).OfType<string>()];
        List<string> numbers = [.. asked.Select(key => key.Number).OfType<string>()];
        var rows = await (
            from known in db.Organisations.AsNoTracking()
            where EF.Parameter(vats).Contains(known.VatNumber) || EF.Parameter(numbers).Contains(known.CustomerNumber!)
            join owner in db.Organisations on known.MergedIntoId ?? known.Id equals owner.Id
            where owner.DeactivatedAt == null
            // One that is in use comes before one that went into another.
            orderby known.MergedIntoId != null, known.Id
            select new { known.VatNumber, known.CustomerNumber, owner.Id, owner.Name, owner.Country }).ToListAsync(ct);
        var found = new KnownOrganisations();
        foreach (var row in rows)
        {
            var organisation = new KnownOrganisation(row.Id, row.Name, row.Country);
            found._byVat.TryAdd(row.VatNumber, organisation);
            if (row.CustomerNumber is { } number)
                found._byNumber.TryAdd(number, organisation);
        }

        return found;
    }
}
