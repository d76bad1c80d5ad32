using DealerPortal.Core.Search;

namespace DealerPortal.Core.Dossiers;

/// <summary>By which words a dossier is found: number, its number in an earlier portal, own reference, GRMS number, the service centre's order number, model, serial and IMEI (also by their last characters), end user's name.</summary>
public static class DossierSearchRows
{
    /// <summary>
    /// The rows as they should stand now, each token once. Call it for a dossier that has its key, in the save that writes
    /// it or changes one of these words or the owner.
    /// </summary>
    public static IEnumerable<DossierSearchToken> Of(Dossier dossier) => TokensOf(dossier).Distinct(StringComparer.Ordinal).Select(token => new DossierSearchToken
    {
        OrganisationId = dossier.OrganisationId,
        OwnerId = dossier.OwnerId,
        Token = token,
        DossierId = dossier.Id,
    });

    private static IEnumerable<string> TokensOf(Dossier dossier) =>
    [
        .. SearchTokens.OfCode(dossier.Number),
        .. SearchTokens.OfCode(dossier.EarlierNumber),
        .. SearchTokens.OfCode(dossier.Reference),
        .. SearchTokens.OfCode(dossier.GrmsNumber),
        .. SearchTokens.OfCode(dossier.ServiceOrderNumber),
        .. SearchTokens.OfCode(dossier.ModelCode),
        .. SearchTokens.OfSerial(dossier.SerialNumber),
        .. SearchTokens.OfSerial(dossier.Imei),
        .. SearchTokens.OfText(dossier.EndUserName),
    ];
}
