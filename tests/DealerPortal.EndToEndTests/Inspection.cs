using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace DealerPortal.EndToEndTests;

/// <summary>What every page must pass when a journey comes by: no axe violation, no sideways scrolling. Takes a screenshot where one is asked for.</summary>
/// <param name="scripts">Whether the pages run scripts; the checks are scripts themselves, so without them there is only the screenshot.</param>
internal sealed class Inspection(bool scripts)
{
    private static readonly string? _screenshots = Environment.GetEnvironmentVariable("DEALERPORTAL_SCREENSHOTS");
    private static readonly string _axe = new BundledAxeScriptProvider().GetScript();
    private readonly HashSet<string> _taken = [];
    private readonly HashSet<IPage> _prepared = [];

    /// <param name="withColours">Whether contrast is measured too. It takes longer than all the rest, and does not depend on the language.</param>
    public async Task AtAsync(IPage page, string name, bool withColours = true)
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
        await PrepareAsync(page);
        // Style sheets are read anew for one rule only, an experimental one, which is not among those that run.
        var result = await page.EvaluateAsync<Result>(
            "colours => axe.run(document, { resultTypes: ['violations'], preload: { assets: ['media'] }, rules: { 'color-contrast': { enabled: colours } } }).then(r => ({ passed: r.passes.length, violations: r.violations.map(v => `${v.id}: ${v.help} – ${v.nodes.map(n => n.html).join(' | ')}`) }))",
            withColours);
        Assert.True(result.Passed > 0, $"{name} was not looked at");
        Assert.True(result.Violations.Length == 0, $"{name}: " + string.Join("\n", result.Violations));
    }

    /// <summary>
    /// Straight in the page, which has no frames: the package's own run opens a second page for every check. Half a megabyte, so the
    /// browser is given it once and reads it with each page that follows.
    /// </summary>
    private async Task PrepareAsync(IPage page)
    {
        if (!_prepared.Add(page))
            return;
        await page.AddInitScriptAsync(_axe);
        await page.EvaluateAsync(_axe);
    }

    /// <summary>How many rules a page keeps, and those that it breaks, with where.</summary>
    private sealed record Result
    {
        public int Passed { get; set; }
        public string[] Violations { get; set; } = [];
    }
}
