using DealerPortal.Core;
using DealerPortal.Core.Accounts.SecondFactor;
using DealerPortal.Core.Organisations;
using DealerPortal.TestCommon;
using Microsoft.Extensions.Hosting;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DealerPortal.EndToEndTests;

/// <summary>An announcement from the desk to a dealer's home, in two browsers, by a clock that is moved.</summary>
public sealed class AnnouncementTests(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    private const string Title = "Tous les retours passent par le portail";
    private readonly Inspection _look = new(scripts: true);

    [Fact]
    public async Task Support_plans_one_and_a_dealer_reads_it_when_its_time_has_come()
    {
        using var factory = new PortalFactory { Environment = Environments.Development, Settings = { ["Portal:BaseUrl"] = "http://localhost", ["Development:DemoData"] = "false" } };
        factory.UseKestrel(0);
        factory.StartServer();
        var agentUser = await factory.Data.CreateStaffAsync();
        var dealerUser = await factory.Data.CreateMemberAsync(await factory.Data.CreateOrganisationAsync(), MembershipRole.Administrator);
        // By the name that the portal answers to.
        var options = new BrowserNewContextOptions { BaseURL = new UriBuilder(factory.ClientOptions.BaseAddress) { Host = "localhost" }.ToString(), Locale = "fr-BE" };
        await using var agentContext = await browser.Browser.NewContextAsync(options);
        await using var dealerContext = await browser.Browser.NewContextAsync(options);
        var (agent, dealer) = (await agentContext.NewPageAsync(), await dealerContext.NewPageAsync());
        await SignInAsync(agent, agentUser);
        await agent.Locator("#Code").FillAsync(Totp.CodeOf(TestUser.AuthenticatorKey, Totp.StepAt(factory.Now)));
        await agent.Locator("#code .btn-primary").ClickAsync();
        await agent.WaitForURLAsync("**/admin");
        await SignInAsync(dealer, dealerUser);

        await agent.GotoAsync("/admin/announcements/new");
        var at = Formats.ToBrussels(factory.Now.AddHours(1));
        await agent.Locator("#Form_FromDay").FillAsync($"{at:yyyy-MM-dd}");
        await agent.Locator("#Form_FromHour").FillAsync($"{at:HH\\:mm}");
        foreach (var (i, title) in ((string[])[Title, "Alle retours verlopen via het portaal", "Alle Rücksendungen laufen über das Portal", "All returns go through the portal"]).Index())
        {
            await agent.Locator($"#Form_Texts_{i}__Title").FillAsync(title);
            await agent.Locator($"#Form_Texts_{i}__Summary").FillAsync($"({i + 1})");
            await agent.Locator($"#Form_Texts_{i}__Body").FillAsync("## Un\n\n- [deux](/dossiers/new)");
        }

        await agent.Locator("button[value=preview]").ClickAsync();
        await Expect(agent.Locator("#preview [lang=fr][data-preview=page] h4")).ToHaveTextAsync("Un");
        await Expect(agent.Locator("#preview [data-preview=home]")).ToHaveCountAsync(4);
        await _look.AtAsync(agent, "announcement-preview");
        await agent.Locator("button[value=publish]").ClickAsync();
        await Expect(agent.Locator("tbody tr")).ToContainTextAsync("Planifiée");

        await dealer.GotoAsync("/");
        await Expect(dealer.Locator("section[aria-labelledby=an]")).ToContainTextAsync("Aucune nouvelle annonce.");

        factory.Time.Advance(TimeSpan.FromHours(1));
        await dealer.ReloadAsync();
        await dealer.Locator("section[aria-labelledby=an] a", new() { HasText = Title }).ClickAsync();
        await Expect(dealer.Locator("article h2")).ToHaveTextAsync("Un");
        await dealer.GotoAsync("/");
        await dealer.Locator("section[aria-labelledby=an] form button").ClickAsync();
        await Expect(dealer.Locator("main .flash")).ToContainTextAsync("masquée");
        await Expect(dealer.Locator("section[aria-labelledby=an]")).ToContainTextAsync("Aucune nouvelle annonce.");
        await dealer.Locator("section[aria-labelledby=an] header a").ClickAsync();
        await Expect(dealer.Locator("main li a", new() { HasText = Title })).ToBeVisibleAsync();
    }

    private static async Task SignInAsync(IPage page, TestUser user)
    {
        await page.GotoAsync("/sign-in");
        await page.Locator("#Email").FillAsync(user.Email);
        await page.Locator("#Password").FillAsync(TestUser.Password);
        await page.Locator("#sign-in .btn-primary").ClickAsync();
    }
}
