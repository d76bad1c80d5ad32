using DealerPortal.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DealerPortal.Core.Organisations;

/// <summary>A dealer: one legal entity with one VAT number and one or more branches.</summary>
public sealed class Organisation : IStamped
{
    public const int NameMaxLength = 120;
    public const int VatNumberMaxLength = 14;
    public const int CustomerNumberMaxLength = 20;

    public int Id { get; init; }
    public required string Name { get; set; }

    /// <summary>Normalised, with the country: <c>BE0999000129</c>. Unique.</summary>
    public required string VatNumber { get; init; }

    /// <summary>ISO 3166 code: <c>BE</c> or <c>LU</c>.</summary>
    public required string Country { get; init; }

    public required DateTime CreatedAt { get; init; }

    /// <summary>When support has looked at it; a VAT number is public, so credits are linked only after that.</summary>
    public DateTime? ConfirmedAt { get; set; }

    /// <summary>The house's own number for this dealer, as in <see cref="Organisations.CustomerNumber"/>. Unique among those in use.</summary>
    public string? CustomerNumber { get; set; }

    /// <summary>Whether employees see each other's dossiers.</summary>
    public bool ColleaguesSeeAll { get; set; }

    public DateTime? DeactivatedAt { get; set; }

    /// <summary>The organisation in which this one went on, itself never merged; null for all others.</summary>
    public int? MergedIntoId { get; set; }

    public Guid Stamp { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<Organisation>
    {
        public void Configure(EntityTypeBuilder<Organisation> builder)
        {
            builder.ToTable("Organisations");
            builder.Property(o => o.Name).HasMaxLength(NameMaxLength);
            builder.Property(o => o.VatNumber).HasMaxLength(VatNumberMaxLength);
            builder.Property(o => o.Country).HasMaxLength(2);
            builder.Property(o => o.CustomerNumber).HasMaxLength(CustomerNumberMaxLength);
            builder.HasIndex(o => o.VatNumber).IsUnique();
            builder.HasOne<Organisation>().WithMany().HasForeignKey(o => o.MergedIntoId);
            builder.HasIndex(o => o.CustomerNumber).IsUnique().HasFilter("[CustomerNumber] IS NOT NULL AND [DeactivatedAt] IS NULL");
            builder.HasIndex(o => new { o.ConfirmedAt, o.DeactivatedAt, o.CreatedAt });
            builder.HasIndex(o => o.Name);
        }
    }
}

/// <summary>A word by which an organisation is found: of its name, its towns, its VAT number. Found by range, not by LIKE.</summary>
public sealed class OrganisationSearchToken
{
    public required int OrganisationId { get; init; }
    public required string Token { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<OrganisationSearchToken>
    {
        public void Configure(EntityTypeBuilder<OrganisationSearchToken> builder)
        {
            builder.ToTable("OrganisationSearchTokens");
            builder.Property(t => t.Token).HasMaxLength(32);
            builder.HasKey(t => new { t.Token, t.OrganisationId });
            builder.HasOne<Organisation>().WithMany().HasForeignKey(t => t.OrganisationId);
        }
    }
}
