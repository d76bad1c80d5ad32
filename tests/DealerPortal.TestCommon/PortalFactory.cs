using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DealerPortal.Core.Data;
using DealerPortal.Core.Mail;
using DealerPortal.Core.Work;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Serilog.Core;

namespace DealerPortal.TestCommon;

/// <summary>
/// The portal as production runs it (environment Production, https, valid settings), on a SQLite file, a file store
/// and a clock of its own. Nothing runs in the background unless <see cref="RunsBackgroundWork"/> is set.
/// </summary>
public class PortalFactory : WebApplicationFactory<Program>
{
    public const string Host = "https://localhost";
    private const int CheapIterations = 1_000;

    private static readonly Lazy<string> _certificate = new(CreateCertificate);

    /// <summary>A certificate that protects keys, for another process.</summary>
    public static string CertificatePath => _certificate.Value;

    private readonly string _folder = Directory.CreateTempSubdirectory("dealerportal-test-").FullName;

    /// <param name="isShared">Whether tests that run side by side use it.</param>
    public PortalFactory(bool isShared = false)
    {
        Time = new TestClock { IsShared = isShared };
        DatabaseTemplate.CopyTo(DatabasePath);
        Data = new TestData(this);
    }

    public TestClock Time { get; }

    public DateTime Now => Time.GetUtcNow().UtcDateTime;

    /// <summary>Builders for what a test needs to be there.</summary>
    public TestData Data { get; }

    /// <summary>Every log line of the host, from Debug on.</summary>
    public LogLines Logs { get; } = new();

    /// <summary>Whether the mail sender and the other hosted services run. Set it before the host starts.</summary>
    public bool RunsBackgroundWork { get; init; }

    /// <summary>Settings over those of the test host; an empty value is as good as none.</summary>
    public IDictionary<string, string?> Settings { get; } = new Dictionary<string, string?>();

    /// <summary>Whether a password is as slow to try as in production. Otherwise it is cheap: what it costs, few tests ask.</summary>
    public bool HasCostlyPasswords { get; init; }

    public string Environment { get; init; } = Environments.Production;

    /// <summary>More services, after those of the test host.</summary>
    public Action<IServiceCollection>? ConfigureMore { get; init; }

    public string DatabasePath => Path.Combine(_folder, "portal.db");

    /// <summary>Where the pickup transport writes, when the sender runs.</summary>
    public string MailFolder => Path.Combine(_folder, "mail");

    public string FilesPath => Path.Combine(_folder, "files");

    /// <summary>A client with cookies of its own and a network of its own, so that rate limits never meet.</summary>
    public PortalClient NewClient(string language = "fr") => new(this, language);

    /// <summary>A client that is signed in without the form.</summary>
    public async Task<PortalClient> NewClientAsync(TestUser user)
    {
        var client = NewClient(user.Language);
        await client.SignInAsAsync(user);
        return client;
    }

    public async Task<T> ReadAsync<T>(Func<PortalDbContext, Task<T>> read)
    {
        await using var scope = Services.CreateAsyncScope();
        return await read(scope.ServiceProvider.GetRequiredService<PortalDbContext>());
    }

    public async Task<T> WriteAsync<T>(Func<WriteScope, CancellationToken, Task<T>> work)
    {
        await using var scope = Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<PortalDatabase>().WriteAsync(work);
    }

    public async Task WriteAsync(Func<WriteScope, CancellationToken, Task> work)
    {
        await using var scope = Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<PortalDatabase>().WriteAsync(work);
    }

    /// <summary>What this job of the portal would do now, done.</summary>
    public Task RunAsync<TWorker>()
        where TWorker : Worker => Services.GetRequiredService<WorkJob<TWorker>>().RunOnceAsync(CancellationToken.None);

