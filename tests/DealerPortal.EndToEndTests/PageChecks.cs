using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace DealerPortal.EndToEndTests;

/// <summary>What every page must pass when a journey comes by.</summary>
internal static class PageChecks
{
    private static readonly string? Screenshots = Environment.GetEnvironmentVariable("DEALERPORTAL_SCREENSHOTS");

    /// <summary>No axe violation, no sideways scrolling; a screenshot where one is asked for.</summary>
    public static async Task CheckAsync(this IPage page, string name)
    {
        if (Screenshots is not null)
        {
            Directory.CreateDirectory(Screenshots);
            await page.ScreenshotAsync(new() { Path = Path.Combine(Screenshots, name + ".png"), FullPage = true });
        }

        var sideways = await page.EvaluateAsync<bool>("document.documentElement.scrollWidth > document.documentElement.clientWidth");
        Assert.False(sideways, $"{name} scrolls sideways");
        var result = await page.RunAxe();
        Assert.True(result.Violations.Length == 0, $"{name}: " + string.Join("\n", result.Violations.Select(Describe)));
    }

    private static string Describe(AxeResultItem violation) =>
        $"{violation.Id}: {violation.Help} – {string.Join(" | ", violation.Nodes.Select(node => node.Html))}";
}
