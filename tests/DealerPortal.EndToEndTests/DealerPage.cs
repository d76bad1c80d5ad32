using System.Text.RegularExpressions;
using ImageMagick;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DealerPortal.EndToEndTests;

/// <summary>What a dealer of the demo data does.</summary>
internal static partial class DealerPage
{
    /// <summary>Administrator of a demo organisation; reads French.</summary>
    public const string Jean = "jean.exemple@demo-electro.example";

    public static async Task SignInAsDealerAsync(this IPage page, string address = Jean, string password = PortalRun.DemoPassword)
    {
        await page.GotoAsync("/sign-in");
        await page.Locator("#Email").FillAsync(address);
        await page.Locator("#Password").FillAsync(password);
        await page.Locator("#sign-in .btn-primary").ClickAsync();
        await Expect(page).Not.ToHaveURLAsync(new Regex("/sign-in"));
    }

    /// <summary>Sends the form that is open; the dossier's number.</summary>
    public static async Task<string> SendAsync(this IPage page)
    {
        await page.Locator("form#dossier .btn-primary").ClickAsync();
        await Expect(page).ToHaveURLAsync(DossierUrl());
        return page.Url[(page.Url.LastIndexOf('/') + 1)..];
    }

    public static FilePayload Photo(string name, MagickColor? colour = null)
    {
        using var image = new MagickImage(colour ?? MagickColors.SteelBlue, 1200, 900) { Format = MagickFormat.Jpeg };
        return new FilePayload { Name = name, MimeType = "image/jpeg", Buffer = image.ToByteArray() };
    }

    [GeneratedRegex(@"/dossiers/\d\d-\d{7}-\d$")]
    public static partial Regex DossierUrl();
}
