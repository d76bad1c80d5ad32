using System.Net;
using DealerPortal.Core.Accounts;
using DealerPortal.Core.Organisations;
using DealerPortal.TestCommon;
using Microsoft.Extensions.DependencyInjection;

namespace DealerPortal.Web.Tests.Features.Admin;

public sealed class RequestsTests : IDisposable
{
    private readonly PortalFactory _factory = new();

    public void Dispose() => _factory.Dispose();

    [Fact]
    public async Task List_ShowsRequestsThatNobodyDecidedAfterTheReminder_WithWhomToRing()
    {
        var organisation = await _factory.Data.CreateOrganisationAsync();
        var administrator = await _factory.Data.CreateMemberAsync(organisation, MembershipRole.Administrator, firstName: "Nora");
        var forgotten = await _factory.Data.CreateMemberAsync(organisation, status: MembershipStatus.Pending, firstName: "Camille");
        await _factory.Data.CreateMemberAsync(organisation, status: MembershipStatus.Refused);
        using var support = await _factory.NewClientAsync(await _factory.Data.CreateStaffAsync());

        Assert.Contains("Aucune demande n’attend", (await support.GetPageAsync("/admin/requests")).MainText, StringComparison.Ordinal);
        Assert.Null((await support.GetPageAsync("/admin")).Document.QuerySelector("a[href='/admin/requests']"));

        _factory.Time.Advance(TimeSpan.FromDays(3));
        await _factory.Services.GetRequiredService<AccountsHousekeeping>().RunOnceAsync(CancellationToken.None);
        // Since the reminder; it has yet to be two working days for this one.
        await _factory.Data.CreateMemberAsync(organisation, status: MembershipStatus.Pending);

        using var later = await _factory.NewClientAsync(await _factory.Data.CreateStaffAsync());
        var notice = (await later.GetPageAsync("/admin")).Document.QuerySelector("a[href='/admin/requests']");
        Assert.Equal("Une demande d’adhésion attend depuis plus de deux jours ouvrables", notice?.TextContent);
        var row = Assert.Single((await later.GetPageAsync("/admin/requests")).TextsOf("tbody tr"));
        Assert.Contains(forgotten.FullName, row, StringComparison.Ordinal);
        Assert.Contains(organisation.Name, row, StringComparison.Ordinal);
        Assert.Contains(administrator.Email, row, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nl", "Wachtende aanvragen om lid te worden")]
    [InlineData("de", "Wartende Beitrittsanfragen")]
    [InlineData("en", "Requests to join that wait")]
    public async Task List_SpeaksTheReadersLanguage(string language, string title)
    {
        using var support = await _factory.NewClientAsync(await _factory.Data.CreateStaffAsync(language: language));

        var page = await support.GetPageAsync("/admin/requests");

        Assert.Equal((HttpStatusCode.OK, title), (page.Status, page.TextOf("h1")));
    }
}
