using DealerPortal.TestCommon;
using MimeKit;

namespace DealerPortal.EndToEndTests;

/// <summary>A portal of its own for a test, started as the README says, and the mails it sends.</summary>
public sealed class PortalRun : IAsyncDisposable
{
    public const string DemoPassword = "tartine parapluie 47";
    public const string SupportLogin = "alex.demo@dealerportal.example";

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

    /// <summary>The first mail to that address of which the condition holds; waits until it is there.</summary>
    public async Task<MimeMessage> MailAsync(string to, Func<MimeMessage, bool> which)
    {
        using var timeout = new CancellationTokenSource(_mailTimeout);
        while (true)
        {
            foreach (var file in Directory.EnumerateFiles(_process.MailPath, "*.eml"))
            {
                var mail = await MimeMessage.LoadAsync(file, timeout.Token);
                if (mail.To.Mailboxes.Any(box => box.Address == to) && which(mail))
                    return mail;
            }

            try
            {
                await Task.Delay(_lookAgain, timeout.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"No such mail to {to}.\n{_process.Output}");
            }
        }
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
