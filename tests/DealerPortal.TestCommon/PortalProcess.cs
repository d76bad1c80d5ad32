using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace DealerPortal.TestCommon;

/// <summary>
/// The portal as a process of its own, in Development, as the README's command starts it: real time, real files,
/// real mails in a folder. It can be killed and started again on the same data.
/// </summary>
public sealed class PortalProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(2);
    private readonly Dictionary<string, string> _settings;
    private Process? _process;

    public PortalProcess(IReadOnlyDictionary<string, string>? settings = null)
    {
        Folder = Directory.CreateTempSubdirectory("dealerportal-process-").FullName;
        BaseUrl = $"http://localhost:{FreePort()}";
        _settings = new Dictionary<string, string>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["ASPNETCORE_URLS"] = BaseUrl,
            ["Portal__BaseUrl"] = BaseUrl,
            ["Database__ConnectionString"] = $"Data Source={DatabasePath}",
            ["Files__Path"] = Path.Combine(Folder, "files"),
            ["Mail__Pickup"] = MailPath,
            ["Mail__GatherFor"] = "00:00:00",
        };
        foreach (var (key, value) in settings ?? new Dictionary<string, string>())
            _settings[key] = value;
    }

    public string BaseUrl { get; }
    public string Folder { get; }
    public string DatabasePath => Path.Combine(Folder, "portal.db");
    public string FilesPath => Path.Combine(Folder, "files");

    /// <summary>Where the mails lie, one MIME file each.</summary>
    public string MailPath => Path.Combine(Folder, "mail");

    /// <summary>Everything the process wrote to its console, for a failure's message.</summary>
    public string Output { get; private set; } = "";

    /// <summary>Begins with the data of another, which must have ended.</summary>
    public void CopyFrom(PortalProcess ended)
    {
        foreach (var folder in Directory.EnumerateDirectories(ended.Folder, "*", SearchOption.AllDirectories))
            Directory.CreateDirectory(Path.Combine(Folder, Path.GetRelativePath(ended.Folder, folder)));
        foreach (var file in Directory.EnumerateFiles(ended.Folder, "*", SearchOption.AllDirectories))
            File.Copy(file, Path.Combine(Folder, Path.GetRelativePath(ended.Folder, file)));
    }

    /// <summary>Starts it and waits until it says it is ready.</summary>
    public async Task StartAsync()
    {
        var project = Path.Combine(RepositoryRoot(), "src", "DealerPortal.Web");
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = project,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(Path.Combine(project, "bin", configuration, "net10.0", "DealerPortal.Web.dll"));
        foreach (var (key, value) in _settings)
            start.Environment[key] = value;
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Output += line.Data + "\n";
        _process.ErrorDataReceived += (_, line) => Output += line.Data + "\n";
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await WaitUntilReadyAsync();
    }

    /// <summary>As a power cut: SIGKILL, nothing is finished.</summary>
    public async Task KillAsync()
    {
        if (_process is null || _process.HasExited)
            return;
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process?.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>The folder of the solution.</summary>
    public static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "DealerPortal.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("DealerPortal.sln is in none of the folders above the tests.");
    }

    private async Task WaitUntilReadyAsync()
    {
        using var http = new HttpClient { BaseAddress = new Uri(BaseUrl) };
        var until = Stopwatch.StartNew();
        while (until.Elapsed < StartTimeout)
        {
            if (_process!.HasExited)
                throw new InvalidOperationException($"The portal stopped while starting:\n{Output}");
            try
            {
                using var answer = await http.GetAsync("/health/ready");
                if (answer.StatusCode == HttpStatusCode.OK)
                    return;
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100));
        }

        throw new TimeoutException($"The portal was not ready after {StartTimeout}:\n{Output}");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
