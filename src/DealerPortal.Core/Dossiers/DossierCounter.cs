using DealerPortal.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.Extensions.DependencyInjection;

namespace DealerPortal.Core.Dossiers;

/// <summary>The next free sequence number of a year.</summary>
public sealed class DossierCounter
{
    public required int Year { get; init; }
    public required long Next { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<DossierCounter>
    {
        public void Configure(EntityTypeBuilder<DossierCounter> builder)
        {
            builder.ToTable("DossierCounters");
            builder.HasKey(c => c.Year);
            builder.Property(c => c.Year).ValueGeneratedNever();
        }
    }
}

/// <summary>
/// Hands out dossier numbers. Each instance claims a block of sequence numbers by a conditional update in its
/// own short transaction; a block that is not used up leaves a gap, which is allowed.
/// </summary>
public sealed class DossierNumbers(IServiceScopeFactory scopes, TimeProvider time) : IDisposable
{
    private const int BlockSize = 20;
    private readonly SemaphoreSlim _one = new(1, 1);
    private int _year;
    private long _next;
    private long _end;

    /// <summary>A number that nobody else gets, of the current year in Brussels.</summary>
    public async Task<string> NextAsync(CancellationToken ct)
    {
        await _one.WaitAsync(ct);
        try
        {
            var year = Formats.Today(time).Year;
            if (year != _year || _next == _end)
            {
                _next = await ClaimAsync(year, ct);
                _end = _next + BlockSize;
                _year = year;
            }

            return DossierNumber.Format(year, _next++);
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private async Task<long> ClaimAsync(int year, CancellationToken ct)
    {
        while (true)
        {
            await using var scope = scopes.CreateAsyncScope();
            var database = scope.ServiceProvider.GetRequiredService<PortalDatabase>();
            try
            {
                var claimed = await database.WriteAsync(async (write, token) =>
                {
                    var next = await write.Db.Set<DossierCounter>().Where(c => c.Year == year).Select(c => (long?)c.Next).SingleOrDefaultAsync(token);
                    if (next is null)
                    {
                        write.Db.Add(new DossierCounter { Year = year, Next = 1 + BlockSize });
                        return 1;
                    }

                    var won = await write.Db.Set<DossierCounter>().Where(c => c.Year == year && c.Next == next)
                        .ExecuteUpdateAsync(set => set.SetProperty(c => c.Next, next + BlockSize), token);
                    return won == 1 ? next : null;
                }, ct);
                if (claimed is { } first)
                    return first;
            }
            catch (DbUpdateException exception) when (exception.IsUniqueViolation())
            {
                // Another instance opened the year first: claim after it.
            }
        }
    }
}
