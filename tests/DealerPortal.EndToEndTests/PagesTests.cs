using Microsoft.Playwright;

namespace DealerPortal.EndToEndTests;

/// <summary>Every page with demo data: languages, schemes and widths, each passing axe and staying within the window.</summary>
public sealed class PagesTests(BrowserFixture browser, OwnDemoPortal demo) : IClassFixture<BrowserFixture>, IClassFixture<OwnDemoPortal>
{
    private static readonly string[] _public = ["/sign-in", "/register", "/password/forgot", "/no-such-page"];
    private static readonly string[] _dealer = ["/", "/dossiers", "/dossiers?status=Completed&q=zzz", "/dossiers/new", "/consumer-assistance", "/dossiers/new/repair", "/dossiers/new/missing-accessory", "/dossiers/new/return-request", "/dossiers/new/technical-doa", "/dossiers/new/large-appliance-pickup", "/dossiers/new/technical-question", "/dossiers/new/credit-question", "/dossiers/new/general-question", "/account", "/account/users", "/account/branches", "/account/security", "/account/security/confirm", "/account/security/app", "/account/security/passkeys/new"];
    private static readonly string[] _support =
    [
        "/admin", "/admin/more", "/admin/on-behalf", "/admin/on-behalf?q=demo", "/admin/requests", "/admin/views",
        "/admin/organisations", "/admin/organisations?view=Active", "/admin/organisations/1", "/admin/organisations/3/merge", "/admin/organisations/3/merge?into=1",
        "/admin/templates", "/admin/templates/new", "/admin/templates/3", "/admin/users", "/admin/users?q=demo", "/admin/users?q=zzz", "/admin/users/1", "/account", "/account/security",
        "/admin/service-centres", "/admin/service-centres/1", "/admin/service-centres/1/events", "/admin/service-centres/1/events?outcome=UnknownCode", "/admin/service-centres/1/upload",
        "/admin/service-centres/codes", "/admin/service-centres/codes/new", "/admin/service-centres/codes/1", "/admin/service-centres/unknown",
    ];

    [Theory]
    [InlineData("fr", ColorScheme.Dark, 320)]
    [InlineData("nl", ColorScheme.Light, 320)]
    [InlineData("de", ColorScheme.Dark, 1280)]
    [InlineData("en", ColorScheme.Light, 820)]
    public async Task Every_page_is_accessible_and_fits(string language, ColorScheme scheme, int width)
    {
        var look = new Inspection(scripts: true);
        await using var context = await browser.Browser.NewContextAsync(new()
        {
            BaseURL = demo.Portal.BaseUrl,
            Locale = language,
            ColorScheme = scheme,
            ViewportSize = new() { Width = width, Height = 800 },
        });
        var page = await context.NewPageAsync();
        string Name(string path) => $"{language}-{width}-{(scheme == ColorScheme.Dark ? "dark" : "light")}-{string.Concat(path.Where(char.IsLetter))}";

        async Task WalkAsync(IEnumerable<string> paths)
        {
            foreach (var path in paths)
            {
                await page.GotoAsync(path);
                Assert.StartsWith(language, await page.Locator("html").GetAttributeAsync("lang"), StringComparison.Ordinal);
                await look.AtAsync(page, Name(path));
            }
        }

        await WalkAsync(_public);
        await SignInAsync(page, "jean.exemple@demo-electro.example", language);
        await WalkAsync(_dealer);
        await page.GotoAsync("/dossiers");
        await page.GotoAsync((await page.Locator("table .key").First.GetAttributeAsync("href"))!);
        await look.AtAsync(page, Name("dossier"));
        await page.GotoAsync("/dossiers?type=ReturnRequest&sort=oldest");
        await page.GotoAsync((await page.Locator("table .key").Nth(2).GetAttributeAsync("href"))!);
        await look.AtAsync(page, Name("return"));
        await context.ClearCookiesAsync();
        await demo.Portal.SignInAsSupportAsync(page);
        await page.Locator($"footer button[value={language}]").ClickAsync();
        await WalkAsync(_support);
        await page.GotoAsync("/admin");
        await page.GotoAsync((await page.Locator("table .key").First.GetAttributeAsync("href"))!);
        await look.AtAsync(page, Name("admindossier"));
        await page.GotoAsync("/admin?type=ReturnRequest&sort=oldest");
        await page.GotoAsync((await page.Locator("table .key").Nth(2).GetAttributeAsync("href"))!);
        await look.AtAsync(page, Name("adminreturn"));
    }

    private static async Task SignInAsync(IPage page, string address, string language)
    {
        await page.GotoAsync("/sign-in");
        await page.Locator("#Email").FillAsync(address);
        await page.Locator("#Password").FillAsync(PortalRun.DemoPassword);
        await page.Locator("#sign-in .btn-primary").ClickAsync();
        // The account's own language comes with the sign-in; the walk wants another.
        await page.Locator($"footer button[value={language}]").ClickAsync();
    }
}
