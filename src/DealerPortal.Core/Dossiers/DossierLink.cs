using DealerPortal.Core.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DealerPortal.Core.Dossiers;

/// <summary>Two dossiers that support wants to see together. It may join two organisations, so dealers never see it.</summary>
public sealed class DossierLink
{
    /// <summary>The older one.</summary>
    public required long FirstId { get; init; }

    public required long SecondId { get; init; }
    public required int ById { get; init; }
    public required DateTime At { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<DossierLink>
    {
        public void Configure(EntityTypeBuilder<DossierLink> builder)
        {
            builder.ToTable("DossierLinks");
            builder.HasKey(l => new { l.FirstId, l.SecondId });
            builder.HasOne<Dossier>().WithMany().HasForeignKey(l => l.FirstId);
            builder.HasOne<Dossier>().WithMany().HasForeignKey(l => l.SecondId);
            builder.HasOne<User>().WithMany().HasForeignKey(l => l.ById);
        }
    }
}
