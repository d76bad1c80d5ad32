using DealerPortal.Core.Data;
using DealerPortal.Core.Privacy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DealerPortal.Core.Dossiers;

/// <summary>When the technician comes or the driver calls. A moved appointment replaces the one before it.</summary>
public sealed class Appointment : IOrganisationOwned
{
    public const int PlaceMaxLength = 200;
    public const int ComesByMaxLength = 80;

    public long DossierId { get; init; }
    public required int OrganisationId { get; init; }
    public required DateOnly Date { get; set; }

    /// <summary>Local time in Brussels.</summary>
    public required TimeOnly From { get; set; }

    /// <summary>Local time in Brussels, after <see cref="From"/>.</summary>
    public required TimeOnly Until { get; set; }

    /// <summary>The address, as a line.</summary>
    [EndUserData]
    public required string Place { get; set; }

    /// <summary>The technician or the carrier, as the dealer reads it; null while nobody said who.</summary>
    [EndUserData]
    public string? ComesBy { get; set; }

    /// <summary>When it was arranged, where that is known; what was arranged before does not replace it.</summary>
    public DateTime? ArrangedAt { get; set; }

    /// <summary>Grows with every move, so that calendars replace the entry they have.</summary>
    public int Sequence { get; set; }

    /// <summary>UTC.</summary>
    public DateTime EndsAt => Formats.ToUtc(Date.ToDateTime(Until));

    internal sealed class Configuration : IEntityTypeConfiguration<Appointment>
    {
        public void Configure(EntityTypeBuilder<Appointment> builder)
        {
            builder.ToTable("Appointments");
            builder.HasKey(a => a.DossierId);
            builder.Property(a => a.DossierId).ValueGeneratedNever();
            builder.Property(a => a.Place).HasMaxLength(PlaceMaxLength);
            builder.Property(a => a.ComesBy).HasMaxLength(ComesByMaxLength);
            builder.HasOne<Dossier>().WithOne().HasForeignKey<Appointment>(a => a.DossierId);
        }
    }
}
