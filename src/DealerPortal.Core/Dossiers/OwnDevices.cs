using DealerPortal.Core.Catalogue;
using DealerPortal.Core.Data;
using DealerPortal.Core.Search;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Core.Dossiers;

/// <summary>A device of the organisation, without whose it is.</summary>
/// <param name="LastAt">When it was last in a dossier, UTC.</param>
public sealed record OwnDevice(string? ModelCode, string SerialNumber, DateTime LastAt);

/// <summary>The devices of the whole organisation, from its earlier dossiers.</summary>
public sealed class OwnDevices(PortalDbContext db)
{
    /// <summary>So many dossiers are looked through; what is older is found by typing.</summary>
    public const int Bound = 500;

    /// <summary>Shorter beginnings are in too many words to be looked up.</summary>
    private const int MinLength = 3;

    /// <summary>Those whose serial number or model begins with what was typed, the latest first.</summary>
    public async Task<IReadOnlyList<OwnDevice>> FindAsync(string? typed, CancellationToken ct)
    {
        var key = ModelCode.KeyOf(typed);
        var dossiers = db.Dossiers.AsNoTracking().Where(d => d.SerialNumber != null);
        dossiers = key.Length >= MinLength ? HavingWord(dossiers, key) : dossiers.OrderByDescending(d => d.CreatedAt).ThenByDescending(d => d.Id);
        var rows = await dossiers.Take(Bound).Select(d => new OwnDevice(d.ModelCode, d.SerialNumber!, d.CreatedAt)).ToListAsync(ct);
        return [.. rows.Where(device => Begins(device.SerialNumber, key) || Begins(device.ModelCode, key))
            .GroupBy(device => (device.ModelCode, device.SerialNumber))
            .Select(same => same.MaxBy(device => device.LastAt)!)
            .OrderByDescending(device => device.LastAt).ThenBy(device => device.SerialNumber, StringComparer.Ordinal)];
    }

    /// <summary>By the search rows: what begins a serial number or a model begins one of their words.</summary>
    private IQueryable<Dossier> HavingWord(IQueryable<Dossier> dossiers, string key)
    {
        var word = SearchTokens.Normalise(key);
        var (from, to) = SearchTokens.PrefixRange(word.Length <= SearchTokens.MaxTokenLength ? word : word[..SearchTokens.MaxTokenLength]);
        var ids = db.DossierTokens.Where(t => t.Token.CompareTo(from) >= 0 && t.Token.CompareTo(to) < 0).Select(t => t.DossierId).Distinct();
        return from id in ids
               join dossier in dossiers on id equals dossier.Id
               where dossier.SerialNumber!.StartsWith(key) || dossier.ModelCode!.StartsWith(key)
               orderby id descending
               select dossier;
    }

    private static bool Begins(string? code, string key) => code is not null && code.StartsWith(key, StringComparison.Ordinal);
}
