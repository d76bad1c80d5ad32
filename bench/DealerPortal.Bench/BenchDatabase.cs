using DealerPortal.Core;
using DealerPortal.Core.Accounts;
using DealerPortal.Core.Accounts.SecondFactor;
using DealerPortal.Core.Data;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace DealerPortal.Bench;

/// <summary>The portal's own context, keys and hashes on a database of the bench.</summary>
public static class BenchDatabase
{
    public static ServiceProvider Open(string file) => Services(file).BuildServiceProvider();

    /// <summary>What <see cref="Open"/> opens, for whoever needs more of the portal.</summary>
    public static IServiceCollection Services(string file)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Database:Provider"] = DatabaseOptions.Sqlite,
            ["Database:ConnectionString"] = ConnectionTo(file),
        }).Build();
        var services = new ServiceCollection().AddDatabase(configuration).AddSingleton(TimeProvider.System).AddLogging();
        // As the portal has it: what is protected here is read there.
        services.AddDataProtection().SetApplicationName("DealerPortal").PersistKeysToDbContext<PortalDbContext>();
        services.Configure<BrandOptions>(_ => { });
        services.AddSingleton<AuthenticatorKeys>().AddSingleton<IPasswordHasher<User>, PasswordHasher<User>>();
        return services;
    }

    public static string ConnectionTo(string file) => $"Data Source={file}";
}
