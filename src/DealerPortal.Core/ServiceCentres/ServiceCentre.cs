using DealerPortal.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DealerPortal.Core.ServiceCentres;

/// <summary>Who repairs or collects devices and reports about it, by machine or by a file that support uploads.</summary>
public sealed class ServiceCentre : IStamped
{
    public const int NameMaxLength = 80;

    public int Id { get; init; }
    public required string Name { get; set; }
    public required DateTime CreatedAt { get; init; }

    /// <summary>From then on its keys open nothing; what it reported stays.</summary>
    public DateTime? DeactivatedAt { get; set; }

    public Guid Stamp { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<ServiceCentre>
    {
        public void Configure(EntityTypeBuilder<ServiceCentre> builder)
        {
            builder.ToTable("ServiceCentres");
            builder.Property(c => c.Name).HasMaxLength(NameMaxLength);
        }
    }
}
