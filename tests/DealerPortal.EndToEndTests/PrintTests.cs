using System.Text;
using System.Text.RegularExpressions;
using ImageMagick;
using Microsoft.Data.Sqlite;
using Microsoft.Playwright;
using ZXing;
using ZXing.Common;
using ZXing.OneD;

namespace DealerPortal.EndToEndTests;

/// <summary>What leaves the printer: one sheet each, whatever its data, with a number that a scanner reads.</summary>
public sealed partial class PrintTests(BrowserFixture browser, OwnDemoPortal demo) : IClassFixture<BrowserFixture>, IClassFixture<OwnDemoPortal>
{
    /// <summary>As long as anyone fills the fields in, within what they hold.</summary>
    private static readonly (string Sql, string Value)[] Longest =
    [
        ("UPDATE Organisations SET Name = $value", "Établissements électroménagers réunis de la province de Liège et des cantons de l’Est, successeurs de Démo & Fils SRL"),
        ("UPDATE Branches SET Street = $value", "Zone d’activités économiques des Hauts-Sarts, avenue du Parc industriel du Modèle 129, bâtiment 14, quai de livraison C"),
        ("UPDATE Branches SET Town = $value", "Saint-Georges-sur-Meuse-lez-Engis, section de Stockay-Saint-Georges-l’Exemple"),
        ("UPDATE Users SET LastName = $value WHERE StaffRole = 0", "de l’Exemple-Vandenbroucke-Witherspoon-Schmetterling"),
        ("UPDATE Dossiers SET Reference = $value", "COMPTOIR-2026-000129/RAYON-GROS-ELECTRO/DUPONT-DE-LA-DEMO"),
        ("UPDATE Dossiers SET EndUserName = $value WHERE EndUserName IS NOT NULL", "Madame Marie-Antoinette de l’Exemple-Vandenbroucke, pour la résidence-services Les Trois Modèles"),
        ("UPDATE Dossiers SET SerialNumber = $value", "7D6M5AB1800045N7D6M5AB1800045N7D6M5AB18"),
        ("UPDATE Dossiers SET GrmsNumber = $value WHERE Type = 6", "DEMO-2611-0007"),
        ("UPDATE Appointments SET Place = $value", "Zone d’activités économiques des Hauts-Sarts, avenue du Parc industriel du Modèle 129, bâtiment 14, quai de livraison C, 4040 Herstal"),
        ("UPDATE RepairRequests SET Description = $value", string.Concat(Enumerable.Repeat("L’appareil vibre à l’essorage et s’arrête au milieu du cycle. ", 34))[..2000]),
    ];

