using Microsoft.Playwright;

namespace DealerPortal.EndToEndTests;

/// <summary>A Chromium whose camera sees the label that the test holds before it.</summary>
public sealed class CameraFixture : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("dealerportal-camera-").FullName;
    private IPlaywright _playwright = null!;

    public IBrowser Browser { get; private set; } = null!;

    private string VideoPath => Path.Combine(_folder, "label.y4m");

    public async Task InitializeAsync()
    {
        Show(null);
        (_playwright, Browser) = await BrowserFixture.LaunchAsync(["--use-fake-device-for-media-stream", $"--use-file-for-fake-video-capture={VideoPath}"]);
    }

    /// <summary>What a camera opened from now on sees: a label, or blank paper.</summary>
    public void Show(Label? label) => File.WriteAllBytes(VideoPath, (label ?? Label.Blank).ToVideo());

    public async Task DisposeAsync()
    {
        await Browser.CloseAsync();
        _playwright.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
