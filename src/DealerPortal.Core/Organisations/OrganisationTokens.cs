using DealerPortal.Core.Data;
using DealerPortal.Core.Search;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Core.Organisations;

/// <summary>The words by which an organisation is found.</summary>
public static class OrganisationTokens
{
    /// <summary>Of its name, its towns and its VAT number, the latter whole, in parts, and without the country.</summary>
    public static IReadOnlyCollection<string> Of(string name, string vatNumber, IEnumerable<string> towns)
    {
        var tokens = new HashSet<string>(StringComparer.Ordinal);
        tokens.UnionWith(SearchTokens.OfText(name));
        foreach (var town in towns)
            tokens.UnionWith(SearchTokens.OfText(town));
        if (VatNumber.TryParse(vatNumber, out var vat))
        {
            tokens.UnionWith(SearchTokens.OfCode(vat.Display));
            tokens.UnionWith(SearchTokens.OfCode(vat.Value[2..]));
        }

        return tokens;
    }

    /// <summary>Writes the search rows of one organisation anew, from what this write has saved of it.</summary>
    public static async Task RewriteTokensAsync(this WriteScope write, int organisationId, CancellationToken ct)
    {
        var db = write.Db;
        await db.SaveChangesAsync(ct);
        var organisation = await db.Organisations.AsNoTracking().SingleAsync(o => o.Id == organisationId, ct);
        var towns = await db.Branches.AllOrganisations().Where(b => b.OrganisationId == organisationId && b.DeactivatedAt == null)
            .Select(b => b.Town).ToListAsync(ct);
        await db.Set<OrganisationSearchToken>().Where(t => t.OrganisationId == organisationId).ExecuteDeleteAsync(ct);
        foreach (var token in Of(organisation.Name, organisation.VatNumber, towns))
            db.Add(new OrganisationSearchToken { OrganisationId = organisationId, Token = token });
    }
}
