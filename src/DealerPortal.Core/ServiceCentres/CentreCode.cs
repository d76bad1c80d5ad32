using System.Globalization;
using DealerPortal.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DealerPortal.Core.ServiceCentres;

/// <summary>A line of the mapping table: what a code means, for every service centre or for one of them, whose own line goes first.</summary>
public sealed class CentreCode : IStamped
{
    public const int CodeMaxLength = 40;

    public int Id { get; init; }

    /// <summary>Centre and code in one, see <see cref="KeyOf"/>. Unique.</summary>
    public required string Key { get; init; }

    /// <summary>As <see cref="Normalise"/> writes it.</summary>
    public required string Code { get; init; }

    /// <summary>Null: of every centre.</summary>
    public int? CentreId { get; init; }

    public required CodeMeaning Meaning { get; set; }

    /// <summary>What the dealer reads, such as the reason that the code stands for; in four languages or in none.</summary>
    public string? TextFr { get; private set; }
    public string? TextNl { get; private set; }
    public string? TextDe { get; private set; }
    public string? TextEn { get; private set; }

    public Guid Stamp { get; set; }

    public LocalizedText? Text
    {
        get => TextFr is null ? null : new() { Fr = TextFr, Nl = TextNl!, De = TextDe!, En = TextEn! };
        set => (TextFr, TextNl, TextDe, TextEn) = (value?.Fr, value?.Nl, value?.De, value?.En);
    }

    /// <summary>Codes are compared without regard to case and white space around them.</summary>
    public static string Normalise(string code) => code.Trim().ToUpperInvariant();

    /// <param name="code">As <see cref="Normalise"/> writes it.</param>
    public static string KeyOf(int? centreId, string code) => string.Create(CultureInfo.InvariantCulture, $"{centreId ?? 0}:{code}");

    internal sealed class Configuration : IEntityTypeConfiguration<CentreCode>
    {
        public void Configure(EntityTypeBuilder<CentreCode> builder)
        {
            builder.ToTable("ServiceCentreCodes");
            builder.Property(c => c.Key).HasMaxLength(CodeMaxLength + 12);
            builder.Property(c => c.Code).HasMaxLength(CodeMaxLength);
            foreach (var column in (string[])[nameof(TextFr), nameof(TextNl), nameof(TextDe), nameof(TextEn)])
                builder.Property(column).HasMaxLength(LocalizedText.MaxLength);
            builder.Ignore(c => c.Text);
            builder.HasOne<ServiceCentre>().WithMany().HasForeignKey(c => c.CentreId);
            builder.HasIndex(c => c.Key).IsUnique();
            builder.HasData(CentreDefaults.Codes());
        }
    }
}
