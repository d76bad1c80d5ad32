using System.Net;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Organisations;
using DealerPortal.TestCommon;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DealerPortal.Web.Tests.Features.Dossiers;

/// <summary>The sheet for the driver: what it says, and when there is one.</summary>
public sealed class SlipTests(PortalFixture portal) : IClassFixture<PortalFixture>
{
    [Fact]
    public async Task Get_Authorised_SaysWhatTheDriverNeeds()
    {
        var (organisation, person) = await DealerAsync();
        var dossier = await ReturnAsync(organisation, person, d => d.Reference = "COMPTOIR-129");

        var page = await GetAsync(person, dossier);

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Equal("Bon de retour", page.TextOf(".sheet h1"));
        Assert.Equal(dossier.Number, page.TextOf(".sheet .big"));
        Assert.Equal($"Code-barres {dossier.Number}", page.Document.QuerySelector(".sheet svg[role=img]")!.GetAttribute("aria-label"));
        var sheet = page.TextOf(".sheet");
        foreach (var part in (string[])[organisation.Name, "Rue de la Démo", "4000 Liège, Belgique", person.FullName, "LW90T554/BE", "7D6M5AB1800045N", "COMPTOIR-129", "à convenir", "prêt à partir du 23 novembre 2026", "dans son emballage", "Imprimé le 23 novembre 2026 (10:00h)", "+32 4 000 00 99"])
            Assert.Contains(part, sheet, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_WithABranchThatNamesAContact_SaysWhomToAskForAndWhen_UnlessTheDriverIsSentElsewhere()
    {
        var (organisation, person) = await DealerAsync();
        await portal.Data.ChangeBranchAsync(organisation.BranchId, branch => (branch.ContactName, branch.OpeningHours) = ("Anne Spécimen", "lu–sa 9 h–18 h 30"));
        var dossier = await ReturnAsync(organisation, person);

        var sheet = (await GetAsync(person, dossier)).TextOf(".sheet");
        Assert.Contains($"Anne Spécimen, {PhoneNumber.Display("+3240000012")}", sheet, StringComparison.Ordinal);
        Assert.Contains("lu–sa 9 h–18 h 30", sheet, StringComparison.Ordinal);
        using var dealer = await portal.Factory.NewClientAsync(person);
        using var support = await portal.Factory.NewClientAsync(await portal.Data.CreateStaffAsync());
        foreach (var page in (PortalPage[])[await dealer.GetPageAsync($"/dossiers/{dossier.Number}"), await support.GetPageAsync($"/admin/dossiers/{dossier.Number}")])
            Assert.All((string[])[$"Anne Spécimen, {PhoneNumber.Display("+3240000012")}", "lu–sa 9 h–18 h 30"], part => Assert.Contains(part, page.MainText, StringComparison.Ordinal));
        Assert.Contains("Anne Spécimen · lu–sa 9 h–18 h 30", (await support.GetPageAsync($"/admin/organisations/{organisation.Id}")).MainText, StringComparison.Ordinal);

        await PlanAsync(dossier, "Rue du Dépôt 9, 9000 Gent");
        sheet = (await GetAsync(person, dossier)).TextOf(".sheet");
        Assert.DoesNotContain("Anne Spécimen", sheet, StringComparison.Ordinal);
        Assert.DoesNotContain("9 h–18 h 30", sheet, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_WithAnAppointment_SaysWhenAndWhere()
    {
        var (organisation, person) = await DealerAsync("nl");
        var dossier = await ReturnAsync(organisation, person);
        await PlanAsync(dossier, "Magazijnstraat 9, 9000 Gent");

        var page = await GetAsync(person, dossier);

        Assert.Equal("Retourbon", page.TextOf(".sheet h1"));
        var sheet = page.TextOf(".sheet");
        Assert.Contains("donderdag 26 november 2026", sheet, StringComparison.Ordinal);
        Assert.Contains("tussen 8 en 12 uur", sheet, StringComparison.Ordinal);
        // Support sends the driver elsewhere than to the branch.
        Assert.Contains("Magazijnstraat 9", sheet, StringComparison.Ordinal);
        Assert.DoesNotContain("Rue de la Démo", sheet, StringComparison.Ordinal);
        Assert.DoesNotContain("af te spreken", sheet, StringComparison.Ordinal);
    }

    /// <summary>Before the return may leave there is nothing to stick on a parcel; once it left, a second slip would call a driver for nothing.</summary>
    [Theory]
    [InlineData(null, "pas encore disponible")]
    [InlineData(ReturnStatus.Authorised, null)]
    [InlineData(ReturnStatus.PickupPlanned, null)]
    [InlineData(ReturnStatus.Collected, "plus rien à enlever")]
    [InlineData(ReturnStatus.Inspected, "plus rien à enlever")]
    [InlineData(ReturnStatus.Credited, "plus rien à enlever")]
    [InlineData(ReturnStatus.Refused, "plus rien à enlever")]
    public async Task Get_ThereIsASlipWhileADriverIsToCome(ReturnStatus? status, string? reason)
    {
        var (organisation, person) = await DealerAsync();
        var dossier = await ReturnAsync(organisation, person, status: status);

        var page = await GetAsync(person, dossier);

        Assert.Equal(reason is null ? HttpStatusCode.OK : HttpStatusCode.NotFound, page.Status);
        Assert.Equal(reason is null, page.Document.QuerySelector(".sheet") is not null);
        if (reason is not null)
            Assert.Contains(reason, page.MainText, StringComparison.Ordinal);
        Assert.NotNull(page.Document.QuerySelector($"main a[href='/dossiers/{dossier.Number}']"));
        Assert.Equal(reason is null, await IsOfferedAsync(person, dossier));
    }

    [Fact]
    public async Task Get_WhenTheRequestWasCancelled_ThereIsNone()
    {
        var (organisation, person) = await DealerAsync();
        var dossier = await ReturnAsync(organisation, person, d => d.Complete(Resolution.Cancelled, null, portal.Factory.Now));

        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync(person, dossier)).Status);
        Assert.False(await IsOfferedAsync(person, dossier));
    }

    [Fact]
    public async Task Get_ForARepair_IsNotFound()
    {
        var (organisation, person) = await DealerAsync();
        var dossier = await portal.Data.CreateDossierAsync(organisation, person);

        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync(person, dossier)).Status);
        Assert.False(await IsOfferedAsync(person, dossier));
    }

