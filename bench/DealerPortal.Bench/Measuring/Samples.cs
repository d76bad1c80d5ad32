using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DealerPortal.Bench.Measuring;

/// <summary>Dossiers that a measurement asks for, drawn from the data by a seed.</summary>
internal static class Samples
{
    public const int SmallOrganisation = 1;
    public const int LargeOrganisation = 2;

    private const int Seed = 11;

    /// <summary>Of an organisation, or of all: the same ones in every database that holds the same.</summary>
    public static async Task<IReadOnlyList<Dossier>> DrawAsync(string database, int? organisation, int count)
    {
        await using var services = BenchDatabase.Open(database);
        await using var scope = services.CreateAsyncScope();
        var all = scope.ServiceProvider.GetRequiredService<PortalDbContext>().Dossiers.AllOrganisations().AsNoTracking();
        var ids = await all.Where(d => organisation == null || d.OrganisationId == organisation).OrderBy(d => d.Id).Select(d => d.Id).ToListAsync();
        var random = new Random(Seed);
        var drawn = Enumerable.Range(0, count).Select(_ => ids[random.Next(ids.Count)]).ToList();
        var rows = await all.Where(d => drawn.Contains(d.Id)).ToDictionaryAsync(d => d.Id);
        return [.. drawn.Select(id => rows[id])];
    }
}
