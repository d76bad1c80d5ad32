using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace DealerPortal.EndToEndTests;

/// <summary>What every page must pass when a journey comes by: no axe violation, no sideways scrolling. Takes a screenshot where one is asked for.</summary>
/// <param name="scripts">Whether the pages run scripts; the checks are scripts themselves, so without them there is only the screenshot.</param>
internal sealed class Inspection(bool scripts)
{
    private static readonly string? _screenshots = Environment.GetEnvironmentVariable("DEALERPORTAL_SCREENSHOTS");
    private readonly HashSet<string> _taken = [];

    public async Task AtAsync(IPage page, string name)
    {
        // A page that a click asked for may not have its styles yet.
        await page.WaitForLoadStateAsync(LoadState.Load);
        if (_screenshots is not null && _taken.Add(name))
        {
            Directory.CreateDirectory(_screenshots);
            await page.ScreenshotAsync(new() { Path = Path.Combine(_screenshots, $"{name}{(scripts ? "" : "-without-scripts")}.png"), FullPage = true });
        }

        if (!scripts)
            return;
        var sideways = await page.EvaluateAsync<bool>("document.documentElement.scrollWidth > document.documentElement.clientWidth");
        Assert.False(sideways, $"{name} scrolls sideways");
        // Nothing is gathered about what passed: that takes longer than the rules.
        var result = await page.RunAxe(new AxeRunOptions { ResultTypes = new HashSet<ResultType> { ResultType.Violations } });
        Assert.True(result.Violations.Length == 0, $"{name}: " + string.Join("\n", result.Violations.Select(Describe)));
    }

    private static string Describe(AxeResultItem violation) =>
        $"{violation.Id}: {violation.Help} – {string.Join(" | ", violation.Nodes.Select(node => node.Html))}";
}
