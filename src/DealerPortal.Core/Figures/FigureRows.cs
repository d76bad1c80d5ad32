using DealerPortal.Core.Catalogue;
using DealerPortal.Core.Dossiers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DealerPortal.Core.Figures;

/// <summary>Whose figures: an organisation's key, or <see cref="All"/>.</summary>
public static class FigureScope
{
    /// <summary>All organisations together.</summary>
    public const int All = 0;
}

/// <summary>One count of one month, of one organisation or of all.</summary>
public sealed class FigureCell
{
    /// <summary>Whose, as in <see cref="FigureScope"/>. No reference: a merged organisation's counts go once its dossiers are counted where they are now.</summary>
    public required int Scope { get; init; }

    /// <summary>In Brussels, such as 202611.</summary>
    public required int Month { get; init; }
    public required DossierType Type { get; init; }
    public required FigureMeasure Measure { get; init; }
    public required int Count { get; set; }

    /// <summary>The working days it took, as <see cref="DayCounts"/> writes them; empty where none are counted.</summary>
    public required string Days { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<FigureCell>
    {
        public void Configure(EntityTypeBuilder<FigureCell> builder)
        {
            builder.ToTable("FigureCells");
            builder.HasKey(c => new { c.Scope, c.Month, c.Type, c.Measure });
            builder.Property(c => c.Days).HasMaxLength(DayCounts.TextMaxLength);
        }
    }
}

/// <summary>The technical DOAs of a model that were decided in a month.</summary>
public sealed class FigureModel
{
    /// <inheritdoc cref="FigureCell.Scope"/>
    public required int Scope { get; init; }
    public required int Month { get; init; }
    public required string ModelCode { get; init; }

    /// <summary>Completed as accepted or refused; what was cancelled was not decided.</summary>
    public required int Decided { get; set; }
    public required int Accepted { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<FigureModel>
    {
        public void Configure(EntityTypeBuilder<FigureModel> builder)
        {
            builder.ToTable("FigureModels");
            builder.HasKey(m => new { m.Scope, m.Month, m.ModelCode });
            builder.Property(m => m.ModelCode).HasMaxLength(ProductModel.CodeMaxLength);
        }
    }
}

/// <summary>What a dossier adds to the counts at present, so that it can be taken back when the dossier changes.</summary>
public sealed class CountedDossier
{
    internal const int CountedMaxLength = 400;

    public required long DossierId { get; init; }

    /// <summary>The organisation it was counted for.</summary>
    public required int Scope { get; set; }

    /// <summary>As <see cref="Contributions"/> writes them.</summary>
    public required string Counted { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<CountedDossier>
    {
        public void Configure(EntityTypeBuilder<CountedDossier> builder)
        {
            builder.ToTable("CountedDossiers");
            builder.HasKey(c => c.DossierId);
            builder.Property(c => c.DossierId).ValueGeneratedNever();
            builder.Property(c => c.Counted).HasMaxLength(CountedMaxLength);
            builder.HasOne<Dossier>().WithMany().HasForeignKey(c => c.DossierId);
            builder.HasIndex(c => c.Scope);
        }
    }
}
