using DealerPortal.Core.Data;

namespace DealerPortal.Web.Hosting;

/// <summary>What the program does instead of serving: <c>DealerPortal.Web VERB [--Setting=value]</c>.</summary>
public static class Verbs
{
    public const string Migrate = "migrate";
    public const string CheckSettings = "check-settings";

    private static readonly string[] Known = [Migrate, CheckSettings];

    /// <summary>Takes the verb from the front of the arguments; null means serving.</summary>
    /// <returns>False, with the answer on the error stream, for a word that is no verb.</returns>
    public static bool TryTake(ref string[] args, out string? verb)
    {
        verb = args is [{ } first, ..] && !first.StartsWith('-') ? first : null;
        if (verb is null)
            return true;
        args = args[1..];
        if (Known.Contains(verb))
            return true;
        Console.Error.WriteLine($"'{verb}' is no verb of the portal. Known: {string.Join(", ", Known)}; without one it serves.");
        return false;
    }

    public static async Task<int> MigrateAsync(IServiceProvider services, CancellationToken ct)
    {
        await using var scope = services.CreateAsyncScope();
        var log = scope.ServiceProvider.GetRequiredService<ILogger<PortalDatabase>>();
        var applied = await scope.ServiceProvider.GetRequiredService<PortalDbContext>().BringUpToDateAsync(log, ct);
        Console.WriteLine(applied.Count == 0 ? "The database is up to date." : $"Applied: {string.Join(", ", applied)}.");
        return 0;
    }
}
