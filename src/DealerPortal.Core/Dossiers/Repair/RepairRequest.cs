using DealerPortal.Core.Catalogue;
using DealerPortal.Core.Privacy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DealerPortal.Core.Dossiers;

/// <summary>Where a device waits for its repair.</summary>
public enum DeviceLocation : byte
{
    Branch = 1,
    EndUser = 2,
}

/// <summary>The answers that only a repair request has.</summary>
public sealed class RepairRequest : IDossierDetails
{
    public const int DescriptionMaxLength = 4000;

    public long DossierId { get; init; }
    public required int OrganisationId { get; init; }

    /// <summary>The offer when filed; null where the catalogue did not know the model and support sets it.</summary>
    public ServiceOffer? ServiceOffer { get; set; }

    /// <summary>The dealer accepted that it takes longer without a serial number.</summary>
    public required bool SerialOmitted { get; init; }

    public required DeviceLocation Location { get; init; }
    [EndUserData]
    public required string Description { get; set; }
    public DateOnly? PreferredDate { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<RepairRequest>
    {
        public void Configure(EntityTypeBuilder<RepairRequest> builder)
        {
            builder.MapDetails("RepairRequests");
            builder.Property(r => r.Description).HasMaxLength(DescriptionMaxLength);
        }
    }
}