    [Fact]
    public async Task Get_ForAStranger_IsNotFoundAndSaysNothing()
    {
        var (organisation, person) = await DealerAsync();
        var dossier = await ReturnAsync(organisation, person);
        var (_, stranger) = await DealerAsync();

        var page = await GetAsync(stranger, dossier);

        Assert.Equal(HttpStatusCode.NotFound, page.Status);
        Assert.DoesNotContain(organisation.Name, page.Body, StringComparison.Ordinal);
        // The page of any address that is none: it does not even say that there may be a slip later.
        Assert.Contains("Cette page n’existe pas", page.MainText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_NamesTheDossierThatItFollowsFrom_AndNotOneThatItCopies()
    {
        var (organisation, person) = await DealerAsync();
        var source = await portal.Data.CreateDossierAsync(organisation, person);
        var follows = await ReturnAsync(organisation, person, copiedFrom: source);
        var copies = await ReturnAsync(organisation, person, copiedFrom: follows);

        Assert.Contains($"Demande de réparation{source.Number}", (await GetAsync(person, follows)).TextsOf(".sheet dl > div"));
        Assert.DoesNotContain(follows.Number, (await GetAsync(person, copies)).TextOf(".sheet"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_NamesTheReturnCentreWhereOneIsConfigured()
    {
        var (organisation, person) = await DealerAsync();
        var without = await GetAsync(person, await ReturnAsync(organisation, person));
        Assert.DoesNotContain("Retour à", without.TextOf(".sheet"), StringComparison.Ordinal);
        Assert.Single(without.Document.QuerySelectorAll(".sheet-two:not(.sign) section"));

        using var factory = new PortalFactory { Settings = { ["Brand:ReturnCentre:0"] = "Centre Essai", ["Brand:ReturnCentre:1"] = "Quai <b>3</b>", ["Brand:ReturnCentre:2"] = "1800 Vilvoorde" } };
        var shop = await factory.Data.CreateOrganisationAsync();
        var dealer = await factory.Data.CreateMemberAsync(shop);
        var dossier = await factory.Data.CreateReturnAsync(shop, dealer, d => d.MoveReturnTo(ReturnStatus.Authorised, null, factory.Now));
        using var client = await factory.NewClientAsync(dealer);
        var with = await client.GetPageAsync($"/dossiers/{dossier.Number}/slip");

        Assert.Equal("Retour à Centre Essai Quai <b>3</b> 1800 Vilvoorde", string.Join(' ', with.TextsOf(".sheet section:nth-child(2) > h2, .sheet section:nth-child(2) strong, .sheet section:nth-child(2) span")));
    }

    /// <summary>A type that says more than the return request does, and one that says nothing at all.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Get_TakesFromTheTypeWhatItTells(bool tells)
    {
        using var factory = new PortalFactory
        {
            ConfigureMore = services =>
            {
                services.Remove(services.Single(service => service.ImplementationType == typeof(ReturnRequestKind)));
                services.AddSingleton<DossierKind>(new TellingKind(tells));
            },
        };
        var shop = await factory.Data.CreateOrganisationAsync();
        var dealer = await factory.Data.CreateMemberAsync(shop);
        var dossier = await factory.Data.CreateReturnAsync(shop, dealer, d => d.MoveReturnTo(ReturnStatus.Authorised, null, factory.Now));
        using var client = await factory.NewClientAsync(dealer);

        var page = await client.GetPageAsync($"/dossiers/{dossier.Number}/slip");

        Assert.Equal(tells ? "Bon d’essai" : "Bon d’enlèvement", page.TextOf(".sheet h1"));
        Assert.Equal(tells ? ["Porte fermée"] : ["Appareil débranché et vidé, parties mobiles fixées", "Accessoires avec l’appareil", "Ce bon collé sur l’appareil ou son emballage, code-barres visible"], page.TextsOf(".boxes li"));
        var sheet = page.TextOf(".sheet");
        Assert.Contains(tells ? "Marie Quai, +32 470 00 00 01" : dealer.FullName, sheet, StringComparison.Ordinal);
        Assert.Equal(tells, sheet.Contains("3e étage, ascenseur", StringComparison.Ordinal));
        Assert.Equal(tells, sheet.Contains("prêt à partir du 1 décembre 2026", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Get_ByStaff_IsTheSameSlip_AndALookAtAnEndUserIsOnRecord()
    {
        var (organisation, person) = await DealerAsync();
        var atBranch = await ReturnAsync(organisation, person);
        var atHome = await ReturnAsync(organisation, person, d => (d.EndUserName, d.EndUserStreet, d.EndUserPostalCode, d.EndUserTown) = ("Mme Essai", "Rue du Test 5", "4020", "Liège"), atEndUser: true);
        using var support = await portal.Factory.NewClientAsync(await portal.Data.CreateStaffAsync());

        var slip = await support.GetPageAsync($"/admin/dossiers/{atBranch.Number}/slip");
        var home = await support.GetPageAsync($"/admin/dossiers/{atHome.Number}/slip");

        Assert.Contains(organisation.Name, slip.TextOf(".sheet"), StringComparison.Ordinal);
        Assert.Contains("Mme Essai Rue du Test 5 4020 Liège", string.Join(' ', home.TextsOf(".sheet section:first-child strong, .sheet section:first-child span")), StringComparison.Ordinal);
        Assert.NotNull(slip.Document.QuerySelector($"main a[href='/admin/dossiers/{atBranch.Number}']"));
        Assert.Equal((0, 1), (await LooksAsync(atBranch), await LooksAsync(atHome)));
    }

    [Theory]
    [InlineData("Authorised")]
    [InlineData("PickupPlanned")]
    public async Task Mail_ThatTheDeviceMayLeave_LeadsToTheSlip(string status)
    {
        var (organisation, person) = await DealerAsync();
        var dossier = await portal.Data.CreateReturnAsync(organisation, person);
        using var support = await portal.Factory.NewClientAsync(await portal.Data.CreateStaffAsync());
        await support.SubmitAsync(
            await support.GetPageAsync($"/admin/dossiers/{dossier.Number}"),
            "#return",
            ("Return.Status", status), ("Return.Date", "2026-11-26"), ("Return.From", "08:00"), ("Return.Until", "12:00"), ("Return.Place", "Rue de la Démo 1"));

        var link = Assert.Single(Assert.Single(await portal.Factory.MailsAsync(person.Email)).Links, link => link.EndsWith("/slip", StringComparison.Ordinal));

        using var dealer = await portal.Factory.NewClientAsync(person);
        Assert.Contains(dossier.Number, (await dealer.GetPageAsync(link)).TextOf(".sheet"), StringComparison.Ordinal);
    }

    private async Task<PortalPage> GetAsync(TestUser person, TestDossier dossier)
    {
        using var client = await portal.Factory.NewClientAsync(person);
        return await client.GetPageAsync($"/dossiers/{dossier.Number}/slip");
    }

    private async Task<bool> IsOfferedAsync(TestUser person, TestDossier dossier)
    {
        using var client = await portal.Factory.NewClientAsync(person);
        var page = await client.GetPageAsync($"/dossiers/{dossier.Number}");
        return page.Document.QuerySelector($"main a[href='/dossiers/{dossier.Number}/slip']") is not null;
    }

    private async Task<(TestOrganisation Organisation, TestUser Person)> DealerAsync(string language = "fr")
    {
        var organisation = await portal.Data.CreateOrganisationAsync();
        return (organisation, await portal.Data.CreateMemberAsync(organisation, language: language));
    }

    private Task<TestDossier> ReturnAsync(
        TestOrganisation organisation, TestUser person, Action<Dossier>? change = null, ReturnStatus? status = ReturnStatus.Authorised, bool atEndUser = false, TestDossier? copiedFrom = null) =>
        portal.Data.CreateReturnAsync(
            organisation,
            person,
            dossier =>
            {
                if (status is { } reached)
                    dossier.MoveReturnTo(reached, null, portal.Factory.Now);
                change?.Invoke(dossier);
            },
            atEndUser,
            copiedFrom);

    private Task PlanAsync(TestDossier dossier, string place) => portal.Factory.WriteAsync((write, _) =>
    {
        write.Db.Add(new Appointment
        {
            DossierId = dossier.Id,
            OrganisationId = dossier.OrganisationId,
            Date = new DateOnly(2026, 11, 26),
            From = new TimeOnly(8, 0),
            Until = new TimeOnly(12, 0),
            Place = place,
        });
        return Task.CompletedTask;
    });

    private Task<int> LooksAsync(TestDossier dossier)
    {
        var subject = dossier.Id.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return portal.Factory.ReadAsync(db => db.Audit.CountAsync(a => a.Action == "dossier.viewed" && a.SubjectId == subject));
    }

    private sealed class TellingKind(bool tells) : DossierKind<ReturnRequest>
    {
        public override DossierType Type => DossierType.ReturnRequest;

        public override DossierTrack Track => DossierTrack.Return;

        protected override IEnumerable<DossierAnswer> Answers(ReturnRequest details) => [];

        protected override SlipFacts Slip(ReturnRequest details) => tells
            ? new() { Title = "Bon d’essai", Checks = ["Porte fermée"], ReadyFrom = new DateOnly(2026, 12, 1), Contact = "Marie Quai", Phone = "+32470000001", Access = "3e étage, ascenseur" }
            : base.Slip(details);
    }
}
