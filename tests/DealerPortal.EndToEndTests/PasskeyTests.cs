using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace DealerPortal.EndToEndTests;

/// <summary>Passkeys with the browser's own virtual authenticator (quality.md S6).</summary>
public sealed class PasskeyTests(BrowserFixture browser, OwnDemoPortal demo) : IClassFixture<BrowserFixture>, IClassFixture<OwnDemoPortal>
{
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
}
