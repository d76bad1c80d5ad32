using Microsoft.Playwright;

namespace DealerPortal.EndToEndTests;

/// <summary>One Chromium for all test classes, which run side by side; each test opens contexts of its own.</summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    private static readonly string[] Candidates = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
    private static readonly Lazy<Task<IBrowser>> _shared = new(LaunchAsync);

    public IBrowser Browser { get; private set; } = null!;

    public async Task InitializeAsync() => Browser = await _shared.Value;

    public Task DisposeAsync() => Task.CompletedTask;

    // How long a condition may take is said by the tests that measure; all others wait as long as a busy machine needs.
    static BrowserFixture() => Assertions.SetDefaultExpectTimeout(30_000);

    private static async Task<IBrowser> LaunchAsync()
    {
        var (playwright, browser) = await LaunchAsync([]);
        // Its driver ends the browser.
        AppDomain.CurrentDomain.ProcessExit += (_, _) => playwright.Dispose();
        return browser;
    }

    /// <summary>A Chromium of one's own, for arguments that the others must not have.</summary>
    internal static async Task<(IPlaywright Playwright, IBrowser Browser)> LaunchAsync(string[] more)
    {
        var executable = Environment.GetEnvironmentVariable("CHROMIUM_PATH") ?? Candidates.FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException("No Chromium found. The test command installs it; or set CHROMIUM_PATH.");
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = executable,
            Headless = true,
            Args =
            [
                "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                "--disable-background-networking", "--disable-component-update", "--disable-sync",
                .. more,
            ],
        });
        return (playwright, browser);
    }
}
