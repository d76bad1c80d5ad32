using DealerPortal.Core.Data;
using DealerPortal.Core.Privacy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DealerPortal.Core.Dossiers;

/// <summary>The answers that only a technical DOA has, and how its conditions stood when it was filed.</summary>
public sealed class TechnicalDoa : IDossierDetails
{
    public const int DescriptionMaxLength = 4000;

    public long DossierId { get; init; }
    public required int OrganisationId { get; init; }

    /// <summary>When the end consumer bought it; null for a device that was never sold.</summary>
    public DateOnly? PurchaseDate { get; init; }
    public required bool IsDamaged { get; init; }

    /// <summary>Packaging and accessories.</summary>
    public required bool IsComplete { get; init; }
    [EndUserData]
    public required string Description { get; init; }

    /// <summary>The version it was judged against.</summary>
    public required int ConditionSetId { get; init; }

    /// <summary>Loaded with the row; not there for one that is about to be written.</summary>
    public DoaConditionSet? ConditionSet { get; init; }

    /// <summary>One of each condition of the set.</summary>
    public required IReadOnlyList<DoaVerdict> Verdicts { get; init; }

    /// <summary>Whether support accepted it: a return or a pickup can follow.</summary>
    public static bool IsAccepted(Dossier dossier) =>
        dossier is { Type: DossierType.TechnicalDoa, Status: RequestStatus.Completed, Resolution: Resolution.Accepted };

    internal sealed class Configuration : IEntityTypeConfiguration<TechnicalDoa>
    {
        public void Configure(EntityTypeBuilder<TechnicalDoa> builder)
        {
            builder.MapDetails("TechnicalDoas");
            builder.Property(d => d.Description).HasMaxLength(DescriptionMaxLength);
            builder.HasOne(d => d.ConditionSet).WithMany().HasForeignKey(d => d.ConditionSetId);
            builder.HasMany(d => d.Verdicts).WithOne().HasForeignKey(v => v.DossierId);
        }
    }
}

/// <summary>How one condition stood when the dossier was filed.</summary>
public sealed class DoaVerdict : IOrganisationOwned
{
    public long DossierId { get; init; }
    public required int OrganisationId { get; init; }

    /// <summary>That of the condition in its set.</summary>
    public required int Position { get; init; }
    public required DoaOutcome Outcome { get; init; }

    /// <inheritdoc cref="DoaFinding.Days"/>
    public int? Days { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<DoaVerdict>
    {
        public void Configure(EntityTypeBuilder<DoaVerdict> builder)
        {
            builder.ToTable("DoaVerdicts");
            builder.HasKey(v => new { v.DossierId, v.Position });
        }
    }
}
