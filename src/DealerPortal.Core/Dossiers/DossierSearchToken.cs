using DealerPortal.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DealerPortal.Core.Dossiers;

/// <summary>A word by which a dossier is found; by range (<c>token &gt;= p and token &lt; p'</c>), which both databases seek.</summary>
public sealed class DossierSearchToken : IOrganisationOwned
{
    public required int OrganisationId { get; init; }

    /// <summary>The dossier's owner, so that an employee's search stays within their own.</summary>
    public required int OwnerId { get; init; }

    public required string Token { get; init; }
    public required long DossierId { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<DossierSearchToken>
    {
        public void Configure(EntityTypeBuilder<DossierSearchToken> builder)
        {
            builder.ToTable("DossierSearchTokens");
            builder.Property(t => t.Token).HasMaxLength(32);
            builder.HasKey(t => new { t.OrganisationId, t.Token, t.DossierId });
            builder.HasOne<Dossier>().WithMany().HasForeignKey(t => t.DossierId);
            builder.HasIndex(t => new { t.OrganisationId, t.OwnerId, t.Token, t.DossierId });
            builder.HasIndex(t => new { t.Token, t.DossierId });
            // Whether one dossier has a further word of a query.
            builder.HasIndex(t => new { t.DossierId, t.Token });
        }
    }
}
