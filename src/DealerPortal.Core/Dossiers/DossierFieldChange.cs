using DealerPortal.Core.Data;
using DealerPortal.Core.Privacy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DealerPortal.Core.Dossiers;

/// <summary>What support can correct on a dossier.</summary>
public enum DossierField : byte
{
    Reference = 1,
    ModelCode = 2,
    SerialNumber = 3,
    Imei = 4,
    GrmsNumber = 5,
    Branch = 6,
    EndUserName = 7,
    EndUserStreet = 8,
    EndUserPostalCode = 9,
    EndUserTown = 10,
    EndUserPhone = 11,
    EndUserEmail = 12,

    /// <summary>The name of a <see cref="Catalogue.ServiceOffer"/>.</summary>
    ServiceOffer = 13,

    /// <summary>What the service centre calls its order.</summary>
    ServiceOrderNumber = 14,
}

/// <summary>One field before and after a correction, as it was stored. Read with the timeline entry that it belongs to.</summary>
public sealed class DossierFieldChange : IOrganisationOwned
{
    public long Id { get; init; }
    public required long DossierId { get; init; }
    public required int OrganisationId { get; init; }
    public required long TimelineEntryId { get; init; }
    public required DossierField Field { get; init; }

    /// <summary>Null where nothing was given.</summary>
    [EndUserData]
    public string? Before { get; init; }

    /// <summary>Null where nothing is given now.</summary>
    [EndUserData]
    public string? After { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<DossierFieldChange>
    {
        public void Configure(EntityTypeBuilder<DossierFieldChange> builder)
        {
            builder.ToTable("DossierFieldChanges");
            builder.HasOne<Dossier>().WithMany().HasForeignKey(c => c.DossierId);
            builder.HasOne<TimelineEntry>().WithMany().HasForeignKey(c => c.TimelineEntryId);
        }
    }
}