    [Theory]
    [InlineData("fr", ColorScheme.Light, 1280)]
    [InlineData("de", ColorScheme.Dark, 320)]
    public async Task Sheets_ArePagesLikeOthers_AndLeaveThePrinterAsOne(string language, ColorScheme scheme, int width)
    {
        await LengthenAsync();
        var look = new Inspection(scripts: true);
        await using var context = await NewContextAsync(scheme, width);
        var page = await context.NewPageAsync();
        await SignInAsync(page, language);
        var slip = await FirstAsync(page, "/dossiers?type=ReturnRequest", "slip");
        var receipt = await FirstAsync(page, "/dossiers?type=RepairRequest", "receipt");

        foreach (var (url, name) in new[] { (slip, "slip"), (receipt, "receipt"), ($"{receipt}?lang=nl", "receipt-nl") })
        {
            await page.GotoAsync(url);
            await look.AtAsync(page, $"{name}-{language}-{width}");
            await page.EmulateMediaAsync(new() { Media = Media.Print });
            Assert.False(await page.Locator(".topbar").IsVisibleAsync());
            Assert.False(await page.Locator("main .head").IsVisibleAsync());
            // White paper, whatever the screen shows.
            Assert.Equal("rgb(255, 255, 255)", await page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor"));
            Assert.Equal(url.Split('/')[2], await ScanAsync(page));
            await page.EmulateMediaAsync(new() { Media = Media.Null });
            Assert.Equal(1, await PagesAsync(page));
            Assert.Equal(url.Split('/')[2], await ScanAsync(page));
        }
    }

    [Fact]
    public async Task Dossier_PrintsItsDataAndTimeline_AndNothingToClickOn()
    {
        await using var context = await NewContextAsync(ColorScheme.Dark, 1280);
        var page = await context.NewPageAsync();
        await SignInAsync(page, "fr");
        var slip = await FirstAsync(page, "/dossiers?type=ReturnRequest", "slip");
        await page.GotoAsync(slip[..slip.LastIndexOf('/')]);
        await page.EmulateMediaAsync(new() { Media = Media.Print });

        foreach (var gone in (string[])[".topbar", ".foot", ".back", "main form", "main button", "main .btn", "main textarea"])
            Assert.Empty(await VisibleAsync(page, gone));
        foreach (var kept in (string[])["main h1", "main .timeline", "main dl.pairs", "main .barcode", ".steps"])
            Assert.NotEmpty(await VisibleAsync(page, kept));
        Assert.Equal(slip.Split('/')[2], await ScanAsync(page));
        // The data stands above the timeline, both as wide as the paper.
        var (data, timeline) = ((await page.Locator("aside").BoundingBoxAsync())!, (await page.Locator(".timeline").BoundingBoxAsync())!);
        Assert.True(data.Y + data.Height <= timeline.Y && Math.Abs(data.Width - timeline.Width) < 1, $"{data.Y}+{data.Height}, {timeline.Y}; {data.Width}, {timeline.Width}");
        var badge = await page.Locator("main .status").First.EvaluateAsync<string>("e => { const s = getComputedStyle(e); return s.color + s.borderTopColor + s.backgroundColor }");
        Assert.Equal("rgb(0, 0, 0)rgb(0, 0, 0)rgba(0, 0, 0, 0)", badge);
    }

    [Fact]
    public async Task PrintButton_Prints_AndIsNotThereWithoutScripts()
    {
        await using var context = await NewContextAsync(ColorScheme.Light, 1280);
        await context.AddInitScriptAsync("window.print = () => document.documentElement.dataset.printed = 'yes'");
        var page = await context.NewPageAsync();
        await SignInAsync(page, "fr");
        var receipt = await FirstAsync(page, "/dossiers?type=RepairRequest", "receipt");
        foreach (var url in new[] { receipt, receipt[..receipt.LastIndexOf('/')] })
        {
            await page.GotoAsync(url);
            await page.GetByRole(AriaRole.Button, new() { Name = "Imprimer" }).ClickAsync();
            Assert.Equal("yes", await page.Locator("html").GetAttributeAsync("data-printed"));
        }

        await using var silent = await browser.Browser.NewContextAsync(new() { BaseURL = demo.Portal.BaseUrl, JavaScriptEnabled = false, StorageState = await context.StorageStateAsync() });
        var plain = await silent.NewPageAsync();
        await plain.GotoAsync(receipt);
        Assert.True(await plain.Locator(".sheet").IsVisibleAsync());
        Assert.False(await plain.Locator("[data-print]").IsVisibleAsync());
    }

    private async Task LengthenAsync()
    {
        await using var database = new SqliteConnection($"Data Source={demo.Portal.DatabasePath}");
        await database.OpenAsync();
        foreach (var (sql, value) in Longest)
        {
            await using var command = database.CreateCommand();
            command.CommandText = sql;
            command.Parameters.AddWithValue("$value", value);
            Assert.NotEqual(0, await command.ExecuteNonQueryAsync());
        }
    }

    private Task<IBrowserContext> NewContextAsync(ColorScheme scheme, int width) => browser.Browser.NewContextAsync(new()
    {
        BaseURL = demo.Portal.BaseUrl,
        Locale = "fr-BE",
        ColorScheme = scheme,
        ViewportSize = new() { Width = width, Height = 900 },
        // As phones have it; a bar of a number on a narrow screen is thinner than two pixels otherwise.
        DeviceScaleFactor = width < 600 ? 3 : 1,
    });

    private static async Task SignInAsync(IPage page, string language)
    {
        await page.SignInAsDealerAsync();
        // The account's own language comes with the sign-in.
        await page.Locator($"footer button[value={language}]").ClickAsync();
    }

    /// <summary>The address of the first sheet of that kind that a dossier of the list offers.</summary>
    private static async Task<string> FirstAsync(IPage page, string list, string sheet)
    {
        await page.GotoAsync(list);
        foreach (var dossier in await page.Locator("table .key").EvaluateAllAsync<string[]>("links => links.map(a => a.getAttribute('href'))"))
        {
            await page.GotoAsync(dossier);
            if (await page.Locator($"main a[href='{dossier}/{sheet}']").CountAsync() > 0)
                return $"{dossier}/{sheet}";
        }

        throw new InvalidOperationException($"No dossier offers a {sheet}.");
    }

    private static async Task<IReadOnlyList<string>> VisibleAsync(IPage page, string selector) =>
        await page.Locator(selector).EvaluateAllAsync<string[]>("all => all.filter(e => e.checkVisibility() && e.getClientRects().length).map(e => e.outerHTML.slice(0, 120))");

    /// <summary>How many sheets of A4 come out.</summary>
    private static async Task<int> PagesAsync(IPage page)
    {
        var pdf = Encoding.Latin1.GetString(await page.PdfAsync(new() { PreferCSSPageSize = true }));
        return Page().Count(pdf);
    }

    /// <summary>What a scanner reads off the screen or the paper.</summary>
    private static async Task<string?> ScanAsync(IPage page)
    {
        using var picture = new MagickImage(await page.Locator("main .barcode").ScreenshotAsync());
        using var pixels = picture.GetPixels();
        var rgb = pixels.ToByteArray(PixelMapping.RGB)!;
        var seen = new BinaryBitmap(new HybridBinarizer(new RGBLuminanceSource(rgb, (int)picture.Width, (int)picture.Height, RGBLuminanceSource.BitmapFormat.RGB24)));
        return new Code128Reader().decode(seen)?.Text;
    }

    [GeneratedRegex(@"/Type\s*/Page\b", RegexOptions.NonBacktracking)]
    private static partial Regex Page();
}
