using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DealerPortal.EndToEndTests;

/// <summary>The page of a file that is checked, written or undone in the background.</summary>
internal static class ImportPage
{
    /// <summary>Waits for its result: at once, or behind the progress that leads there.</summary>
    public static async Task ResultAsync(this IPage page, string next)
    {
        var (result, link) = (page.Locator(next), page.GetByRole(AriaRole.Link, new() { Name = "Voir le résultat" }));
        await Expect(result.Or(link)).ToBeVisibleAsync();
        if (await link.IsVisibleAsync())
            await link.ClickAsync();
        await Expect(result).ToBeVisibleAsync();
    }
}
