using DealerPortal.Core.Accounts;
using DealerPortal.Core.Dossiers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DealerPortal.Core.Privacy;

/// <summary>A dossier that is not anonymised while this row is there, as for a dispute; whoever ends that takes the row away.</summary>
public sealed class DossierHold
{
    public const int ReasonMaxLength = 300;

    public required long DossierId { get; init; }
    public required DateTime At { get; init; }
    public required int ById { get; init; }

    /// <summary>Why, for colleagues.</summary>
    public required string Reason { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<DossierHold>
    {
        public void Configure(EntityTypeBuilder<DossierHold> builder)
        {
            builder.ToTable("DossierHolds");
            builder.HasKey(h => h.DossierId);
            builder.Property(h => h.DossierId).ValueGeneratedNever();
            builder.Property(h => h.Reason).HasMaxLength(ReasonMaxLength);
            builder.HasOne<Dossier>().WithOne().HasForeignKey<DossierHold>(h => h.DossierId);
            builder.HasOne<User>().WithMany().HasForeignKey(h => h.ById);
        }
    }
}
