using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace DealerPortal.EndToEndTests;

/// <summary>quality.md S10 in the browser: no page breaks the policy that it sends, and a script that gets into a page does not run.</summary>
public sealed class ContentSecurityTests(BrowserFixture browser, DemoPortal demo) : IClassFixture<BrowserFixture>, IClassFixture<DemoPortal>
{
    private const int MaxPages = 40;

    private static readonly string[] Strangers = ["/sign-in", "/register", "/password/forgot", "/password/sent", "/password/reset?token=none", "/nowhere"];

    private readonly ConcurrentQueue<string> _violations = new();

    [Fact]
    public async Task Pages_BreakNoPolicyAndRunNoInjectedScript()
    {
        var portal = demo.Portal;
        var seen = 0;
        foreach (var login in (string?[])[null, DealerPage.Jean, PortalRun.SupportLogin])
        {
            await using var context = await NewContextAsync(portal);
            var page = await context.NewPageAsync();
            if (login == PortalRun.SupportLogin)
                await portal.SignInAsSupportAsync(page);
            else if (login is not null)
                await page.SignInAsDealerAsync(login);
            seen += await WalkAsync(page, login is null ? Strangers : [new Uri(page.Url).PathAndQuery, "/dossiers/new/repair", "/account"]);
            // What a page asks for later is told on a page after it; the last one has none.
            await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
            Assert.True(_violations.IsEmpty, string.Join('\n', _violations));
            await InjectAsync(page);
        }

        Assert.True(seen >= 25, $"Only {seen} pages were seen.");
    }

    private async Task<IBrowserContext> NewContextAsync(PortalRun portal)
    {
        var context = await browser.Browser.NewContextAsync(new() { BaseURL = portal.BaseUrl, Locale = "fr-BE" });
        context.SetDefaultTimeout(30_000);
        await context.ExposeFunctionAsync("reportViolation", (string violation) => _violations.Enqueue(violation));
        await context.AddInitScriptAsync(
            "document.addEventListener('securitypolicyviolation', e => reportViolation(`${location.pathname}: ${e.effectiveDirective} ${e.blockedURI} ${e.sourceFile}:${e.lineNumber}`))");
        return context;
    }

    /// <summary>Every page that links lead to, one of each kind: what differs in numbers alone is the same page.</summary>
    private async Task<int> WalkAsync(IPage page, IEnumerable<string> starts)
    {
        var waiting = new Queue<string>(starts);
        var kinds = new HashSet<string>();
        while (kinds.Count < MaxPages && waiting.TryDequeue(out var url))
        {
            if (!kinds.Add(KindOf(url)))
                continue;
            try
            {
                await page.GotoAsync(url);
            }
            catch (PlaywrightException download) when (download.Message.Contains("Download is starting", StringComparison.Ordinal))
            {
                // A file is no page.
                continue;
            }

            Assert.True(_violations.IsEmpty, string.Join('\n', _violations));
            foreach (var link in await page.EvaluateAsync<string[]>(
                "[...document.querySelectorAll('a[href]:not([download])')].map(a => new URL(a.href)).filter(u => u.origin === location.origin).map(u => u.pathname + u.search)"))
            {
                if (!link.StartsWith("/files/", StringComparison.Ordinal) && !link.EndsWith(".ics", StringComparison.Ordinal) && !link.StartsWith("/dev/", StringComparison.Ordinal))
                    waiting.Enqueue(link);
            }
        }

        return kinds.Count;
    }

    private static string KindOf(string url)
    {
        var path = url.Split('?')[0];
        return string.Join('/', path.Split('/').Select(part => part.Any(char.IsAsciiDigit) ? "*" : part)) + string.Join('&', url[path.Length..].TrimStart('?').Split('&').Select(pair => pair.Split('=')[0]).Order(StringComparer.Ordinal));
    }

    private async Task InjectAsync(IPage page)
    {
        var seen = await page.EvaluateAsync<string[]>(
            """
            async () => {
              const seen = [];
              const told = new Promise(done => document.addEventListener('securitypolicyviolation', e => {
                seen.push(`${e.effectiveDirective} ${e.blockedURI}`);
                if (seen.length === 4) done();
              }));
              const inline = document.createElement('script');
              inline.textContent = 'window.injected = true';
              const foreign = document.createElement('script');
              foreign.src = 'https://evil.example/x.js';
              const markup = document.createElement('div');
              markup.innerHTML = '<img src="data:image/png,x" onerror="window.injected = true"><a href="javascript:window.injected = true">x</a>';
              document.body.append(inline, foreign, markup);
              markup.querySelector('a').click();
              await Promise.race([told, new Promise(done => setTimeout(done, 10000))]);
              return window.injected ? ['An injected script ran.'] : seen.sort();
            }
            """);

        Assert.Equal(["script-src-attr inline", "script-src-elem https://evil.example/x.js", "script-src-elem inline", "script-src-elem inline"], seen);
        _violations.Clear();
    }
}
