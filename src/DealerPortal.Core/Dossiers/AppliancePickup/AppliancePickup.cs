using DealerPortal.Core.Privacy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DealerPortal.Core.Dossiers;

/// <summary>The two entries of one form.</summary>
public enum PickupPurpose : byte
{
    LargeWhiteGoods = 1,
    NonRepairable = 2,
}

/// <summary>Why an appliance is to be fetched.</summary>
public enum PickupReason : byte
{
    /// <summary>With the repair dossier that says so, or a report among the files.</summary>
    NotRepairable = 1,

    /// <summary>With the dossier of the accepted DOA.</summary>
    DoaAccepted = 2,

    /// <summary>With a text.</summary>
    Other = 3,
}

/// <summary>The answers that only a pickup of a large appliance has.</summary>
public sealed class AppliancePickup : IDossierDetails
{
    public const int ReasonTextMaxLength = 500;
    public const int ContactNameMaxLength = 120;
    public const int ContactPhoneMaxLength = 20;
    public const int FloorMaxLength = 40;
    public const int OpeningHoursMaxLength = 200;

    public long DossierId { get; init; }
    public required int OrganisationId { get; init; }
    public required PickupPurpose Purpose { get; init; }
    public required PickupReason Reason { get; init; }

    /// <summary>The number of the repair or DOA that the reason rests on; null where a report or a text says it.</summary>
    public string? RelatedNumber { get; init; }
    [EndUserData]
    public string? ReasonText { get; init; }

    /// <summary>Whom the driver asks for.</summary>
    [EndUserData]
    public required string ContactName { get; init; }

    /// <summary>E.164.</summary>
    [EndUserData]
    public required string ContactPhone { get; init; }

    public required DateOnly ReadyFrom { get; init; }

    /// <summary>As the dealer says it: «2», «sous-sol».</summary>
    [EndUserData]
    public string? Floor { get; init; }
    public bool? HasLift { get; init; }
    [EndUserData]
    public string? OpeningHours { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<AppliancePickup>
    {
        public void Configure(EntityTypeBuilder<AppliancePickup> builder)
        {
            builder.MapDetails("AppliancePickups");
            builder.Property(p => p.RelatedNumber).HasMaxLength(DossierNumber.MaxLength);
            builder.Property(p => p.ReasonText).HasMaxLength(ReasonTextMaxLength);
            builder.Property(p => p.ContactName).HasMaxLength(ContactNameMaxLength);
            builder.Property(p => p.ContactPhone).HasMaxLength(ContactPhoneMaxLength);
            builder.Property(p => p.Floor).HasMaxLength(FloorMaxLength);
            builder.Property(p => p.OpeningHours).HasMaxLength(OpeningHoursMaxLength);
        }
    }
}
