using DealerPortal.Core.Catalogue;
using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers;
using DealerPortal.TestCommon;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Web.Tests.Features.Dossiers.New;

/// <summary>A dealer who fills in any form.</summary>
public sealed class FormFiling : IDisposable
{
    public required PortalFactory Factory { get; init; }
    public required FormCase Form { get; init; }
    public required TestOrganisation Organisation { get; init; }
    public required TestUser User { get; init; }
    public required ProductModel Model { get; init; }
    public required PortalClient Client { get; init; }
    public Guid DraftId { get; } = Guid.NewGuid();
    public string Url => $"/dossiers/new/{Form.Slug}/{DraftId:D}";

    public static async Task<FormFiling> StartAsync(PortalFactory factory, string slug, string language = "fr")
    {
        var organisation = await factory.Data.CreateOrganisationAsync();
        var user = await factory.Data.CreateMemberAsync(organisation, language: language);
        return new FormFiling
        {
            Factory = factory,
            Form = FormCase.All.Single(form => form.Slug == slug),
            Organisation = organisation,
            User = user,
            Model = await factory.Data.CreateModelAsync(),
            Client = await factory.NewClientAsync(user),
        };
    }

    /// <summary>What the form needs, with <paramref name="over"/> over it; a null leaves a field out.</summary>
    public (string Name, string? Value)[] Fields(params (string Name, string? Value)[] over) =>
        [("Revision", "0"), .. Form.Fields(this).Where(field => over.All(o => o.Name != field.Name)), .. over];

    /// <summary>The form with a photo in each slot that needs one.</summary>
    public Task<PortalPage> SendAsync(params (string Name, string? Value)[] over) => SendWithAsync(Form.Slots.Select(slot => slot.Slot), over);

    public Task<PortalPage> SendWithAsync(IEnumerable<string> slots, params (string Name, string? Value)[] over) =>
        Client.PostFilesAsync(Url, [.. slots.Select((slot, i) => new TestFile(slot, $"{slot}.jpg", RepairFiling.Photo((byte)(60 + i))))], Fields(over));

    public Task<List<Dossier>> DossiersAsync() =>
        Factory.ReadAsync(db => db.Dossiers.AllOrganisations().AsNoTracking().Where(d => d.OrganisationId == Organisation.Id).ToListAsync());

    public void Dispose() => Client.Dispose();
}
