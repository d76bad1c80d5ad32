using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DealerPortal.EndToEndTests;

/// <summary>quality.md U4: a repair request for a known model at a branch, as fast as a busy counter needs it.</summary>
public sealed class CounterTests(BrowserFixture browser, DemoPortal demo) : IClassFixture<BrowserFixture>, IClassFixture<DemoPortal>
{
    private const int MaxInteractions = 12;
    private const int MaxTypingSeconds = 30;
    private const double CharactersPerSecond = 200 / 60.0;

    private int _interactions;
    private int _characters;

    [Fact]
    public async Task A_repair_request_takes_few_interactions_and_little_typing()
    {
        await using var context = await browser.Browser.NewContextAsync(new() { BaseURL = demo.Portal.BaseUrl, Locale = "fr-BE" });
        context.SetDefaultTimeout(15_000);
        var page = await context.NewPageAsync();
        await page.SignInAsDealerAsync();
        await Expect(page.Locator("h1")).ToContainTextAsync("Jean");

        // From home to the dossier's number; everything a person does goes through these two.
        await PressAsync(page.Locator("main").GetByRole(AriaRole.Link, new() { Name = "Demande de réparation" }).First);
        await TypeAsync(page.Locator("#ModelCode"), "LW90E");
        await PressAsync(page.GetByRole(AriaRole.Option).First);
        await TypeAsync(page.Locator("#SerialNumber"), "8D6M5AB1800777N");
        await PressAsync(page.Locator("#Sold-no"));
        await PressAsync(page.Locator("#Location"));
        await TypeAsync(page.Locator("#Description"), "Code 5C après dix minutes, l’eau n’est pas évacuée");
        await PressAsync(page.Locator("#Confirm"));
        await PressAsync(page.GetByRole(AriaRole.Button, new() { Name = "Envoyer la demande" }));
        await Expect(page).ToHaveURLAsync(DealerPage.DossierUrl());

        var typing = _characters / CharactersPerSecond;
        Console.WriteLine($"Repair request at the counter: {_interactions} interactions, {_characters} characters, {typing:0} s of typing");
        Assert.InRange(_interactions, 5, MaxInteractions);
        Assert.InRange(typing, 10, MaxTypingSeconds);
    }

    private async Task PressAsync(ILocator control)
    {
        _interactions++;
        await control.ClickAsync();
    }

    /// <summary>Going to a field and typing in it is one interaction.</summary>
    private async Task TypeAsync(ILocator field, string text)
    {
        _interactions++;
        _characters += text.Length;
        await field.ClickAsync();
        await field.PressSequentiallyAsync(text);
    }
}
