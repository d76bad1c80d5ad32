using DealerPortal.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DealerPortal.Core.Organisations;

/// <summary>A point of sale of an organisation: where devices are and where drivers and technicians come.</summary>
public sealed class Branch : IOrganisationOwned
{
    public const int StreetMaxLength = 120;
    public const int PostalCodeMaxLength = 10;
    public const int TownMaxLength = 80;
    public const int ContactNameMaxLength = 120;
    public const int OpeningHoursMaxLength = 200;

    public int Id { get; init; }
    public required int OrganisationId { get; init; }

    /// <summary>Street and number.</summary>
    public required string Street { get; set; }

    /// <summary>Four digits, in Belgium and in Luxembourg.</summary>
    public required string PostalCode { get; set; }

    public required string Town { get; set; }

    /// <summary>ISO 3166 code: <c>BE</c> or <c>LU</c>.</summary>
    public required string Country { get; set; }

    /// <summary>E.164.</summary>
    public string? Phone { get; set; }

    /// <summary>Whom drivers and technicians ask for.</summary>
    public string? ContactName { get; set; }

    /// <summary>As the dealer says it: «lu–sa 9 h–18 h 30, fermé le lundi matin».</summary>
    public string? OpeningHours { get; set; }

    /// <summary>Since when new forms of the organisation begin with it; null for all but one of its open branches at most.</summary>
    public DateTime? DefaultSince { get; set; }

    public DateTime? DeactivatedAt { get; set; }

    /// <summary>One line, as an envelope would say it: «Rue de la Démo 12, 4000 Liège».</summary>
    public string AddressLine => $"{Street}, {PostalCode} {Town}";

    internal sealed class Configuration : IEntityTypeConfiguration<Branch>
    {
        public void Configure(EntityTypeBuilder<Branch> builder)
        {
            builder.ToTable("Branches");
            builder.Property(b => b.Street).HasMaxLength(StreetMaxLength);
            builder.Property(b => b.PostalCode).HasMaxLength(PostalCodeMaxLength);
            builder.Property(b => b.Town).HasMaxLength(TownMaxLength);
            builder.Property(b => b.Country).HasMaxLength(2);
            builder.Property(b => b.Phone).HasMaxLength(16);
            builder.Property(b => b.ContactName).HasMaxLength(ContactNameMaxLength);
            builder.Property(b => b.OpeningHours).HasMaxLength(OpeningHoursMaxLength);
            builder.Ignore(b => b.AddressLine);
            builder.HasOne<Organisation>().WithMany().HasForeignKey(b => b.OrganisationId);
        }
    }
}
