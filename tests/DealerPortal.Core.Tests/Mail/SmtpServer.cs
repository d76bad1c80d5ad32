using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using DealerPortal.TestCommon;

namespace DealerPortal.Core.Tests.Mail;

public sealed record ReceivedFile(string Name, string Type, byte[] Content);

public sealed record ReceivedMail(
    string MessageId, string[] Recipients, string Subject, string ToName, string Text, string Html, ReceivedFile[] Attachments, bool Secure, string? User, string Session, string Raw);

/// <summary>npm's smtp-server in a process of its own; see tests/smtp-server.</summary>
public sealed class SmtpServer : IAsyncDisposable
{
    public const string User = "portal";
    public const string Password = "canary-smtp-password";

    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web);
    private static readonly Lazy<Task<string>> _folder = new(InstallAsync);

    private readonly Process _process;
    private readonly string? _tls;
    private readonly ConcurrentQueue<ReceivedMail> _received = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _done = new();
    private readonly TaskCompletionSource<int> _port = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _syncs;
    private int _recipients;

    private SmtpServer(Process process, string? tls)
    {
        _process = process;
        _tls = tls;
        _ = ReadAsync();
    }

    public int Port { get; private set; }

    /// <param name="mode">accept, refuse, refuse-sender, refuse-message, defer, drop, slow.</param>
    public static async Task<SmtpServer> StartAsync(string mode = "accept", bool withTls = false, TimeSpan delay = default)
    {
        var folder = await _folder.Value;
        var tls = withTls ? Directory.CreateTempSubdirectory("dealerportal-smtp-").FullName : null;
        var options = new JsonObject { ["mode"] = mode, ["delay"] = delay.TotalMilliseconds };
        if (tls is not null)
        {
            LocalhostCertificate.WriteTo(tls);
            options["certificate"] = Path.Combine(tls, LocalhostCertificate.File);
            options["key"] = Path.Combine(tls, LocalhostCertificate.KeyFile);
            options["user"] = User;
            options["password"] = Password;
        }

        var server = new SmtpServer(Start(folder, "node", "server.js", options.ToJsonString()), tls);
        server.Port = await server._port.Task;
        return server;
    }

    /// <summary>The settings of a portal that sends here.</summary>
    public Dictionary<string, string?> Settings() => new()
    {
        ["Mail:Transport"] = "Smtp",
        ["Mail:Smtp:Host"] = _tls is null ? "127.0.0.1" : "localhost",
        ["Mail:Smtp:Port"] = Port.ToString(System.Globalization.CultureInfo.InvariantCulture),
        ["Mail:Smtp:Security"] = _tls is null ? "None" : "StartTls",
        ["Mail:Smtp:User"] = _tls is null ? null : User,
        ["Mail:Smtp:Password"] = _tls is null ? null : Password,
        ["Mail:Smtp:TrustedCertificatePath"] = _tls is null ? null : Path.Combine(_tls, LocalhostCertificate.File),
    };

    public Task SetModeAsync(string mode) => CommandAsync("mode", mode);

    /// <summary>Everything whose content arrived until now, whatever was answered.</summary>
    public async Task<IReadOnlyList<ReceivedMail>> ReceivedAsync()
    {
        await CommandAsync("sync", Interlocked.Increment(ref _syncs).ToString(System.Globalization.CultureInfo.InvariantCulture));
        return [.. _received];
    }

    /// <summary>How many recipients were named to the server, accepted or not.</summary>
    public async Task<int> RecipientsAsync()
    {
        await ReceivedAsync();
        return _recipients;
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
        if (_tls is not null)
            Directory.Delete(_tls, recursive: true);
    }

    private async Task CommandAsync(string command, string value)
    {
        var done = _done[$"{command} {value}"] = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await _process.StandardInput.WriteLineAsync($"{command} {value}");
        await _process.StandardInput.FlushAsync();
        await done.Task;
    }

    private async Task ReadAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            var told = JsonNode.Parse(line)!;
            switch ((string?)told["event"])
            {
                case "listening":
                    _port.SetResult((int)told["port"]!);
                    break;
                case "mail":
                    _received.Enqueue(told.Deserialize<ReceivedMail>(_json)!);
                    break;
                case "recipient":
                    _recipients++;
                    break;
                case "done":
                    _done[$"{told["command"]} {told["value"]}"].SetResult();
                    break;
            }
        }

        _port.TrySetException(new InvalidOperationException("The SMTP server ended: " + await _process.StandardError.ReadToEndAsync()));
    }

    /// <summary>Fetches the packages that the lock file pins, unless they are there.</summary>
    private static async Task<string> InstallAsync()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "DealerPortal.sln")))
            root = root.Parent;
        var folder = Path.Combine(root!.FullName, "tests", "smtp-server");
        var installed = Path.Combine(folder, "node_modules", ".package-lock.json");
        if (File.Exists(installed) && File.GetLastWriteTimeUtc(installed) >= File.GetLastWriteTimeUtc(Path.Combine(folder, "package-lock.json")))
            return folder;
        using var npm = Start(folder, "npm", "ci", "--no-audit", "--no-fund");
        npm.StandardInput.Close();
        var errors = npm.StandardError.ReadToEndAsync();
        await npm.StandardOutput.ReadToEndAsync();
        await npm.WaitForExitAsync();
        return npm.ExitCode == 0 ? folder : throw new InvalidOperationException($"npm ci failed in {folder}: {await errors}");
    }

    private static Process Start(string folder, string program, params string[] arguments)
    {
        try
        {
            return Process.Start(new ProcessStartInfo(program, arguments)
            {
                WorkingDirectory = folder,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            throw new InvalidOperationException($"The mail tests need Node.js: '{program}' could not be started.", exception);
        }
    }
}
