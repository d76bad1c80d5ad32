using DealerPortal.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DealerPortal.Core.Catalogue;

/// <summary>A model in the catalogue, with the service the house offers for it.</summary>
public sealed class ProductModel : IStamped
{
    public const int CodeMaxLength = 48;

    /// <summary>The lead time of a model that the catalogue does not know.</summary>
    public const int DefaultLeadTimeDays = 3;

    public const int MaxLeadTimeDays = 60;

    public int Id { get; init; }

    /// <summary>As printed on the plate, upper case, with the region suffix if it has one.</summary>
    public required string Code { get; set; }

    /// <summary>The code as people look it up: without suffix and spaces. Unique.</summary>
    public required string Key { get; set; }

    public required int CategoryId { get; set; }
    public ProductCategory Category { get; init; } = null!;
    public required LocalizedText Name { get; set; }
    public required ServiceOffer ServiceOffer { get; set; }

    /// <summary>Working days from filing to the first date that can be asked for.</summary>
    public required int LeadTimeDays { get; set; }

    /// <summary>
    /// When it left the catalogue: it is no longer offered, and a code that names it counts as one that the catalogue does not
    /// know. Dossiers that name it keep it.
    /// </summary>
    public DateTime? DiscontinuedAt { get; set; }

    /// <summary>When somebody last changed it; null for one that is as it came.</summary>
    public DateTime? ChangedAt { get; set; }

    public Guid Stamp { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<ProductModel>
    {
        public void Configure(EntityTypeBuilder<ProductModel> builder)
        {
            builder.ToTable("ProductModels");
            builder.Property(m => m.Code).HasMaxLength(CodeMaxLength);
            builder.Property(m => m.Key).HasMaxLength(CodeMaxLength);
            builder.HasIndex(m => m.Key).IsUnique();
            builder.HasOne(m => m.Category).WithMany().HasForeignKey(m => m.CategoryId);
            builder.ComplexProperty(m => m.Name, NameColumns.Map);
        }
    }
}
