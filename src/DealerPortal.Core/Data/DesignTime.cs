using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace DealerPortal.Core.Data;

/// <summary>
/// Builds the context exactly as the application does, for the tools that add migrations and for the tests that
/// compare them with the model. Nothing connects.
/// </summary>
public static class DesignTime
{
    public static PortalDbContext Create(string provider)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Database:Provider"] = provider,
            ["Database:ConnectionString"] = provider == DatabaseOptions.Sqlite
                ? "Data Source=:memory:"
                : "Server=design-time;Database=DealerPortal;Integrated Security=true",
        }).Build();
        return new ServiceCollection().AddDatabase(configuration).BuildServiceProvider().GetRequiredService<PortalDbContext>();
    }
}
