using DealerPortal.Core.Catalogue;
using DealerPortal.Core.Organisations;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Core.Dossiers.Handling;

/// <summary>What a dossier says, as support corrected it. Codes as their types normalise them; phone as E.164; null for nothing given.</summary>
/// <param name="ModelId">The catalogue's model of <paramref name="ModelCode"/>; null for one that it does not know.</param>
/// <param name="Offer">For a repair whose offer is not known yet.</param>
public sealed record CorrectedData(
    string? Reference, string? ModelCode, int? ModelId, string? SerialNumber, string? Imei, string? GrmsNumber, string? ServiceOrderNumber, int? BranchId, EndUser? EndUser, ServiceOffer? Offer);

/// <summary>Corrections by support, with what stood before in the timeline for both sides.</summary>
public sealed class DossierCorrection(DossierHandling handling, DossierKinds kinds)
{
    /// <summary>Writes what differs; nothing where nothing does. A branch must be the organisation's own.</summary>
    public Task<HandlingOutcome> CorrectAsync(Reader by, string number, Guid stamp, CorrectedData data, CancellationToken ct) =>
        handling.ChangeAsync(new DossierTarget(by, number, stamp), async (change, token) =>
        {
            var dossier = change.Dossier;
            var fields = new List<(DossierField Field, string? Before, string? After)>();
            if (dossier.BranchId != data.BranchId)
            {
                var before = await AddressAsync(change, by, dossier.BranchId, token);
                var after = await AddressAsync(change, by, data.BranchId, token);
                if (data.BranchId is not null && after is null)
                    return HandlingOutcome.NotAllowed;
                fields.Add((DossierField.Branch, before, after));
                dossier.BranchId = data.BranchId;
            }

            fields.AddRange(Differences(dossier, data).Where(field => field.Before != field.After));
            Apply(dossier, data);
            if (await OfferAsync(change, data, token) is { } offer)
                fields.Add((DossierField.ServiceOffer, null, offer.ToString()));
            if (fields.Count == 0)
                return HandlingOutcome.Done;

            await change.ReindexAsync(token);
            await change.CorrectedAsync(fields, token);
            return change.Done("dossier.data-changed", string.Join(',', fields.Select(field => field.Field)));
        }, mail: null, ct);

    private static IEnumerable<(DossierField Field, string? Before, string? After)> Differences(Dossier dossier, CorrectedData data) =>
    [
        (DossierField.Reference, dossier.Reference, data.Reference),
        (DossierField.ModelCode, dossier.ModelCode, data.ModelCode),
        (DossierField.SerialNumber, dossier.SerialNumber, data.SerialNumber),
        (DossierField.Imei, dossier.Imei, data.Imei),
        (DossierField.GrmsNumber, dossier.GrmsNumber, data.GrmsNumber),
        (DossierField.ServiceOrderNumber, dossier.ServiceOrderNumber, data.ServiceOrderNumber),
        (DossierField.EndUserName, dossier.EndUserName, data.EndUser?.Name),
        (DossierField.EndUserStreet, dossier.EndUserStreet, data.EndUser?.Street),
        (DossierField.EndUserPostalCode, dossier.EndUserPostalCode, data.EndUser?.PostalCode),
        (DossierField.EndUserTown, dossier.EndUserTown, data.EndUser?.Town),
        (DossierField.EndUserPhone, dossier.EndUserPhone, data.EndUser?.Phone),
        (DossierField.EndUserEmail, dossier.EndUserEmail, data.EndUser?.Email),
    ];

    private static void Apply(Dossier dossier, CorrectedData data)
    {
        dossier.Reference = data.Reference;
        dossier.ModelCode = data.ModelCode;
        dossier.ModelId = data.ModelId;
        dossier.SerialNumber = data.SerialNumber;
        dossier.Imei = data.Imei;
        dossier.GrmsNumber = data.GrmsNumber;
        dossier.ServiceOrderNumber = data.ServiceOrderNumber;
        dossier.EndUserName = data.EndUser?.Name;
        dossier.EndUserStreet = data.EndUser?.Street;
        dossier.EndUserPostalCode = data.EndUser?.PostalCode;
        dossier.EndUserTown = data.EndUser?.Town;
        dossier.EndUserPhone = data.EndUser?.Phone;
        dossier.EndUserEmail = data.EndUser?.Email;
    }

    /// <summary>The offer that was missing: as support says it, or that of the model which the corrected code names.</summary>
    private async Task<ServiceOffer?> OfferAsync(DossierChange change, CorrectedData data, CancellationToken ct)
    {
        var offer = data.Offer;
        if (offer is null && data.ModelId is { } model)
            offer = await change.Write.Db.Models.Where(m => m.Id == model).Select(m => m.ServiceOffer).SingleAsync(ct);
        return offer is { } known && await kinds[change.Dossier.Type].SetMissingOfferAsync(change.Write.Db, change.Dossier.Id, known, ct) ? known : null;
    }

    private static async Task<string?> AddressAsync(DossierChange change, Reader by, int? branchId, CancellationToken ct) =>
        branchId is { } id && await change.Write.Db.Set<Branch>().AsNoTracking().ScopedTo(by)
            .SingleOrDefaultAsync(b => b.Id == id && b.OrganisationId == change.Dossier.OrganisationId, ct) is { } branch
            ? branch.AddressLine
            : null;
}
