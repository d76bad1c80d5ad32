using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using DealerPortal.TestCommon;
using MailKit;
using MailKit.Net.Imap;
using MailKit.Search;
using MailKit.Security;
using MimeKit;

namespace DealerPortal.Web.Tests.Features.Inbound;

/// <summary>
/// Debian's IMAP server in a process of its own, with everything it needs in one folder. It runs without any privilege: as the
/// user of the tests, or as nobody where that is root.
/// </summary>
public sealed class DovecotServer
{
    public const string User = "portal";
    public const string Password = "canary-imap-password";

    private const string Program = "/usr/sbin/dovecot";
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(20);
    private readonly string _folder = Directory.CreateTempSubdirectory("dealerportal-imap-").FullName;
    private Process? _process;

    public int Port { get; } = FreePort();

    /// <summary>Where the server keeps the folder of handled mails.</summary>
    public string HandledFolder => Path.Combine(_folder, "mail", ".Handled");

    private static bool IsRoot => Environment.UserName == "root";

    public IEnumerable<KeyValuePair<string, string?>> Settings() => new Dictionary<string, string?>(Answering.Settings())
    {
        ["Mail:Inbound:Port"] = Port.ToString(CultureInfo.InvariantCulture),
        ["Mail:Inbound:Password"] = Password,
        ["Mail:Inbound:MaxBytes"] = (2 * 1024 * 1024).ToString(CultureInfo.InvariantCulture),
        ["Mail:Inbound:TrustedCertificatePath"] = Path.Combine(_folder, LocalhostCertificate.File),
    };

    public async Task InitializeAsync()
    {
        if (!File.Exists(Program))
            throw new InvalidOperationException("The tests of incoming mail need Debian's package dovecot-imapd; ./test installs it.");
        LocalhostCertificate.WriteTo(_folder);
        Directory.CreateDirectory(Path.Combine(_folder, "mail"));
        await File.WriteAllTextAsync(Path.Combine(_folder, "dovecot.conf"), Configuration());
        if (IsRoot)
            await RunAsync("chown", "-R", "nobody:nogroup", _folder);
        await StartAsync();
    }

    public async Task DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(_folder, recursive: true);
    }

    public async Task StartAsync()
    {
        string[] start = [Program, "-F", "-c", Path.Combine(_folder, "dovecot.conf")];
        _process = IsRoot
            ? Process.Start("setpriv", ["--reuid", "nobody", "--regid", "nogroup", "--clear-groups", .. start])
            : Process.Start(start[0], start[1..]);
        var waited = Stopwatch.StartNew();
        while (!await AnswersAsync())
        {
            if (_process.HasExited || waited.Elapsed > StartTimeout)
                throw new InvalidOperationException("Dovecot does not answer: " + await File.ReadAllTextAsync(Path.Combine(_folder, "dovecot.log")));
            await Task.Delay(LookAgain);
        }
    }

    public async Task StopAsync()
    {
        if (_process is null)
            return;
        await RunAsync("kill", _process.Id.ToString(CultureInfo.InvariantCulture));
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    /// <summary>Puts a mail into the mailbox, as a mail server would on its arrival.</summary>
    public async Task DeliverAsync(MimeMessage message)
    {
        using var client = await ConnectAsync();
        await client.Inbox!.AppendAsync(message);
        await client.DisconnectAsync(quit: true);
    }

    /// <summary>How many mails lie in the inbox, and how many were handled.</summary>
    public async Task<(int Waiting, int Handled)> CountAsync()
    {
        using var client = await ConnectAsync();
        await client.Inbox!.OpenAsync(FolderAccess.ReadOnly);
        var waiting = (await client.Inbox.SearchAsync(SearchQuery.NotDeleted)).Count;
        var handled = 0;
        foreach (var folder in await client.GetFoldersAsync(client.PersonalNamespaces[0]))
        {
            if (folder.Name != "Handled")
                continue;
            await folder.OpenAsync(FolderAccess.ReadOnly);
            handled = folder.Count;
        }

        await client.DisconnectAsync(quit: true);
        return (waiting, handled);
    }

    private async Task<ImapClient> ConnectAsync()
    {
        using var own = X509CertificateLoader.LoadCertificateFromFile(Path.Combine(_folder, LocalhostCertificate.File));
        var thumbprint = own.Thumbprint;
        var client = new ImapClient { CheckCertificateRevocation = false, ServerCertificateValidationCallback = (_, shown, _, _) => shown?.GetCertHashString() == thumbprint };
        await client.ConnectAsync("localhost", Port, SecureSocketOptions.SslOnConnect);
        await client.AuthenticateAsync(User, Password);
        return client;
    }

    private async Task<bool> AnswersAsync()
    {
        using var socket = new TcpClient();
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private string Configuration()
    {
        var (user, group) = IsRoot ? ("nobody", "nogroup") : (Environment.UserName, Output("id", "-gn"));
        return $$"""
            base_dir = {{_folder}}/run
            state_dir = {{_folder}}/state
            log_path = {{_folder}}/dovecot.log
            protocols = imap
            listen = 127.0.0.1
            first_valid_uid = 0
            first_valid_gid = 0
            default_internal_user = {{user}}
            default_internal_group = {{group}}
            default_login_user = {{user}}
            mail_location = maildir:{{_folder}}/mail
            ssl = required
            ssl_cert = <{{_folder}}/{{LocalhostCertificate.File}}
            ssl_key = <{{_folder}}/{{LocalhostCertificate.KeyFile}}
            passdb {
              driver = static
              args = password={{Password}}
            }
            userdb {
              driver = static
              args = uid={{Output("id", "-u", user)}} gid={{Output("id", "-g", user)}} home={{_folder}}/mail
            }
            service imap-login {
              chroot =
              inet_listener imap {
                port = 0
              }
              inet_listener imaps {
                port = {{Port}}
                ssl = yes
              }
            }
            service anvil {
              chroot =
            }

            """;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string Output(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        return output;
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} ended with {process.ExitCode}.");
    }
}
