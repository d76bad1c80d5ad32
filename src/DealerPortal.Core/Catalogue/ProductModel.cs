using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DealerPortal.Core.Catalogue;

/// <summary>A model in the catalogue, with the service the house offers for it.</summary>
public sealed class ProductModel
{
    public const int CodeMaxLength = 48;

    /// <summary>The lead time of a model that the catalogue does not know.</summary>
    public const int DefaultLeadTimeDays = 3;

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

    public DateTime? DiscontinuedAt { get; set; }

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

/// <summary>A day on which the house is closed although the calendar says otherwise.</summary>
public sealed class ClosingDay
{
    public required DateOnly Date { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<ClosingDay>
    {
        public void Configure(EntityTypeBuilder<ClosingDay> builder)
        {
            builder.ToTable("ClosingDays");
            builder.HasKey(d => d.Date);
        }
    }
}
