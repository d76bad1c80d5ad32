using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DealerPortal.EndToEndTests;

/// <summary>The way of a credit: support imports the accounts' file, the dealer looks one up, asks about it and reads the answer.</summary>
public sealed class CreditTests(BrowserFixture browser, DemoPortal demo) : IClassFixture<BrowserFixture>, IClassFixture<DemoPortal>
{
    private const string Grms = "GR-2611-90017";
    private const string Serial = "9Z9Z9Z9900017QX";

    /// <summary>One row for a demo organisation, one that cannot be read.</summary>
    private const string File = $"""
        grms;customer;serial;reference;amount;depreciation;request date;state
        {Grms};D-104477;{Serial};COMPTOIR-E2E;256,50;43;12/11/2026;issued
        GR-2611-90018;D-104477;;;beaucoup;;12/11/2026;issued
        """;

    [Fact]
    public async Task From_the_accounts_file_to_the_answer_to_a_question()
    {
        await using var agentContext = await NewContextAsync();
        await using var dealerContext = await NewContextAsync();
        var (agent, dealer) = (await agentContext.NewPageAsync(), await dealerContext.NewPageAsync());
        await demo.Portal.SignInAsSupportAsync(agent);
        await dealer.SignInAsDealerAsync();

        await agent.GotoAsync("/admin/credits/imports");
        await agent.Locator("#File").SetInputFilesAsync(new FilePayload { Name = "credits-e2e.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(File) });
        await agent.Locator("#upload .btn-primary").ClickAsync();
        await agent.ResultAsync("#confirm button");
        await Expect(agent.Locator("main")).ToContainTextAsync("beaucoup");
        var import = new Uri(agent.Url).AbsolutePath;
        await agent.Locator("#confirm button").ClickAsync();
        // The page may be left and found again while it is written.
        await agent.GotoAsync("/admin/credits/imports");
        await agent.GotoAsync(import);
        await agent.ResultAsync("#undo button");
        await new Inspection(scripts: true).AtAsync(agent, "credit-import");

        // Looked up from home by the serial number, which is found by itself.
        await dealer.GotoAsync("/");
        await dealer.Locator("#grms").FillAsync(Serial);
        await dealer.Locator("#grms").PressAsync("Enter");
        await Expect(dealer).ToHaveURLAsync(new Regex($"/credits/{Grms}"));
        await Expect(dealer.Locator("main")).ToContainTextAsync(new Regex(@"256,50\s€"));
        await Expect(dealer.Locator("main")).ToContainTextAsync("43");
        await Expect(dealer.Locator("main")).ToContainTextAsync("COMPTOIR-E2E");

        await dealer.Locator("a[href*='credit-question']").ClickAsync();
        await Expect(dealer.Locator("#GrmsNumber")).ToHaveValueAsync(Grms);
        await dealer.Locator("#Question").FillAsync("Pourquoi 43 % de dépréciation ?");
        var number = await dealer.SendAsync();

        await agent.GotoAsync($"/admin/dossiers/{number}");
        await Expect(agent.Locator("main")).ToContainTextAsync(Grms);
        await agent.AnswerAsync("L’appareil avait quatre ans.");
        await Expect(agent.Locator(".timeline")).ToContainTextAsync("L’appareil avait quatre ans.");

        await Expect(dealer.Locator(".timeline")).ToContainTextAsync("L’appareil avait quatre ans.");
        await dealer.GotoAsync($"/credits/{Grms}");
        await dealer.Locator("#as ~ ul a", new() { HasText = number }).ClickAsync();
        await Expect(dealer.Locator("main")).ToContainTextAsync("Pourquoi 43 % de dépréciation ?");

        // A question hangs on it now, which undoing the import does not hide.
        await agent.GotoAsync(import);
        await Expect(agent.Locator("#undo button")).ToHaveCountAsync(0);
    }

    private async Task<IBrowserContext> NewContextAsync()
    {
        var context = await browser.Browser.NewContextAsync(new() { BaseURL = demo.Portal.BaseUrl, Locale = "fr-BE" });
        context.SetDefaultTimeout(30_000);
        return context;
    }
}
