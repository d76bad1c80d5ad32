using DealerPortal.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DealerPortal.Core.Catalogue;

/// <summary>The house's three families of goods.</summary>
public enum ProductGroup : byte
{
    BrownGoods = 0,
    WhiteGoods = 1,
    Mobile = 2,
}

/// <summary>How a device is repaired: fetched from a dealer, or visited at a dealer's or a consumer's.</summary>
public enum ServiceOffer : byte
{
    PickUp = 0,
    InHome = 1,
}

/// <summary>Washing machines, televisions, telephones: what sets the rules for a model.</summary>
public sealed class ProductCategory : IStamped
{
    public const int CodeMaxLength = 40;

    public int Id { get; init; }

    /// <summary>Stable key for imports and rules, lower case.</summary>
    public required string Code { get; init; }

    public required ProductGroup Group { get; set; }
    public required LocalizedText Name { get; set; }

    /// <summary>Whether a dossier may be filed without a serial number, accepting a longer wait.</summary>
    public bool SerialMayBeOmitted { get; set; } = true;

    /// <summary>Whether an IMEI is asked for.</summary>
    public bool HasImei { get; set; }

    /// <summary>What a new model of this category gets where nothing else is said.</summary>
    public ServiceOffer DefaultServiceOffer { get; set; } = ServiceOffer.PickUp;

    /// <inheritdoc cref="DefaultServiceOffer"/>
    public int DefaultLeadTimeDays { get; set; } = ProductModel.DefaultLeadTimeDays;

    public Guid Stamp { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<ProductCategory>
    {
        public void Configure(EntityTypeBuilder<ProductCategory> builder)
        {
            builder.ToTable("ProductCategories");
            builder.Property(c => c.Code).HasMaxLength(CodeMaxLength);
            builder.HasIndex(c => c.Code).IsUnique();
            // For categories from before there was a default; the sentinel lets 0 be stored.
            builder.Property(c => c.DefaultLeadTimeDays).HasDefaultValue(ProductModel.DefaultLeadTimeDays).HasSentinel(-1);
            builder.ComplexProperty(c => c.Name, NameColumns.Map);
        }
    }
}

internal static class NameColumns
{
    public static void Map(ComplexPropertyBuilder<LocalizedText> name)
    {
        name.Property(n => n.Fr).HasMaxLength(LocalizedText.MaxLength).HasColumnName("NameFr");
        name.Property(n => n.Nl).HasMaxLength(LocalizedText.MaxLength).HasColumnName("NameNl");
        name.Property(n => n.De).HasMaxLength(LocalizedText.MaxLength).HasColumnName("NameDe");
        name.Property(n => n.En).HasMaxLength(LocalizedText.MaxLength).HasColumnName("NameEn");
    }
}
