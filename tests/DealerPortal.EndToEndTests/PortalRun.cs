using DealerPortal.Core.Accounts.SecondFactor;
using DealerPortal.TestCommon;
using Microsoft.Playwright;
using MimeKit;

namespace DealerPortal.EndToEndTests;

/// <summary>A portal of its own for a test, started as the README says, and the mails it sends.</summary>
public sealed class PortalRun : IAsyncDisposable
{
    public const string DemoPassword = "tartine parapluie 47";
    public const string SupportLogin = "alex.demo@dealerportal.example";
    public const string AdministratorLogin = "dominique.portail@dealerportal.example";

    // Of the demo data; the start prints it.
    private const string DemoAuthenticatorKey = "DEMODEMODEMODEMODEMODEMODEMODEMO";

    private readonly SemaphoreSlim _signingIn = new(1, 1);
    private readonly Dictionary<string, IReadOnlyList<Cookie>> _sessions = [];

    private static readonly TimeSpan _mailTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan _lookAgain = TimeSpan.FromMilliseconds(100);
    private static readonly Lazy<Task<PortalProcess>> _demo = new(FillAsync);
    private readonly PortalProcess _process = new();

    public string BaseUrl => _process.BaseUrl;
    public string DatabasePath => _process.DatabasePath;

    public static async Task<PortalRun> StartAsync()
    {
        var run = new PortalRun();
        run._process.CopyFrom(await _demo.Value);
        await run._process.StartAsync();
        return run;
    }

    /// <summary>The demo data, made once by the portal itself: it takes longer to make than to copy.</summary>
    private static async Task<PortalProcess> FillAsync()
    {
        var process = new PortalProcess();
        Directory.CreateDirectory(process.MailPath);
        await process.StartAsync();
        await process.KillAsync();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => process.DisposeAsync().AsTask().GetAwaiter().GetResult();
        return process;
    }

    /// <summary>What the app of demo staff shows.</summary>
    public static string CodeNow() => Totp.CodeOf(DemoAuthenticatorKey, Totp.StepAt(TimeProvider.System.GetUtcNow().UtcDateTime));

    /// <inheritdoc cref="SignInAsStaffAsync"/>
    public Task SignInAsSupportAsync(IPage page) => SignInAsStaffAsync(page, SupportLogin);

    /// <summary>Signs staff in, with password and code the first time. A code is good once, so others share that session.</summary>
    public async Task SignInAsStaffAsync(IPage page, string login)
    {
        await _signingIn.WaitAsync();
        try
        {
            if (!_sessions.TryGetValue(login, out var session))
            {
                await page.GotoAsync("/sign-in");
                await page.Locator("#Email").FillAsync(login);
                await page.Locator("#Password").FillAsync(DemoPassword);
                await page.Locator("#sign-in .btn-primary").ClickAsync();
                await page.Locator("#Code").FillAsync(CodeNow());
                await page.Locator("#code .btn-primary").ClickAsync();
                await page.WaitForURLAsync("**/admin");
                _sessions[login] = [.. (await page.Context.CookiesAsync()).Where(cookie => cookie.Name == "session").Select(cookie => new Cookie { Name = cookie.Name, Value = cookie.Value, Url = BaseUrl })];
                return;
            }

            await page.Context.AddCookiesAsync(session);
        }
        finally
        {
            _signingIn.Release();
        }

        await page.GotoAsync("/admin");
    }

    /// <summary>The first mail to that address of which the condition holds; waits until it is there.</summary>
    public async Task<MimeMessage> MailAsync(string to, Func<MimeMessage, bool> which)
    {
        using var timeout = new CancellationTokenSource(_mailTimeout);
        while (true)
        {
            var others = new List<string>();
            foreach (var file in Directory.EnumerateFiles(_process.MailPath, "*.eml"))
            {
                var mail = await MimeMessage.LoadAsync(file, timeout.Token);
                if (mail.To.Mailboxes.All(box => box.Address != to))
                    continue;
                if (which(mail))
                    return mail;
                others.Add(mail.Subject!);
            }

            try
            {
                await Task.Delay(_lookAgain, timeout.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"No such mail to {to}, only: {string.Join("; ", others)}\n{_process.Output}");
            }
        }
    }

    public ValueTask DisposeAsync()
    {
        _signingIn.Dispose();
        return _process.DisposeAsync();
    }
}
