using System.Net;
using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers;
using DealerPortal.TestCommon;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Web.Tests.Hosting;

/// <summary>The ground the other tests stand on.</summary>
public sealed class TestHostTests(PortalFixture portal) : IClassFixture<PortalFixture>
{
    [Fact]
    public async Task NewClientAsync_MakesASessionThatTheApplicationAccepts()
    {
        var organisation = await portal.Data.CreateOrganisationAsync();
        var user = await portal.Data.CreateMemberAsync(organisation);
        using var client = await portal.Factory.NewClientAsync(user);

        var page = await client.PostAsync("/language", ("language", "nl"), ("returnUrl", "/account"));

        Assert.Equal(HttpStatusCode.Redirect, page.Status);
        Assert.Equal("nl", await portal.Factory.ReadAsync(db => db.Users.Where(u => u.Id == user.Id).Select(u => u.Language).SingleAsync()));
    }

    [Fact]
    public async Task CreateDossierAsync_WritesStatusTimelineAndSearchWords()
    {
        var organisation = await portal.Data.CreateOrganisationAsync();
        var author = await portal.Data.CreateMemberAsync(organisation);

        var made = await portal.Data.CreateDossierAsync(organisation, author, d =>
        {
            d.Status = RequestStatus.Completed;
            d.Resolution = Resolution.Refused;
            d.Timeline.Add((ActorKind.Support, TimelineKind.Message, "Bonjour"));
        });

        var dossier = await portal.Factory.ReadAsync(db => db.Dossiers.AllOrganisations().SingleAsync(d => d.Id == made.Id));
        Assert.Equal((RequestStatus.Completed, Resolution.Refused, false), (dossier.Status, dossier.Resolution, dossier.IsOpen));
        Assert.Equal(2, await portal.Factory.ReadAsync(db => db.Timeline.AllOrganisations().CountAsync(e => e.DossierId == made.Id)));
        Assert.True(await portal.Factory.ReadAsync(db => db.DossierTokens.AllOrganisations().AnyAsync(t => t.DossierId == made.Id && t.Token == "lw90t554")));
    }
}
