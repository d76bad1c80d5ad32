using DealerPortal.TestCommon;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DealerPortal.EndToEndTests;

/// <summary>A PDF that a portal administrator chooses becomes a dealercard with a picture of its first page, which a dealer fetches.</summary>
public sealed class DealercardTests(BrowserFixture browser, DemoPortal demo) : IClassFixture<BrowserFixture>, IClassFixture<DemoPortal>
{
    [Fact]
    public async Task Upload_DrawsTheFirstPage_AndADealerFetchesIt()
    {
        var title = $"Dealercard dessinée {Guid.NewGuid():N}";
        await using var staff = await ContextAsync();
        var page = await staff.NewPageAsync();
        var violations = new List<string>();
        page.Console += (_, message) =>
        {
            if (message.Text.Contains("Content Security Policy", StringComparison.Ordinal))
                violations.Add(message.Text);
        };
        await demo.Portal.SignInAsStaffAsync(page, PortalRun.AdministratorLogin);
        await page.GotoAsync("/admin/dealercards/new");
        await page.Locator("#Card_Title").FillAsync(title);
        await page.Locator("[name='Card.Languages'][value=fr]").CheckAsync();
        await page.Locator("[name='Card.Countries'][value=Belgium]").CheckAsync();
        await page.Locator("[name='Card.Goods'][value=WhiteGoods]").CheckAsync();
        await page.Locator("#Version_File").SetInputFilesAsync(new FilePayload { Name = "carte.pdf", MimeType = "application/pdf", Buffer = TestPdf.OnePage(7) });
        // Sent at once: the form waits for its picture.
        await page.Locator("#edit .btn-primary").ClickAsync();
        await page.WaitForURLAsync(url => System.Text.RegularExpressions.Regex.IsMatch(url, @"/admin/dealercards/\d+$", System.Text.RegularExpressions.RegexOptions.NonBacktracking));
        await Expect(page.Locator(".card-row")).ToContainTextAsync("1 page");
        var cover = page.Locator(".card-row img.cover");
        await Expect(cover).ToBeVisibleAsync();
        // The upper third of the page is blank, the middle is coloured.
        Assert.Equal((true, true), await ColoursAsync(cover));
        Assert.Empty(violations);

        await page.GotoAsync("/admin/dealercards/new");
        await page.Locator("#Version_File").SetInputFilesAsync(new FilePayload { Name = "rien.pdf", MimeType = "application/pdf", Buffer = "%PDF-1.4 nothing"u8.ToArray() });
        await Expect(page.Locator("[data-cover-said]")).ToContainTextAsync("n’a pas pu être dessinée");

        await using var shop = await ContextAsync();
        var dealer = await shop.NewPageAsync();
        await dealer.SignInAsDealerAsync();
        await dealer.Locator("aside").GetByRole(AriaRole.Link, new() { Name = "Toutes" }).ClickAsync();
        await Expect(dealer.Locator(".card-row").Filter(new() { HasText = title }).Locator("img.cover")).ToBeVisibleAsync();
        var download = await dealer.RunAndWaitForDownloadAsync(() => dealer.GetByRole(AriaRole.Link, new() { Name = title, Exact = true }).ClickAsync());
        Assert.Equal(TestPdf.OnePage(7), await File.ReadAllBytesAsync(await download.PathAsync()));
        await page.GotoAsync($"/admin/dealercards?q={title}");
        await Expect(page.Locator("tbody .num")).ToHaveTextAsync("1");
    }

    private static async Task<(bool TopIsWhite, bool MiddleIsColoured)> ColoursAsync(ILocator image)
    {
        var pixels = await image.EvaluateAsync<int[]>(
            """
            async image => {
              await image.decode();
              const canvas = document.createElement('canvas');
              canvas.width = image.naturalWidth;
              canvas.height = image.naturalHeight;
              const context = canvas.getContext('2d');
              context.drawImage(image, 0, 0);
              const at = y => [...context.getImageData(canvas.width / 2, canvas.height * y, 1, 1).data];
              return [...at(.1), ...at(.5)];
            }
            """);
        return (pixels[..3].All(part => part > 240), pixels[4] < 80 && pixels[6] > 100);
    }

    private Task<IBrowserContext> ContextAsync() => browser.Browser.NewContextAsync(new() { BaseURL = demo.Portal.BaseUrl, Locale = "fr-BE", AcceptDownloads = true });
}
