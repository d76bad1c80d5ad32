using System.Globalization;
using System.Net;
using DealerPortal.Core.Data;
using DealerPortal.Core.Organisations;
using DealerPortal.TestCommon;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Web.Tests.Features.Dossiers;

/// <summary>An administrator gives a dossier to a colleague.</summary>
public sealed class OwnershipTests(OwnPortalFixture portal) : IClassFixture<OwnPortalFixture>
{
    [Fact]
    public async Task HandOver_MakesItTheColleaguesOwn_WhoFindsItAndIsTold()
    {
        var (organisation, administrator, from, to) = await PeopleAsync();
        var dossier = await portal.Data.CreateDossierAsync(organisation, from, d => d.Reference = "PASSE-77");
        using var manager = await portal.Factory.NewClientAsync(administrator);
        using var before = await portal.Factory.NewClientAsync(from);
        using var after = await portal.Factory.NewClientAsync(to);
        Assert.Empty((await after.GetPageAsync("/dossiers?q=passe77")).TextsOf("a.key"));
        Assert.Null((await before.GetPageAsync(Url(dossier))).Document.QuerySelector("#hand-over"));

        var done = await manager.SubmitAsync(await manager.GetPageAsync(Url(dossier)), "#hand-over", ("Owner.To", Key(to)));

        Assert.Equal(Url(dossier), done.Location);
        Assert.Equal([dossier.Number], (await after.GetPageAsync("/dossiers?q=passe77")).TextsOf("a.key"));
        Assert.Contains($"Dossier confié à {to.FullName}", (await after.GetPageAsync(Url(dossier))).TextOf(".timeline"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await before.GetPageAsync(Url(dossier))).Status);
        Assert.Empty((await before.GetPageAsync("/dossiers?q=passe77")).TextsOf("a.key"));
        var mail = Assert.Single(await portal.Factory.MailsAsync(to.Email));
        Assert.Equal("DossierHandedOver", mail.Kind);
        Assert.Contains(administrator.FullName, mail.Text, StringComparison.Ordinal);
        Assert.Empty(await portal.Factory.MailsAsync(from.Email));
        var subject = dossier.Id.ToString(CultureInfo.InvariantCulture);
        var audit = await portal.Factory.ReadAsync(db => db.Audit.SingleAsync(a => a.Action == "dossier.handed-over" && a.SubjectId == subject));
        Assert.Equal((administrator.Id, Key(to)), (audit.ActorId!.Value, audit.Detail));

        // From then on its mails are the colleague's.
        using var support = await portal.Factory.NewClientAsync(await portal.Data.CreateStaffAsync());
        await support.SubmitAsync(await support.GetPageAsync("/admin" + Url(dossier)), "#answer", ("Answer.Text", "Bonjour."), ("Answer.Then", "stay"));
        Assert.Equal(["DossierAnswered", "DossierHandedOver"], (await portal.Factory.MailsAsync(to.Email)).Select(m => m.Kind).Order(StringComparer.Ordinal));
        Assert.Empty(await portal.Factory.MailsAsync(from.Email));
    }

    [Fact]
    public async Task HandOver_ToWhoWantsNoMails_TellsByTheListAlone()
    {
        var (organisation, administrator, from, to) = await PeopleAsync();
        await portal.Factory.WriteAsync(async (write, ct) => (await write.Db.Users.SingleAsync(u => u.Id == to.Id, ct)).NotifyByMail = false);
        var dossier = await portal.Data.CreateDossierAsync(organisation, from);
        using var manager = await portal.Factory.NewClientAsync(administrator);

        await manager.SubmitAsync(await manager.GetPageAsync(Url(dossier)), "#hand-over", ("Owner.To", Key(to)));

        var stored = await portal.Factory.ReadAsync(db => db.Dossiers.AllOrganisations().AsNoTracking().SingleAsync(d => d.Id == dossier.Id));
        Assert.Equal((to.Id, false), (stored.OwnerId, stored.NotifyByMail));
        Assert.Empty(await portal.Factory.MailsAsync(to.Email));
    }

    [Fact]
    public async Task HandOver_ToAStrangerOrNobody_IsRefusedAtTheField_AndAStaleOneIs409()
    {
        var (organisation, administrator, from, to) = await PeopleAsync();
        var stranger = await portal.Data.CreateMemberAsync(await portal.Data.CreateOrganisationAsync());
        var pending = await portal.Data.CreateMemberAsync(organisation, status: MembershipStatus.Pending);
        var dossier = await portal.Data.CreateDossierAsync(organisation, from);
        using var manager = await portal.Factory.NewClientAsync(administrator);
        var page = await manager.GetPageAsync(Url(dossier));
        Assert.DoesNotContain(pending.FullName, page.TextOf("#Owner_To"), StringComparison.Ordinal);

        foreach (var key in (string[])["", "x", Key(stranger), Key(pending)])
        {
            var refused = await manager.SubmitAsync(page, "#hand-over", ("Owner.To", key));
            Assert.Equal((HttpStatusCode.BadRequest, "Erreur : Choisissez un membre de votre organisation."), (refused.Status, refused.ErrorOf("Owner.To")));
        }

        using var owner = await portal.Factory.NewClientAsync(from);
        await owner.SubmitAsync(await owner.GetPageAsync(Url(dossier)), "#withdraw");
        var stale = await manager.SubmitAsync(page, "#hand-over", ("Owner.To", Key(to)));
        Assert.Equal(HttpStatusCode.Conflict, stale.Status);
        Assert.Contains("retirée", stale.TextOf("#changed"), StringComparison.OrdinalIgnoreCase);
    }

    private static string Url(TestDossier dossier) => $"/dossiers/{dossier.Number}";

    private static string Key(TestUser user) => user.Id.ToString(CultureInfo.InvariantCulture);

    private async Task<(TestOrganisation Organisation, TestUser Administrator, TestUser From, TestUser To)> PeopleAsync()
    {
        var organisation = await portal.Data.CreateOrganisationAsync();
        return (organisation, await portal.Data.CreateMemberAsync(organisation, MembershipRole.Administrator), await portal.Data.CreateMemberAsync(organisation), await portal.Data.CreateMemberAsync(organisation));
    }
}
