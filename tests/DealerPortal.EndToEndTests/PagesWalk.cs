using Microsoft.Playwright;

namespace DealerPortal.EndToEndTests;

/// <summary>Pages with demo data: languages, schemes and widths, each passing axe and staying within the window.</summary>
public abstract class PagesWalk(BrowserFixture browser, OwnDemoPortal demo)
{
    private readonly Inspection _look = new(scripts: true);
    private string _name = "";
    private bool _withColours;

    protected OwnDemoPortal Demo => demo;

    [Theory]
    [InlineData("fr", ColorScheme.Dark, 320, true)]
    [InlineData("nl", ColorScheme.Light, 320, false)]
    [InlineData("de", ColorScheme.Dark, 1280, false)]
    [InlineData("en", ColorScheme.Light, 820, true)]
    public async Task Every_page_is_accessible_and_fits(string language, ColorScheme scheme, int width, bool withColours)
    {
        _withColours = withColours;
        await using var context = await browser.Browser.NewContextAsync(new()
        {
            BaseURL = demo.Portal.BaseUrl,
            Locale = language,
            ColorScheme = scheme,
            ViewportSize = new() { Width = width, Height = 800 },
        });
        _name = $"{language}-{width}-{(scheme == ColorScheme.Dark ? "dark" : "light")}-";
        await WalkAsync(await context.NewPageAsync(), language);
    }

    protected abstract Task WalkAsync(IPage page, string language);

    /// <summary>The account's own language comes with the sign-in; the walk wants another.</summary>
    protected static Task SpeakAsync(IPage page, string language) => page.Locator($"footer button[value={language}]").ClickAsync();

    protected async Task VisitAsync(IPage page, string language, IEnumerable<string> paths)
    {
        foreach (var path in paths)
        {
            await page.GotoAsync(path);
            Assert.StartsWith(language, await page.Locator("html").GetAttributeAsync("lang"), StringComparison.Ordinal);
            await LookAsync(page, string.Concat(path.Where(char.IsLetter)));
        }
    }

    /// <summary>A dossier or a mail of a list.</summary>
    protected async Task OpenAsync(IPage page, string list, int row, string name)
    {
        await page.GotoAsync(list);
        await page.GotoAsync((await page.Locator("table .key").Nth(row).GetAttributeAsync("href"))!);
        await LookAsync(page, name);
    }

    protected Task LookAsync(IPage page, string name) => _look.AtAsync(page, _name + name, _withColours);
}
