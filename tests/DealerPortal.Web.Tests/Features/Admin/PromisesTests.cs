using System.Net;
using DealerPortal.Core.Accounts;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Dossiers.Promises;
using DealerPortal.Core.Organisations;
using DealerPortal.TestCommon;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DealerPortal.Web.Tests.Features.Admin;

/// <summary>The targets as administrators edit them, and open dossiers that follow. Now is Monday, 23 November 2026, 10:00 in Brussels.</summary>
public sealed class PromisesTests : IDisposable
{
    private const string Url = "/admin/promises";

    private readonly PortalFactory _factory = new();

    public void Dispose() => _factory.Dispose();

    [Fact]
    public async Task Save_ChangesTargets_WhichOpenDossiersFollow_AndIsOnRecord()
    {
        var (filed, asked, page) = await DossiersAsync();
        await FollowAsync();
        var before = await ReadAsync(filed.Number);
        // Eight hours from Monday at ten; support's page says so, the dealer's the day alone.
        Assert.Equal((PromiseStep.FirstAnswer, (DateTime?)_factory.Now.AddDays(1)), (before.Step, before.DueAt));
        Assert.Equal((PromiseStep.RepairOrder, (DateTime?)null), ((await ReadAsync(asked.Number)).Step, (await ReadAsync(asked.Number)).DueAt));
        using var client = await AdministratorAsync();
        var desk = await client.GetPageAsync("/admin/dossiers/" + filed.Number);
        Assert.Equal(["Première réponse", "8 h", "8 h", "24 novembre 2026 (10:00h)"], desk.TextsOf("#live-clock dd"));
        Assert.Contains("Suspendu", (await client.GetPageAsync("/admin/dossiers/" + asked.Number)).TextOf("#live-clock"), StringComparison.Ordinal);
        Assert.Contains("au plus tard le mardi 24 novembre 2026", (await page.GetPageAsync("/dossiers/" + filed.Number)).TextOf("#move"), StringComparison.Ordinal);

        var targets = await client.GetPageAsync(Url);
        var field = FieldOf(targets, "RepairRequest.FirstAnswer");
        Assert.Equal("8", targets.ValueOf(field));
        var saved = await client.SubmitAsync(targets, "#targets", (field, "2,5"), (FieldOf(targets, "RepairRequest.RepairOrder"), ""));

        Assert.Equal((HttpStatusCode.Redirect, Url), (saved.Status, saved.Location));
        var after = await client.FollowAsync(saved);
        Assert.Contains("2 délais modifiés", after.MainText, StringComparison.Ordinal);
        Assert.Equal(("2,5", ""), (after.ValueOf(field), after.ValueOf(FieldOf(after, "RepairRequest.RepairOrder"))));
        Assert.Contains("Par défaut : 8 h", after.TextOf($"#{field.Replace('.', '_').Replace('[', '_').Replace(']', '_')}-a"), StringComparison.Ordinal);
        Assert.Contains("en cours", after.TextOf("#open-dossiers"), StringComparison.Ordinal);
        Assert.Equal(
            ["RepairRequest.FirstAnswer 480 min -> 150 min", "RepairRequest.RepairOrder 480 min -> none"],
            await _factory.ReadAsync(db => db.Audit.Where(a => a.Action == "promise.target-changed").OrderBy(a => a.SubjectId).Select(a => a.SubjectId + " " + a.Detail).ToListAsync()));

        await FollowAsync();
        var followed = await ReadAsync(filed.Number);
        Assert.Equal((_factory.Now.AddHours(2.5), before.Stamp, before.UpdatedAt), (followed.DueAt!.Value, followed.Stamp, followed.UpdatedAt));
        Assert.Contains("Tous les dossiers ouverts", (await client.GetPageAsync(Url)).TextOf("#open-dossiers"), StringComparison.Ordinal);

        // As in the settings again: the row goes.
        await client.SubmitAsync(await client.GetPageAsync(Url), "#targets", (field, "8"));
        Assert.Equal([PromiseStep.RepairOrder], await _factory.ReadAsync(db => db.Set<PromiseTarget>().Select(t => t.Step).ToListAsync()));
    }

