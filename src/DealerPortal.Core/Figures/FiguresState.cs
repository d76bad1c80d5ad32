using DealerPortal.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DealerPortal.Core.Figures;

/// <summary>How far the counting has come: one row, which every step of it moves along, so that no step counts twice.</summary>
public sealed class FiguresState : IStamped
{
    public const int OnlyId = 1;

    public int Id { get; init; } = OnlyId;

    /// <summary>First all dossiers are counted, organisation by organisation: this one is under way. Null once that is over.</summary>
    public int? FirstCountScope { get; set; }

    /// <summary>The last of its dossiers that is counted.</summary>
    public long FirstCountDossierId { get; set; }

    /// <summary>Everything that happened up to this entry of the timelines is counted.</summary>
    public long EntryId { get; set; }

    /// <summary>Until when everything is counted, UTC; null before the first count has ended.</summary>
    public DateTime? AsOf { get; set; }

    public Guid Stamp { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<FiguresState>
    {
        public void Configure(EntityTypeBuilder<FiguresState> builder)
        {
            builder.ToTable("FiguresStates");
            builder.Property(s => s.Id).ValueGeneratedNever();
        }
    }
}
