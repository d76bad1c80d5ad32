using Microsoft.Playwright;

namespace DealerPortal.EndToEndTests;

/// <summary>Support's queue by keyboard: move, tick, assign, answer; and a step on several dossiers, with and without scripts.</summary>
public sealed class QueueTests(BrowserFixture browser, DemoPortal demo) : IClassFixture<BrowserFixture>, IClassFixture<DemoPortal>
{
    private const string Open = "/admin?waits=open&sort=oldest";

    [Fact]
    public async Task Keys_move_tick_and_assign_and_never_while_typing()
    {
        await using var context = await ContextAsync(scripts: true);
        var page = await SignedInAsync(context);
        await page.GotoAsync(Open);
        var links = page.Locator("tbody a.key");
        var told = page.Locator("#bulk [role=status]");

        await page.Keyboard.PressAsync("j");
        await Assertions.Expect(links.Nth(0)).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("x");
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("x");
        await Assertions.Expect(told).ToHaveTextAsync("2 dossiers sélectionnés");
        await page.Keyboard.PressAsync("k");
        await Assertions.Expect(links.Nth(1)).ToBeFocusedAsync();
        var numbers = new[] { await links.Nth(1).InnerTextAsync(), await links.Nth(2).InnerTextAsync() };

        await page.Keyboard.PressAsync("a");
        await Assertions.Expect(page.Locator("#to")).ToBeFocusedAsync();
        // Letters in a field are letters.
        await page.Locator("#q").FocusAsync();
        await page.Keyboard.TypeAsync("jxa?");
        await Assertions.Expect(page.Locator("#q")).ToHaveValueAsync("jxa?");
        await Assertions.Expect(told).ToHaveTextAsync("2 dossiers sélectionnés");

        await page.Locator("#to").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await page.Locator("#bulk button[value=assign]").ClickAsync();
        await Assertions.Expect(page.Locator("tbody a.key")).ToHaveTextAsync(numbers);
        if (await page.Locator("#run .btn-primary").CountAsync() > 0)
        {
            await page.Locator("#run .btn-primary").ClickAsync();
            await Assertions.Expect(page.Locator("main h1")).ToHaveTextAsync("Résultat par dossier");
        }
    }

    [Fact]
    public async Task Keys_open_answer_and_explain_themselves_and_can_be_switched_off()
    {
        await using var context = await ContextAsync(scripts: true);
        var page = await SignedInAsync(context);
        await page.GotoAsync(Open);

        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("r");
        await page.WaitForURLAsync("**/admin/dossiers/*#Answer_Text");
        await Assertions.Expect(page.Locator("#Answer_Text")).ToBeFocusedAsync();
        await page.GotoAsync(Open);
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/admin/dossiers/*");

        await page.GotoAsync(Open);
        await page.Keyboard.PressAsync("?");
        var keys = page.Locator("#keys");
        await Assertions.Expect(keys).ToBeVisibleAsync();
        await new Inspection(scripts: true).AtAsync(page, "queue-keys");
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(keys).ToBeHiddenAsync();
        await page.Keyboard.PressAsync("?");
        await keys.Locator("button[value=off]").ClickAsync();
        await Assertions.Expect(page.Locator("[data-queue][data-keys=off]")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("j");
        await Assertions.Expect(page.Locator("tbody a.key:focus")).ToHaveCountAsync(0);
        await page.Locator("[data-keys-show]").ClickAsync();
        await keys.Locator("button[value=on]").ClickAsync();
        await Assertions.Expect(page.Locator("[data-queue][data-keys=on]")).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Several_are_given_away_and_back_with_or_without_scripts(bool scripts)
    {
        await using var context = await ContextAsync(scripts);
        var page = await SignedInAsync(context);
        var look = new Inspection(scripts);
        await page.GotoAsync("/admin?waits=dealer&sort=newest");
        for (var i = 0; i < 3; i++)
            await page.Locator("tbody .pick").Nth(i).CheckAsync();
        await look.AtAsync(page, "queue-selected");

        await page.Locator("#to").SelectOptionAsync("none");
        await page.Locator("#bulk button[value=assign]").ClickAsync();
        await look.AtAsync(page, "bulk-preview");
        await Assertions.Expect(page.Locator("tbody tr")).ToHaveCountAsync(3);
        await page.GotoAsync(page.Url.Replace("to=none", "to=", StringComparison.Ordinal));
        await page.Locator("#to").SelectOptionAsync(new SelectOptionValue { Index = scripts ? 1 : 2 });
        await page.Locator("form[method=get] button.btn-secondary").ClickAsync();
        await page.Locator("#run .btn-primary").ClickAsync();
        await Assertions.Expect(page.Locator("main h1")).ToHaveTextAsync("Résultat par dossier");
        await look.AtAsync(page, "bulk-report");
        await page.Locator("tbody a.key").First.ClickAsync();
        await Assertions.Expect(page.Locator(".timeline > li").First).ToContainTextAsync("Attribué à");
    }

    private Task<IBrowserContext> ContextAsync(bool scripts) => browser.Browser.NewContextAsync(new()
    {
        BaseURL = demo.Portal.BaseUrl,
        Locale = "fr",
        JavaScriptEnabled = scripts,
        ViewportSize = new() { Width = 1280, Height = 900 },
    });

    private async Task<IPage> SignedInAsync(IBrowserContext context)
    {
        var page = await context.NewPageAsync();
        await demo.Portal.SignInAsSupportAsync(page);
        return page;
    }
}