    [Fact]
    public async Task Save_AfterSomebodyElse_SavesNothing_AndKeepsWhatWasTyped()
    {
        using var client = await AdministratorAsync();
        var mine = await client.GetPageAsync(Url);
        var (first, other) = (FieldOf(mine, "TechnicalDoa.FirstAnswer"), FieldOf(mine, "TechnicalDoa.Conclusion"));
        await client.SubmitAsync(await client.GetPageAsync(Url), "#targets", (first, "9"));

        var refused = await client.SubmitAsync(mine, "#targets", (first, "12"), (other, "30"));

        Assert.Equal(HttpStatusCode.Conflict, refused.Status);
        Assert.Equal(("12", "30"), (refused.ValueOf(first), refused.ValueOf(other)));
        Assert.Equal(["Première réponse – DOA technique", "Clôture – DOA technique"], refused.TextsOf("#changed dt"));
        Assert.Equal(["9 h", "40 h"], refused.TextsOf("#changed dd"));
        Assert.Equal(HttpStatusCode.Redirect, (await client.SubmitAsync(refused, "#targets")).Status);
        var stored = await client.GetPageAsync(Url);
        Assert.Equal(("12", "30"), (stored.ValueOf(first), stored.ValueOf(other)));
        // Two changes before open dossiers followed the first one are two all the same.
        Assert.Equal(HttpStatusCode.Redirect, (await client.SubmitAsync(await client.GetPageAsync(Url), "#targets", (first, "13"))).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await client.SubmitAsync(stored, "#targets", (first, "14"))).Status);
    }

    [Theory]
    [InlineData("acht")]
    [InlineData("-1")]
    [InlineData("0")]
    [InlineData("1000")]
    [InlineData("1,234")]
    public async Task Save_WhatAreNoHours_IsSaidAtTheField(string typed)
    {
        using var client = await AdministratorAsync();
        var page = await client.GetPageAsync(Url);
        var (field, other) = (FieldOf(page, "ReturnRequest.ReturnCredit"), FieldOf(page, "ReturnRequest.FirstAnswer"));

        var refused = await client.SubmitAsync(page, "#targets", (field, typed), (other, "5"));

        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.StartsWith("Erreur : Indiquez des heures", refused.ErrorOf(field), StringComparison.Ordinal);
        Assert.Equal((typed, "5"), (refused.ValueOf(field), refused.ValueOf(other)));
        Assert.Empty(await _factory.ReadAsync(db => db.Set<PromiseTarget>().ToListAsync()));
    }

    [Fact]
    public async Task ClosingDay_MovesThePromisesOfOpenDossiers()
    {
        var (filed, _, _) = await DossiersAsync();
        await FollowAsync();
        using var client = await AdministratorAsync();

        await client.SubmitAsync(await client.GetPageAsync("/admin/closing-days"), "#add", ("Form.From", "2026-11-24"), ("Form.Note", "Inventaire"));
        await FollowAsync();

        Assert.Equal(_factory.Now.AddDays(2), (await ReadAsync(filed.Number)).DueAt);
    }

    private static string FieldOf(PortalPage page, string key) =>
        page.Document.QuerySelector($"input[value='{key}']")!.GetAttribute("name")!.Replace(".Key", ".Hours", StringComparison.Ordinal);

    /// <summary>One that was filed now and one whose dealer has to answer, as they were before dossiers had clocks, and their dealer.</summary>
    private async Task<(TestDossier Filed, TestDossier Asked, PortalClient Dealer)> DossiersAsync()
    {
        var organisation = await _factory.Data.CreateOrganisationAsync();
        var dealer = await _factory.Data.CreateMemberAsync(organisation, MembershipRole.Administrator);
        var filed = await _factory.Data.CreateDossierAsync(organisation, dealer);
        var asked = await _factory.Data.CreateDossierAsync(organisation, dealer, d => d.Status = RequestStatus.WaitingForDealer);
        return (filed, asked, await _factory.NewClientAsync(dealer));
    }

    private Task FollowAsync() => _factory.Services.GetRequiredService<PromiseHousekeeping>().RunOnceAsync(CancellationToken.None);

    private Task<Dossier> ReadAsync(string number) => _factory.ReadAsync(db => db.Dossiers.VisibleTo(Reader.Portal).AsNoTracking().SingleAsync(d => d.Number == number));

    private async Task<PortalClient> AdministratorAsync() => await _factory.NewClientAsync(await _factory.Data.CreateStaffAsync(StaffRole.PortalAdministrator));
}
