using DealerPortal.Core.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DealerPortal.Core.Dossiers.Queue.Bulk;

/// <summary>One step that was taken on several dossiers, with what became of each; shown to who took it, for a week.</summary>
public sealed class BulkRun
{
    /// <summary>Each dossier's number and a letter, and a separator.</summary>
    public const int ResultsMaxLength = BulkHandling.MaxDossiers * (Dossier.NumberMaxLength + 2);

    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    public required Guid Id { get; init; }
    public required int ById { get; init; }
    public required DateTime At { get; init; }
    public required BulkStepKind Kind { get; init; }

    /// <summary>As <see cref="Read"/> reads it.</summary>
    public required string Results { get; init; }

    public IReadOnlyList<BulkResult> Read() =>
        [.. Results.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(part => new BulkResult(part[..^1], (BulkOutcome)(part[^1] - 'a')))];

    public static string Write(IEnumerable<BulkResult> results) => string.Join(';', results.Select(result => $"{result.Number}{(char)('a' + (int)result.Outcome)}"));

    internal sealed class Configuration : IEntityTypeConfiguration<BulkRun>
    {
        public void Configure(EntityTypeBuilder<BulkRun> builder)
        {
            builder.ToTable("BulkRuns");
            builder.Property(r => r.Id).ValueGeneratedNever();
            builder.Property(r => r.Results).HasMaxLength(ResultsMaxLength);
            builder.HasOne<User>().WithMany().HasForeignKey(r => r.ById);
            builder.HasIndex(r => r.At);
        }
    }
}
