using System.Diagnostics;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DealerPortal.EndToEndTests;

/// <summary>An open page follows what the other side does within five seconds, and leaves alone what is being typed.</summary>
public sealed class LiveTests(BrowserFixture browser, OwnDemoPortal demo) : IClassFixture<BrowserFixture>, IClassFixture<OwnDemoPortal>
{
    private const float WithinMs = 5000;

    [Fact]
    public async Task Dossier_list_and_badge_follow_an_answer_while_something_is_typed()
    {
        await using var dealerContext = await NewContextAsync();
        await using var agentContext = await NewContextAsync();
        var (dealer, list, agent) = (await dealerContext.NewPageAsync(), await dealerContext.NewPageAsync(), await agentContext.NewPageAsync());
        await dealer.SignInAsDealerAsync();
        await dealer.GotoAsync("/dossiers/new/technical-question");
        await dealer.Locator("#Subject").FillAsync("Filtre");
        await dealer.Locator("#Question").FillAsync("Où se trouve le filtre ?");
        var number = await dealer.SendAsync();
        await list.GotoAsync("/dossiers?q=" + number[3..10]);
        await Expect(list.Locator("tbody .state")).ToContainTextAsync("En traitement");
        var waiting = await CountAsync(list);
        await demo.Portal.SignInAsSupportAsync(agent);
        await agent.GotoAsync($"/admin/dossiers/{number}");
        await dealer.BringToFrontAsync();
        await dealer.Locator("#Message_Text").FillAsync("J’ai trouvé entre-temps");
        await dealer.EvaluateAsync("window.marker = 'still there'");
        var asked = new List<int>();
        dealer.Response += (_, response) =>
        {
            if (response.Url.EndsWith("/live", StringComparison.Ordinal))
                asked.Add(response.Status);
        };
        await dealer.WaitForResponseAsync(response => response.Url.EndsWith($"/{number}/live", StringComparison.Ordinal));
        Assert.Equal([304], asked);

        await agent.Locator("#Answer_Text").FillAsync("Quel modèle est-ce ?");
        await agent.Locator("#answer button[value=wait]").ClickAsync();
        await Expect(agent.Locator(".timeline")).ToContainTextAsync("Quel modèle est-ce ?");
        var clock = Stopwatch.StartNew();

        await Expect(dealer.Locator(".timeline")).ToContainTextAsync("Quel modèle est-ce ?", new() { Timeout = WithinMs });
        Console.WriteLine($"From an answer to the dealer's open page: {clock.ElapsedMilliseconds} ms");
        await Expect(dealer.Locator("#live-status")).ToContainTextAsync("Votre réponse est attendue");
        await Expect(dealer.Locator("#move")).ToContainTextAsync("C’est à vous de jouer");
        await Expect(dealer.Locator("#live-said")).ToHaveTextAsync(new Regex("^Nouveau dans ce dossier"));
        await Expect(dealer.Locator("#Message_Text")).ToHaveValueAsync("J’ai trouvé entre-temps");
        await Expect(dealer.Locator("#Message_Text")).ToBeFocusedAsync();
        Assert.Equal("still there", await dealer.EvaluateAsync<string>("window.marker"));
        Assert.Equal(waiting + 1, await CountAsync(dealer));

        await list.BringToFrontAsync();
        await Expect(list.Locator("tbody .state")).ToContainTextAsync("Votre réponse est attendue", new() { Timeout = WithinMs });
        Assert.Equal(waiting + 1, await CountAsync(list));

        // Support's page follows the dealer's message in the same way.
        await dealer.BringToFrontAsync();
        await dealer.Locator("#message .btn-primary").ClickAsync();
        await Expect(dealer.Locator(".timeline")).ToContainTextAsync("J’ai trouvé entre-temps");
        await agent.BringToFrontAsync();
        await Expect(agent.Locator(".timeline")).ToContainTextAsync("J’ai trouvé entre-temps", new() { Timeout = WithinMs });
        await new Inspection(scripts: true).AtAsync(dealer, "live-dossier");
    }

    /// <summary>As the badge in the header says it; none is nothing.</summary>
    private static async Task<int> CountAsync(IPage page)
    {
        var badge = page.Locator("#live-badge .count");
        return await badge.CountAsync() == 0 ? 0 : int.Parse(await badge.InnerTextAsync(), System.Globalization.CultureInfo.InvariantCulture);
    }

    private async Task<IBrowserContext> NewContextAsync()
    {
        var context = await browser.Browser.NewContextAsync(new() { BaseURL = demo.Portal.BaseUrl, Locale = "fr-BE" });
        context.SetDefaultTimeout(30_000);
        return context;
    }
}
