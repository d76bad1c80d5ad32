using System.Net;
using DealerPortal.Core.Accounts;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Organisations;
using DealerPortal.TestCommon;

namespace DealerPortal.Web.Tests.Features.Home;

public sealed class HomeTests(PortalFixture portal) : IClassFixture<PortalFixture>
{
    [Fact]
    public async Task Get_SendsEveryoneWhereTheyBelong()
    {
        var organisation = await portal.Data.CreateOrganisationAsync();
        using var nobody = portal.Factory.NewClient();
        using var staff = await portal.Factory.NewClientAsync(await portal.Data.CreateStaffAsync(StaffRole.PortalAdministrator));
        using var pending = await portal.Factory.NewClientAsync(await portal.Data.CreateMemberAsync(organisation, status: MembershipStatus.Pending));

        Assert.StartsWith("/sign-in", (await nobody.GetPageAsync("/")).Location, StringComparison.Ordinal);
        Assert.Equal("/admin", (await staff.GetPageAsync("/")).Location);
        Assert.Equal("/pending", (await pending.GetPageAsync("/")).Location);
    }

    [Fact]
    public async Task Get_WhenNothingWaits_SaysSo()
    {
        var organisation = await portal.Data.CreateOrganisationAsync();
        var person = await portal.Data.CreateMemberAsync(organisation);

        var page = await PageAsync(person);

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Equal("Bonjour Jean", page.TextOf("h1"));
        Assert.Contains("Rien n’attend votre réponse.", page.MainText, StringComparison.Ordinal);
        Assert.Contains("Lundi 23 novembre 2026", page.MainText, StringComparison.Ordinal);
        Assert.Equal("/dossiers/new/repair", page.Document.QuerySelector(".quick a.first")!.GetAttribute("href"));
    }

    [Fact]
    public async Task Get_ShowsWhoseMoveItIsWithTheQuestion()
    {
        var organisation = await portal.Data.CreateOrganisationAsync();
        var employee = await portal.Data.CreateMemberAsync(organisation);
        var administrator = await portal.Data.CreateMemberAsync(organisation, MembershipRole.Administrator);
        var applicant = await portal.Data.CreateMemberAsync(organisation, status: MembershipStatus.Pending, firstName: "Nora", lastName: "Spécimen");
        await portal.Data.CreateDossierAsync(organisation, employee, d =>
        {
            d.Status = RequestStatus.WaitingForDealer;
            d.Timeline.Add((ActorKind.Support, TimelineKind.Message, "Bonjour,\n\nAjoutez la facture d’achat.\nMerci"));
            d.Timeline.Add((ActorKind.Support, TimelineKind.InternalNote, "Client difficile"));
        });

        var own = await PageAsync(employee);
        var all = await PageAsync(administrator);

        Assert.Equal("Ajoutez la facture d’achat.", own.TextOf("section[aria-labelledby=mv] li .t"));
        Assert.DoesNotContain("Client difficile", own.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("Nora", own.Body, StringComparison.Ordinal);
        Assert.Equal("2", all.TextOf("#mv .count"));
        Assert.Contains("Nora Spécimen demande l’accès à l’organisation", all.MainText, StringComparison.Ordinal);
        Assert.StartsWith("/account/users/", all.Document.QuerySelector("section[aria-labelledby=mv] li a")!.GetAttribute("href"), StringComparison.Ordinal);
        Assert.NotEqual(applicant.Id, employee.Id);
    }

    [Fact]
    public async Task Get_ShowsTheFiveOpenDossiersThatChangedLast()
    {
        var organisation = await portal.Data.CreateOrganisationAsync();
        var person = await portal.Data.CreateMemberAsync(organisation);
        var made = new List<TestDossier>();
        for (var i = 0; i < 7; i++)
            made.Add(await portal.Data.CreateDossierAsync(organisation, person, d => d.CreatedAt = portal.Factory.Now.AddDays(-i)));
        await portal.Data.CreateDossierAsync(organisation, person, d => d.Status = RequestStatus.Completed);

        var page = await PageAsync(person);

        Assert.Equal(made.Take(5).Select(d => d.Number), page.TextsOf("section[aria-labelledby=op] a.key"));
        Assert.Equal("7", page.TextOf("#op .count"));
    }

    private async Task<PortalPage> PageAsync(TestUser person)
    {
        using var client = await portal.Factory.NewClientAsync(person);
        return await client.GetPageAsync("/");
    }
}
