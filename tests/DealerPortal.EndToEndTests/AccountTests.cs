using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace DealerPortal.EndToEndTests;

/// <summary>How people sign in and out, in real browsers.</summary>
public sealed class AccountTests(BrowserFixture browser, OwnDemoPortal demo) : IClassFixture<BrowserFixture>, IClassFixture<OwnDemoPortal>
{
    private const string Claire = "claire.modele@demo-electro.example";

    /// <summary>With the browser's own virtual authenticator (quality.md S6).</summary>
    [Fact]
    public async Task Passkey_is_made_in_the_browser_and_signs_in_without_a_password()
    {
        await using var context = await browser.Browser.NewContextAsync(new() { BaseURL = demo.Portal.BaseUrl, Locale = "fr-BE" });
        context.SetDefaultTimeout(30_000);
        var page = await context.NewPageAsync();
        var devices = await context.NewCDPSessionAsync(page);
        await devices.SendAsync("WebAuthn.enable");
        await devices.SendAsync("WebAuthn.addVirtualAuthenticator", new()
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2",
                ["transport"] = "internal",
                ["hasResidentKey"] = true,
                ["hasUserVerification"] = true,
                ["isUserVerified"] = true,
                ["automaticPresenceSimulation"] = true,
            },
        });
        await page.SignInAsDealerAsync();

        await page.GotoAsync("/account/security/passkeys/new");
        await page.Locator("#Name").FillAsync("Ordinateur du comptoir");
        await page.GetByRole(AriaRole.Button, new() { Name = "Créer la clé d’accès" }).ClickAsync();
        await Assertions.Expect(page.Locator(".codes .code")).ToHaveCountAsync(10);
        await page.GetByRole(AriaRole.Link, new() { Name = "Je les ai rangés" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Ordinateur du comptoir").First).ToBeVisibleAsync();
        await demo.Portal.MailAsync(DealerPage.Jean, mail => mail.TextBody?.Contains("Ordinateur du comptoir", StringComparison.Ordinal) == true);

        await context.ClearCookiesAsync();
        await page.GotoAsync("/sign-in?returnUrl=%2Fdossiers");
        await page.GetByRole(AriaRole.Button, new() { Name = "Utiliser une clé d’accès" }).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/dossiers$"));

        // After the password it stands in the place of a code.
        await context.ClearCookiesAsync();
        await page.GotoAsync("/sign-in");
        await page.Locator("#Email").FillAsync(DealerPage.Jean);
        await page.Locator("#Password").FillAsync(PortalRun.DemoPassword);
        await page.Locator("#sign-in .btn-primary").ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/sign-in/code"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Utiliser une clé d’accès" }).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/$"));
    }

    [Fact]
    public async Task Other_browsers_are_signed_out_from_the_list_of_sessions()
    {
        await using var here = await browser.Browser.NewContextAsync(new() { BaseURL = demo.Portal.BaseUrl, Locale = "fr-BE" });
        await using var there = await browser.Browser.NewContextAsync(new()
        {
            BaseURL = demo.Portal.BaseUrl,
            Locale = "fr-BE",
            UserAgent = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:140.0) Gecko/20100101 Firefox/140.0",
        });
        var (page, other) = (await here.NewPageAsync(), await there.NewPageAsync());
        await page.SignInAsDealerAsync(Claire);
        await other.SignInAsDealerAsync(Claire);

        await page.GotoAsync("/account/security");
        await page.GetByRole(AriaRole.Link, new() { Name = "Voir mes sessions" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Firefox sur macOS").First).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("#sessions li").First).ToContainTextAsync("Cette session");
        await page.GetByRole(AriaRole.Button, new() { Name = "Fermer toutes les autres" }).ClickAsync();

        await Assertions.Expect(page.Locator("#sessions li")).ToHaveCountAsync(1);
        await other.GotoAsync("/dossiers");
        await Assertions.Expect(other).ToHaveURLAsync(new Regex("/sign-in"));
        await page.GotoAsync("/dossiers");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/dossiers$"));
    }
}
