using DealerPortal.Core;
using DealerPortal.Core.Data;

namespace DealerPortal.Web.Hosting;

/// <summary>What the program does instead of serving: <c>DealerPortal.Web VERB [--Setting=value]</c>.</summary>
public static class Verbs
{
    public const string Migrate = "migrate";
    public const string CheckSettings = "check-settings";

    public const string CheckHealth = "check-health";

    private static readonly string[] Known = [Migrate, CheckSettings, CheckHealth, ImportOrder.Import, ImportOrder.Undo];

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

    /// <summary>Asks the portal on this machine whether it is ready; for container images, which bring no other client.</summary>
    public static async Task<int> CheckHealthAsync(IConfiguration configuration)
    {
        var port = (configuration["HTTP_PORTS"] ?? "8080").Split(';')[0];
        var portal = configuration.GetSection("Portal").Get<PortalOptions>() ?? new PortalOptions();
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"http://localhost:{port}/health/ready"));
        // Only the portal's own host name is answered.
        request.Headers.Host = new Uri(portal.BaseUrl).Host;
        try
        {
            using var answer = await http.SendAsync(request);
            return answer.IsSuccessStatusCode ? 0 : 1;
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            return 1;
        }
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
