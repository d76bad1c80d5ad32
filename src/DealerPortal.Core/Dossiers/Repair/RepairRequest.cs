using DealerPortal.Core.Catalogue;
using DealerPortal.Core.Data;
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
public sealed class RepairRequest : IOrganisationOwned
{
    public const int DescriptionMaxLength = 4000;

    public long DossierId { get; init; }
    public required int OrganisationId { get; init; }

    /// <summary>The offer when filed; null where the catalogue did not know the model and support sets it.</summary>
    public ServiceOffer? ServiceOffer { get; set; }

    /// <summary>The dealer accepted that it takes longer without a serial number.</summary>
    public required bool SerialOmitted { get; init; }

    public required DeviceLocation Location { get; init; }
    public required string Description { get; set; }
    public DateOnly? PreferredDate { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<RepairRequest>
    {
        public void Configure(EntityTypeBuilder<RepairRequest> builder)
        {
            builder.ToTable("RepairRequests");
            builder.HasKey(r => r.DossierId);
            builder.Property(r => r.DossierId).ValueGeneratedNever();
            builder.Property(r => r.Description).HasMaxLength(DescriptionMaxLength);
            builder.HasOne<Dossier>().WithOne().HasForeignKey<RepairRequest>(r => r.DossierId);
        }
    }
}

/// <summary>When the technician comes or the driver calls. A moved appointment replaces the one before it.</summary>
public sealed class Appointment : IOrganisationOwned
{
    public const int PlaceMaxLength = 200;

    public long DossierId { get; init; }
    public required int OrganisationId { get; init; }
    public required DateOnly Date { get; set; }

    /// <summary>Local time in Brussels.</summary>
    public required TimeOnly From { get; set; }

    /// <summary>Local time in Brussels, after <see cref="From"/>.</summary>
    public required TimeOnly Until { get; set; }

    /// <summary>The address, as a line.</summary>
    public required string Place { get; set; }

    /// <summary>Grows with every move, so that calendars replace the entry they have.</summary>
    public int Sequence { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<Appointment>
    {
        public void Configure(EntityTypeBuilder<Appointment> builder)
        {
            builder.ToTable("Appointments");
            builder.HasKey(a => a.DossierId);
            builder.Property(a => a.DossierId).ValueGeneratedNever();
            builder.Property(a => a.Place).HasMaxLength(PlaceMaxLength);
            builder.HasOne<Dossier>().WithOne().HasForeignKey<Appointment>(a => a.DossierId);
        }
    }
}
