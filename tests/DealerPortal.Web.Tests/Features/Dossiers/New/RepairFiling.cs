using System.Text.Json;
using DealerPortal.Core.Catalogue;
using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers;
using DealerPortal.TestCommon;
using ImageMagick;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Web.Tests.Features.Dossiers.New;

/// <summary>What tests of filing have in common: a dealer, a model, and a repair request that is complete.</summary>
internal sealed class RepairFiling : IDisposable
{
    public required PortalFactory Factory { get; init; }
    public required TestOrganisation Organisation { get; init; }
    public required TestUser User { get; init; }
    public required ProductModel Model { get; init; }
    public required PortalClient Client { get; init; }
    public Guid DraftId { get; } = Guid.NewGuid();
    public string Url => $"/dossiers/new/repair/{DraftId:D}";

    public static async Task<RepairFiling> StartAsync(
        PortalFactory factory, ServiceOffer offer = ServiceOffer.InHome, bool hasImei = false, bool serialMayBeOmitted = true, string language = "fr")
    {
        var organisation = await factory.Data.CreateOrganisationAsync();
        var user = await factory.Data.CreateMemberAsync(organisation, language: language);
        return new RepairFiling
        {
            Factory = factory,
            Organisation = organisation,
            User = user,
            Model = await factory.Data.CreateModelAsync(offer: offer, hasImei: hasImei, serialMayBeOmitted: serialMayBeOmitted),
            Client = await factory.NewClientAsync(user),
        };
    }

    /// <summary>Everything a request needs, with <paramref name="over"/> over it; a null leaves a field out.</summary>
    public (string Name, string? Value)[] Fields(params (string Name, string? Value)[] over) =>
    [
        .. new (string Name, string? Value)[]
        {
            ("Revision", "0"), ("ModelCode", Model.Code), ("SerialNumber", "7D6M5AB1800045N"), ("Sold", "yes"), ("Location", "branch"),
            ("BranchId", Organisation.BranchId.ToString(System.Globalization.CultureInfo.InvariantCulture)), ("BuyerName", "Mme Spécimen"),
            ("Description", "Code 5C après dix minutes."), ("Reference", "COMPTOIR-131"), ("Notify", "true"), ("Confirm", "true"),
        }.Where(field => over.All(o => o.Name != field.Name)),
        .. over,
    ];

    public Task<PortalPage> SendAsync(params (string Name, string? Value)[] over) => Client.PostAsync(Url, Fields(over));

    /// <summary>Autosaves as draft.js does.</summary>
    public async Task<(int Status, JsonElement Json)> SaveAsync(PortalClient client, int revision, params (string Name, string? Value)[] fields)
    {
        var answer = await client.PostAsync(Url + "/save", [("Revision", revision.ToString(System.Globalization.CultureInfo.InvariantCulture)), .. fields]);
        return ((int)answer.Status, answer.Body.StartsWith('{') ? JsonDocument.Parse(answer.Body).RootElement : default);
    }

    public Task<PortalPage> UploadAsync(byte[] content, string name) => Client.PostFilesAsync(Url + "/files", [new TestFile("file", name, content)]);

    public Task<List<Dossier>> DossiersAsync() => Factory.ReadAsync(db => db.Dossiers.AllOrganisations().AsNoTracking().Where(d => d.OrganisationId == Organisation.Id).ToListAsync());

    public Task<Draft?> DraftAsync() => Factory.ReadAsync(db => db.Drafts.AllOrganisations().AsNoTracking().SingleOrDefaultAsync(d => d.Id == DraftId));

    public static byte[] Photo(byte shade = 120)
    {
        using var image = new MagickImage(MagickColor.FromRgb(shade, 90, 60), 64, 48);
        return image.ToByteArray(MagickFormat.Jpeg);
    }

    public void Dispose() => Client.Dispose();
}
