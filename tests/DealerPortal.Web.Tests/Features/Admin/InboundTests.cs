using System.Net;
using DealerPortal.Core.Accounts;
using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Mail.Inbound;
using DealerPortal.TestCommon;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DealerPortal.Web.Tests.Features.Admin;

public sealed class InboundTests(PortalFixture portal) : IClassFixture<PortalFixture>
{
    [Fact]
    public async Task AMail_IsShownAsText_AndPutAsideOnce()
    {
        // The newest, however many others have come in.
        var mail = await portal.Data.CreateInboundAsync(at: portal.Factory.Now.AddDays(1));
        using var support = await ClientAsync();
        var url = $"/admin/inbound/{mail.Id}";

        Assert.Contains(url, (await support.GetPageAsync("/admin/inbound")).HrefsOf("table .key"));
        var page = await support.GetPageAsync(url);
        Assert.Equal("Bonjour <b>vous</b>,\nvoici ma réponse.", page.Document.QuerySelector("#mail-text")!.TextContent);
        Assert.Contains("preuve.pdf", page.MainText, StringComparison.Ordinal);
        Assert.DoesNotContain(page.HrefsOf("main a"), href => href.Contains("preuve", StringComparison.Ordinal) || href.Contains("files", StringComparison.Ordinal));
        using var other = await ClientAsync();
        var seenByOther = await other.GetPageAsync(url);
        Assert.Equal(HttpStatusCode.Redirect, (await support.SubmitAsync(page, "#aside")).Status);

        Assert.DoesNotContain(url, (await support.GetPageAsync("/admin/inbound")).HrefsOf("table .key"));
        Assert.Contains(url, (await support.GetPageAsync("/admin/inbound?view=Settled")).HrefsOf("table .key"));
        var settled = await support.GetPageAsync(url);
        Assert.Null(settled.Document.QuerySelector("#aside"));
        // Somebody else had the page open.
        Assert.Equal(HttpStatusCode.Conflict, (await other.SubmitAsync(seenByOther, "#aside")).Status);
        var (dossier, _) = await DossierAsync();
        Assert.Equal(HttpStatusCode.Conflict, (await other.SubmitAsync(seenByOther, "#attach", ("Attach.Number", dossier.Number))).Status);
        Assert.Empty(await NotesAsync(dossier));
        Assert.Equal(["inbound.viewed", "inbound.viewed", "inbound.put-aside"], await portal.Factory.ReadAsync(db => db.Audit.Where(a => a.SubjectId == mail.Id.ToString("N")).OrderBy(a => a.Id).Select(a => a.Action).ToListAsync()));
    }

    [Fact]
    public async Task AMail_IsAddedToTheDossierThatAPersonNames_AsANoteTheDealerDoesNotSee()
    {
        var (dossier, person) = await DossierAsync();
        var mail = await portal.Data.CreateInboundAsync($"Canari {new string('z', 5000)}");
        using var support = await ClientAsync();
        var url = $"/admin/inbound/{mail.Id}";

        var refused = await support.SubmitAsync(await support.GetPageAsync(url), "#attach", ("Attach.Number", "26-0000000-0"));
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Equal("26-0000000-0", refused.ValueOf("Attach.Number"));
        Assert.NotNull(refused.ErrorOf("Attach.Number"));
        Assert.Equal(HttpStatusCode.Redirect, (await support.SubmitAsync(refused, "#attach", ("Attach.Number", dossier.Number))).Status);

        var notes = await NotesAsync(dossier);
        Assert.Equal(2, notes.Count);
        Assert.Contains("Mail de Quelqu’un <quelqu.un@ailleurs.example>", notes[0], StringComparison.Ordinal);
        Assert.Contains("Canari", string.Concat(notes), StringComparison.Ordinal);
        Assert.Equal(5000, string.Concat(notes).Count(c => c == 'z'));
        Assert.Equal($"/admin/dossiers/{dossier.Number}", Assert.Single((await support.GetPageAsync(url)).HrefsOf("main dd a")));
        using var dealer = await portal.Factory.NewClientAsync(person);
        Assert.DoesNotContain("Canari", (await dealer.GetPageAsync($"/dossiers/{dossier.Number}")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatWasKept_GoesAfter90Days_WhatBecameAMessageStays()
    {
        var now = portal.Factory.Now;
        var old = await portal.Data.CreateInboundAsync(at: now.AddDays(-91));
        var ignored = await portal.Data.CreateInboundAsync(reason: InboundReason.AutomaticReply, at: now.AddDays(-91), outcome: InboundOutcome.Ignored);
        var taken = await portal.Data.CreateInboundAsync(at: now.AddDays(-91), outcome: InboundOutcome.Taken);
        var young = await portal.Data.CreateInboundAsync(at: now.AddDays(-89));

        await portal.Factory.Services.GetRequiredService<InboundHousekeeping>().RunOnceAsync(CancellationToken.None);

        var left = await portal.Factory.ReadAsync(db => db.Set<InboundMail>().Select(m => m.Id).ToListAsync());
        Assert.DoesNotContain(old.Id, left);
        Assert.DoesNotContain(ignored.Id, left);
        Assert.Contains(taken.Id, left);
        Assert.Contains(young.Id, left);
        using var support = await ClientAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await support.GetPageAsync($"/admin/inbound/{taken.Id}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await support.PostAsync($"/admin/inbound/{taken.Id}/put-aside")).Status);
    }

    private async Task<PortalClient> ClientAsync() => await portal.Factory.NewClientAsync(await portal.Data.CreateStaffAsync(StaffRole.SupportAgent));

    private async Task<(TestDossier Dossier, TestUser Person)> DossierAsync()
    {
        var organisation = await portal.Data.CreateOrganisationAsync();
        var person = await portal.Data.CreateMemberAsync(organisation);
        return (await portal.Data.CreateDossierAsync(organisation, person), person);
    }

    private Task<List<string>> NotesAsync(TestDossier dossier) => portal.Factory.ReadAsync(db => db.Timeline.AllOrganisations()
        .Where(e => e.DossierId == dossier.Id && e.Kind == TimelineKind.InternalNote).OrderBy(e => e.Id).Select(e => e.Text!).ToListAsync());
}
