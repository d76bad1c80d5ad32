using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DealerPortal.EndToEndTests;

/// <summary>Somebody who works for two organisations, with a tab open in each.</summary>
public sealed class TwoOrganisationsTests(BrowserFixture browser, DemoPortal demo) : IClassFixture<BrowserFixture>, IClassFixture<DemoPortal>
{
    private const string Lou = "lou.double@demo-electro.example";
    private const string Liege = "Démo Électro Liège SRL";
    private const string Luxembourg = "Électro Démo Luxembourg S.à r.l.";

    [Fact]
    public async Task Each_tab_stays_in_its_organisation_and_a_link_opens_in_its_own()
    {
        await using var context = await browser.Browser.NewContextAsync(new() { BaseURL = demo.Portal.BaseUrl, Locale = "fr-BE" });
        var (first, second) = (await context.NewPageAsync(), await context.NewPageAsync());
        await first.SignInAsDealerAsync(Lou);
        await Expect(Shown(first)).ToHaveTextAsync(Liege);
        await first.GotoAsync("/dossiers/new/technical-question");
        await first.Locator("#Subject").FillAsync("Question du premier onglet");

        // The other tab goes to the other organisation while the first one is being filled in.
        await second.GotoAsync("/");
        await second.Locator("details.menu > summary").ClickAsync();
        await second.Locator(".menu-body").GetByText(Luxembourg).Last.ClickAsync();
        await Expect(Shown(second)).ToHaveTextAsync(Luxembourg);
        await Expect(second.Locator(".notice.ok")).ToContainTextAsync(Luxembourg);

        await first.Locator("#Question").FillAsync("Pour quelle organisation ?");
        await Expect(first.Locator("[data-draft-text]")).ToContainTextAsync("enregistré");
        await first.Locator("form#dossier .btn-primary").ClickAsync();
        await Expect(first).ToHaveURLAsync(new Regex(@"/dossiers/\d\d-"));
        await Expect(Shown(first)).ToHaveTextAsync(Liege);
        var number = new Uri(first.Url).Segments[^1];

        // Links lead on in the tab's own organisation: list, search, back.
        await first.Locator(".mainnav a[href*='/dossiers']").First.ClickAsync();
        await Expect(first).ToHaveURLAsync(new Regex("organisation="));
        await Expect(Shown(first)).ToHaveTextAsync(Liege);
        await Expect(first.Locator("tbody")).ToContainTextAsync(number);
        await second.Locator(".mainnav a[href*='/dossiers']").First.ClickAsync();
        await Expect(Shown(second)).ToHaveTextAsync(Luxembourg);
        await Expect(second.Locator("main")).Not.ToContainTextAsync(number);
        await first.Locator("#find").FillAsync("premier");
        await first.Locator("#find").PressAsync("Enter");
        await Expect(Shown(first)).ToHaveTextAsync(Liege);

        // A link without any word of an organisation, as a mail has it.
        await second.GotoAsync($"/dossiers/{number}");
        await Expect(Shown(second)).ToHaveTextAsync(Liege);
        await Expect(second.Locator("main > form.notice")).ToContainTextAsync($"vos listes montrent {Luxembourg}");
        await second.Locator("#Message_Text").FillAsync("Répondu par le lien");
        await second.Locator("form:has(#Message_Text) .btn-primary").ClickAsync();
        await Expect(second.Locator(".timeline")).ToContainTextAsync("Répondu par le lien");
        await Expect(Shown(second)).ToHaveTextAsync(Liege);

        // What is done there follows into the other tab, which was opened for the same organisation.
        await first.GotoAsync($"/dossiers/{number}");
        await Expect(first.Locator(".timeline")).ToContainTextAsync("Répondu par le lien");
        await second.Locator("main > form.notice button").ClickAsync();
        await Expect(Shown(second)).ToHaveTextAsync(Liege);
    }

    private static ILocator Shown(IPage page) => page.Locator(".topbar .org-name");
}
