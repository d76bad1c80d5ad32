using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace DealerPortal.Bench.Measuring;

/// <summary>The published portal as production runs it, behind a proxy that speaks https: a process of its own on a generated database.</summary>
internal sealed class PublishedPortal : IAsyncDisposable
{
    public const string Host = "portal.invalid";

    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(2);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("dealerportal-bench-");
    private readonly Process _process;
    private string _output = "";

    private PublishedPortal(string app, string database)
    {
        Database = database;
        Address = new Uri($"http://127.0.0.1:{FreePort().ToString(CultureInfo.InvariantCulture)}");
        var start = new ProcessStartInfo("dotnet") { WorkingDirectory = app, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(app, "DealerPortal.Web.dll"));
        foreach (var (key, value) in Settings(database))
            start.Environment[key] = value;
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => _output += line.Data + "\n";
        _process.ErrorDataReceived += (_, line) => _output += line.Data + "\n";
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public string Database { get; }
    public Uri Address { get; }

    /// <summary>What the process has used of the processors since it began, in milliseconds; in steps of ten.</summary>
    public double CpuMilliseconds
    {
        get
        {
            // Behind the program's name, which may hold spaces: the fields from the third on.
            var stat = File.ReadAllText($"/proc/{_process.Id.ToString(CultureInfo.InvariantCulture)}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            const int User = 11;
            const int System = 12;
            const int MillisecondsPerTick = 10;
            return (long.Parse(fields[User], CultureInfo.InvariantCulture) + long.Parse(fields[System], CultureInfo.InvariantCulture)) * MillisecondsPerTick;
        }
    }

    public static async Task<PublishedPortal> StartAsync(string app, string database)
    {
        var portal = new PublishedPortal(app, database);
        try
        {
            await portal.WaitUntilReadyAsync();
            return portal;
        }
        catch
        {
            await portal.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    private Dictionary<string, string> Settings(string database) => new()
    {
        ["ASPNETCORE_ENVIRONMENT"] = "Production",
        ["ASPNETCORE_URLS"] = Address.AbsoluteUri,
        ["Portal__BaseUrl"] = $"https://{Host}",
        // The bench stands where production has its proxy.
        ["Portal__TrustedProxies__0"] = "127.0.0.1/32",
        ["Database__ConnectionString"] = BenchDatabase.ConnectionTo(database),
        ["Files__Path"] = Path.Combine(_folder.FullName, "files"),
        ["Mail__Transport"] = "Pickup",
        ["Mail__Pickup"] = Path.Combine(_folder.FullName, "mail"),
        ["Mail__From"] = $"portal@{Host}",
        ["Brand__SupportAddress"] = $"support@{Host}",
        ["Brand__DealerlinePhone"] = "+32 4 000 00 99",
        ["DataProtection__CertificatePath"] = CertificateOf(database),
    };

    /// <summary>Kept beside the database, whose keys it protects.</summary>
    private static string CertificateOf(string database)
    {
        var path = database + ".pfx";
        if (File.Exists(path))
            return path;
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={Host}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddYears(10));
        File.WriteAllBytes(path, certificate.Export(X509ContentType.Pkcs12));
        return path;
    }

    private async Task WaitUntilReadyAsync()
    {
        using var http = new HttpClient { BaseAddress = Address };
        http.DefaultRequestHeaders.Host = Host;
        var until = Stopwatch.StartNew();
        while (until.Elapsed < StartTimeout)
        {
            if (_process.HasExited)
                throw new InvalidOperationException($"The portal stopped while starting:\n{_output}");
            try
            {
                using var answer = await http.GetAsync(new Uri("/health/ready", UriKind.Relative));
                if (answer.StatusCode == HttpStatusCode.OK)
                    return;
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100));
        }

        throw new TimeoutException($"The portal was not ready after {StartTimeout}:\n{_output}");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
