using DealerPortal.Core.Organisations;
using DealerPortal.TestCommon;

namespace DealerPortal.Web.Tests.Features.Admin;

/// <summary>A dossier opened from a list knows the ones beside it, and every step on its page keeps the list.</summary>
public sealed class QueuePlaceTests(OwnPortalFixture portal) : IClassFixture<OwnPortalFixture>
{
    [Fact]
    public async Task Dossier_OpenedFromTheQueue_LeadsToThePreviousAndTheNext()
    {
        var (list, numbers) = await ListAsync(count: 3);
        using var support = await SupportAsync();

        var first = await support.GetPageAsync((await support.GetPageAsync(list)).HrefsOf("a.key")[0]);
        Assert.Equal("1 sur 3", first.TextOf(".leaf span"));
        Assert.Empty(first.HrefsOf(".leaf [rel=prev]"));

        var second = await support.GetPageAsync(first.HrefsOf(".leaf [rel=next]")[0]);
        Assert.StartsWith(numbers[1], second.TextOf("h1"), StringComparison.Ordinal);
        Assert.Equal("2 sur 3", second.TextOf(".leaf span"));
        var third = await support.GetPageAsync(second.HrefsOf(".leaf [rel=next]")[0]);
        Assert.StartsWith(numbers[2], third.TextOf("h1"), StringComparison.Ordinal);
        Assert.Empty(third.HrefsOf(".leaf [rel=next]"));
        var back = await support.GetPageAsync(third.HrefsOf(".leaf [rel=prev]")[0]);
        Assert.StartsWith(numbers[1], back.TextOf("h1"), StringComparison.Ordinal);
        Assert.Equal(numbers, (await support.GetPageAsync(back.HrefsOf("a.back")[0])).TextsOf("a.key"));
    }

    [Fact]
    public async Task Dossier_ThatLeftTheListByAStep_LeadsToWhatTookItsPlace()
    {
        var (list, numbers) = await ListAsync(count: 3);
        using var support = await SupportAsync();
        var second = await support.GetPageAsync((await support.GetPageAsync(list)).HrefsOf("a.key")[1]);

        var answered = await support.SubmitAsync(second, "#status", ("Status.To", "WaitingForDealer"), ("Status.Text", "Une question."));

        var page = await support.GetPageAsync(answered.Location!);
        Assert.Equal("Sorti de la liste (2)", page.TextOf(".leaf span"));
        Assert.StartsWith(numbers[2], (await support.GetPageAsync(page.HrefsOf(".leaf [rel=next]")[0])).TextOf("h1"), StringComparison.Ordinal);
        Assert.StartsWith(numbers[0], (await support.GetPageAsync(page.HrefsOf(".leaf [rel=prev]")[0])).TextOf("h1"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dossier_FoundByWords_StandsInTheFoundList()
    {
        var (_, numbers) = await ListAsync(count: 2, d => d.Reference = "PLACE-77");
        using var support = await SupportAsync();

        var page = await support.GetPageAsync((await support.GetPageAsync("/admin?q=place-77&waits=all&sort=oldest")).HrefsOf("a.key")[0]);

        Assert.StartsWith(numbers[0], page.TextOf("h1"), StringComparison.Ordinal);
        Assert.Equal("1 sur 2", page.TextOf(".leaf span"));
        Assert.StartsWith(numbers[1], (await support.GetPageAsync(page.HrefsOf(".leaf [rel=next]")[0])).TextOf("h1"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?list=%3Fwaits%3Dsupport")]
    [InlineData("?list=%3Fwaits%3Dsupport&at=0")]
    [InlineData("?list=%3Fwaits%3Dsupport&at=-1")]
    [InlineData("?list=%3Fwaits%3Dsupport&at=99999999999")]
    [InlineData("?list=%3Fq%3Dzzzz&at=5")]
    public async Task Dossier_WithoutAUsablePlace_OnlyLeadsBack(string query)
    {
        var (_, numbers) = await ListAsync(count: 1);
        using var support = await SupportAsync();

        var page = await support.GetPageAsync($"/admin/dossiers/{numbers[0]}{query}");

        Assert.Null(page.Document.QuerySelector(".leaf"));
        Assert.StartsWith("/admin", page.HrefsOf("a.back")[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dossier_OnALaterPage_LeadsBackToThatPage()
    {
        var (list, _) = await ListAsync(count: 51);
        using var support = await SupportAsync();

        var page = await support.GetPageAsync((await support.GetPageAsync(list + "&page=2")).HrefsOf("a.key")[0]);

        Assert.Equal("51 sur 51", page.TextOf(".leaf span"));
        Assert.Contains("page=2", page.HrefsOf("a.back")[0], StringComparison.Ordinal);
    }

    private async Task<PortalClient> SupportAsync() => await portal.Factory.NewClientAsync(await portal.Data.CreateStaffAsync());

    /// <summary>What an organisation of its own has to do, oldest promise first.</summary>
    private async Task<(string List, IReadOnlyList<string> Numbers)> ListAsync(int count, Action<DossierPlan>? with = null)
    {
        var organisation = await portal.Data.CreateOrganisationAsync();
        var dealer = await portal.Data.CreateMemberAsync(organisation, MembershipRole.Administrator);
        var numbers = new List<string>();
        for (var i = 0; i < count; i++)
        {
            var at = i;
            var dossier = await portal.Data.CreateDossierAsync(organisation, dealer, d =>
            {
                (d.CreatedAt, d.DueAt) = (portal.Factory.Now.AddDays(-5).AddMinutes(at), portal.Factory.Now.AddHours(at + 1));
                with?.Invoke(d);
            });
            numbers.Add(dossier.Number);
        }

        return ($"/admin?waits=support&org={organisation.VatNumber}", numbers);
    }
}