    /// <summary>What lies in the outbox, decoded, oldest first; of one recipient if given.</summary>
    public async Task<IReadOnlyList<TestMail>> MailsAsync(string? recipient = null)
    {
        var rows = await ReadAsync(db => db.Set<OutboxMail>().AsNoTracking()
            .Where(m => recipient == null || m.Recipient == recipient).OrderBy(m => m.CreatedAt).ThenBy(m => m.Id).ToListAsync());
        return [.. rows.Select(row => new TestMail(row, MailContent.Read(row, Services.GetRequiredService<IDataProtectionProvider>())))];
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment(Environment);
        var settings = new Dictionary<string, string?>
        {
            ["Portal:BaseUrl"] = Host,
            ["Database:Provider"] = DatabaseOptions.Sqlite,
            ["Database:ConnectionString"] = DatabaseTemplate.ConnectionTo(DatabasePath),
            ["Files:Path"] = FilesPath,
            ["Mail:From"] = "portal@dealerportal.test",
            ["Mail:Transport"] = "Pickup",
            ["Mail:Pickup"] = MailFolder,
            // Each mail by itself; what gathering does is asked where it is switched on.
            ["Mail:GatherFor"] = "00:00:00",
            ["DataProtection:CertificatePath"] = _certificate.Value,
            ["Brand:SupportAddress"] = "support@dealerportal.test",
            ["Brand:DealerlinePhone"] = "+32 4 000 00 99",
            ["Serilog:MinimumLevel:Default"] = "Debug",
        };
        foreach (var (key, value) in settings.Where(setting => !Settings.ContainsKey(setting.Key)).Concat(Settings))
            builder.UseSetting(key, value);

        builder.ConfigureTestServices(services =>
        {
            services.RemoveAll<TimeProvider>();
            services.AddSingleton<TimeProvider>(Time);
            services.ConfigureDbContext<PortalDbContext>(context => context.AddInterceptors(new UnsyncedCommits()));
            services.AddSingleton<IDataProtectionProvider>(new EphemeralDataProtectionProvider());
            services.AddSingleton<ILogEventSink>(Logs);
            services.AddSingleton<IStartupFilter, ClientAddresses>();
            if (!HasCostlyPasswords)
                services.Configure<PasswordHasherOptions>(hasher => hasher.IterationCount = CheapIterations);
            if (!RunsBackgroundWork)
                services.RemoveAll(IsOwnHostedService);
            ConfigureMore?.Invoke(services);
        });
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (!disposing || !Directory.Exists(_folder))
            return;
        DatabaseTemplate.Delete(DatabasePath);
        Directory.Delete(_folder, recursive: true);
    }

    private static bool IsOwnHostedService(ServiceDescriptor service)
    {
        if (service.ServiceType != typeof(IHostedService))
            return false;
        var type = service.ImplementationType ?? service.ImplementationInstance?.GetType() ?? service.ImplementationFactory!.GetType().GetGenericArguments()[1];
        return type.FullName!.StartsWith("DealerPortal.", StringComparison.Ordinal);
    }

    private static string CreateCertificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=dealerportal-test", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddYears(5));
        var path = Path.Combine(Path.GetTempPath(), $"dealerportal-test-{System.Environment.ProcessId}.pfx");
        File.WriteAllBytes(path, certificate.Export(X509ContentType.Pkcs12));
        AppDomain.CurrentDomain.ProcessExit += (_, _) => File.Delete(path);
        return path;
    }
}

internal static class ServiceCollectionExtensions
{
    public static void RemoveAll(this IServiceCollection services, Func<ServiceDescriptor, bool> which)
    {
        foreach (var service in services.Where(which).ToList())
            services.Remove(service);
    }
}

/// <summary>A mail of the outbox with what it says; no content once a secret was erased.</summary>
public sealed record TestMail(OutboxMail Row, MailContent? Content)
{
    public string Kind => Row.Kind;

    public string Subject => Row.Subject;

    public string Text => Content?.Text ?? "";

    public string Html => Content?.Html ?? "";

    /// <summary>The portal's addresses in the text, as paths, in their order.</summary>
    public IReadOnlyList<string> Links => [.. Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
        .Select(word => word.Trim('<', '>', '(', ')', '.', ','))
        .Where(word => word.StartsWith(PortalFactory.Host + "/", StringComparison.Ordinal))
        .Select(word => word[PortalFactory.Host.Length..])];
}
