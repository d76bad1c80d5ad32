using System.Collections.Concurrent;
using DealerPortal.Core.Accounts;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Mail;
using DealerPortal.Core.Organisations;
using DealerPortal.TestCommon;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DealerPortal.Core.Tests.Mail;

/// <summary>A database with the mail services on it, and what they log.</summary>
public sealed class MailBench(TestDatabase database, CapturedLog log) : IAsyncDisposable
{
    public const string BaseUrl = "https://dealerportal.example";

    public TestDatabase Database => database;
    public CapturedLog Log => log;
    public MailQueue Queue => database.Services.GetRequiredService<MailQueue>();
    public MailSender Sender => database.Services.GetRequiredService<MailSender>();

    public static async Task<MailBench> CreateAsync(IDictionary<string, string?>? settings = null, IMailTransport? transport = null)
    {
        var log = new CapturedLog();
        return new MailBench(await TestDatabase.CreateAsync(services => Add(services, log, settings, transport)), log);
    }

    /// <summary>Another instance of the portal on the same database.</summary>
    public ServiceProvider CreateInstance(IDictionary<string, string?>? settings = null, IMailTransport? transport = null) =>
        database.CreateInstance(services => Add(services, log, settings, transport));

    /// <summary>The dossier that <see cref="MailSamples.Dossier"/> speaks of.</summary>
    public async Task AddDossierAsync()
    {
        var id = await database.WriteAsync(async (write, ct) =>
        {
            var organisation = new Organisation { Name = "Démo Électro", VatNumber = "BE0990000024", Country = "BE", CreatedAt = database.Now };
            var author = new User { UserName = "jean", FirstName = "Jean", LastName = "Exemple", Language = "fr" };
            write.Db.AddRange(organisation, author);
            await write.Db.SaveChangesAsync(ct);
            var dossier = new Dossier
            {
                Number = MailSamples.Dossier.Number,
                Type = DossierType.RepairRequest,
                OrganisationId = organisation.Id,
                AuthorId = author.Id,
                OwnerId = author.Id,
                CreatedAt = database.Now,
            };
            write.Db.Add(dossier);
            await write.Db.SaveChangesAsync(ct);
            return dossier.Id;
        });
        Assert.Equal(MailSamples.Dossier.Id, id);
    }

    public async Task<OutboxMail> EnqueueAsync(PortalMail mail, MailRecipient? to = null)
    {
        var rendered = Queue.Render(mail, to ?? MailSamples.Recipient);
        await database.WriteAsync((write, ct) => Queue.EnqueueAsync(write, rendered, ct));
        return (await RowsAsync())[^1];
    }

    /// <summary>The outbox in the order of its ids, which is that of time.</summary>
    public async Task<List<OutboxMail>> RowsAsync() =>
        [.. (await database.ReadAsync(db => db.Set<OutboxMail>().AsNoTracking().ToListAsync())).OrderBy(mail => mail.Id.ToString(), StringComparer.Ordinal)];

    public async Task<OutboxMail> OnlyRowAsync() => Assert.Single(await RowsAsync());

    public Task SqlAsync(string sql) => database.ReadAsync(db => db.Database.ExecuteSqlRawAsync(sql));

    public ValueTask DisposeAsync() => database.DisposeAsync();

    private static void Add(IServiceCollection services, CapturedLog log, IDictionary<string, string?>? settings, IMailTransport? transport)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["Mail:From"] = "portal@dealerportal.example",
                ["Mail:Pickup"] = Path.Combine(Path.GetTempPath(), "dealerportal-test-unused"),
                ["Mail:GatherFor"] = "00:00:00",
            })
            .AddInMemoryCollection(settings ?? new Dictionary<string, string?>())
            .Build();
        services.Configure<PortalOptions>(portal => portal.BaseUrl = BaseUrl);
        services.Configure<BrandOptions>(configuration.GetSection("Brand"));
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log));
        services.AddPortalMail(configuration);
        if (transport is not null)
            services.AddSingleton(transport);
    }
}

/// <summary>Everything that is logged, as text.</summary>
public sealed class CapturedLog : ILoggerProvider
{
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _awaited = new();

    public IReadOnlyCollection<string> Lines => _lines;

    /// <summary>Completes at the next line that contains <paramref name="part"/>.</summary>
    public Task NextAsync(string part) => _awaited.GetOrAdd(part, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void Dispose()
    {
    }

    private void Add(string line)
    {
        _lines.Enqueue(line);
        foreach (var (part, source) in _awaited)
        {
            if (line.Contains(part, StringComparison.Ordinal) && _awaited.TryRemove(part, out _))
                source.SetResult();
        }
    }

    private sealed class Logger(CapturedLog log, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            log.Add($"{logLevel} {category}: {formatter(state, exception)} {exception}");
    }
}
