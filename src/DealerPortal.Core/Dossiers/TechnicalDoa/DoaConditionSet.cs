using DealerPortal.Core.Catalogue;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DealerPortal.Core.Dossiers;

/// <summary>What can be asked of a device that was dead on arrival: a closed set, there is no expression language. Source: design.md «Forms».</summary>
public enum DoaConditionKind : byte
{
    /// <summary>Bought at most <see cref="DoaCondition.MaxDays"/> days ago; does not apply to a device that was never sold.</summary>
    PurchasedWithin = 1,
    Sold = 2,
    NotSold = 3,

    /// <summary>A file; does not apply to a device that was never sold.</summary>
    ProofOfPurchase = 4,

    /// <summary>A file.</summary>
    SerialPlate = 5,

    /// <summary>A file.</summary>
    FaultPhoto = 6,

    /// <summary>Declared by the dealer.</summary>
    Undamaged = 7,

    /// <summary>Packaging and accessories, declared by the dealer.</summary>
    Complete = 8,
}

/// <summary>
/// One version of the conditions of a product category. A version is never changed: another takes its place from a day on,
/// and dossiers keep the one they were judged against. One that is not in force yet can be withdrawn.
/// </summary>
public sealed class DoaConditionSet
{
    public int Id { get; init; }

    /// <summary>Null: for categories without conditions of their own, and for models that the catalogue does not know.</summary>
    public int? CategoryId { get; init; }

    /// <summary>From 1, counted per category.</summary>
    public required int Version { get; init; }

    /// <summary>The first day in Brussels on which new dossiers are judged against it.</summary>
    public required DateOnly EffectiveFrom { get; init; }

    /// <summary>When it was taken back before its day; it never applies then.</summary>
    public DateTime? WithdrawnAt { get; private set; }

    public IReadOnlyList<DoaCondition> Conditions { get; init; } = new List<DoaCondition>();

    /// <summary>Takes it back; false when its day has come or it was taken back already, which changes nothing.</summary>
    public bool Withdraw(DateOnly today, DateTime now)
    {
        if (EffectiveFrom <= today || WithdrawnAt is not null)
            return false;
        WithdrawnAt = now;
        return true;
    }

    internal sealed class Configuration : IEntityTypeConfiguration<DoaConditionSet>
    {
        public void Configure(EntityTypeBuilder<DoaConditionSet> builder)
        {
            builder.ToTable("DoaConditionSets");
            builder.HasOne<ProductCategory>().WithMany().HasForeignKey(s => s.CategoryId);
            builder.HasMany(s => s.Conditions).WithOne().HasForeignKey(c => c.SetId);
            // Of the general set too, which SQL Server would leave out with EF's usual filter.
            builder.HasIndex(s => new { s.CategoryId, s.Version }).IsUnique().HasFilter(null);
            builder.HasIndex(s => new { s.CategoryId, s.EffectiveFrom, s.Version });
            builder.HasData(DoaDefaults.Set);
        }
    }
}

/// <summary>A condition, in the words that dealers read.</summary>
public sealed class DoaCondition
{
    /// <summary>Of <see cref="MaxDays"/>: longer than any house would promise.</summary>
    public const int MaxDaysLimit = 730;

    public int SetId { get; init; }

    /// <summary>From 1, in the order in which they are shown.</summary>
    public required int Position { get; init; }
    public required DoaConditionKind Kind { get; init; }

    /// <summary>Whole days, the day of purchase being day 0; null for every kind but <see cref="DoaConditionKind.PurchasedWithin"/>.</summary>
    public int? MaxDays { get; init; }

    public required string TextFr { get; init; }
    public required string TextNl { get; init; }
    public required string TextDe { get; init; }
    public required string TextEn { get; init; }

    /// <summary>Columns of its own instead of a complex type, which a migration cannot bring rows for.</summary>
    public string TextIn(string language) => new LocalizedText { Fr = TextFr, Nl = TextNl, De = TextDe, En = TextEn }.In(language);

    internal sealed class Configuration : IEntityTypeConfiguration<DoaCondition>
    {
        public void Configure(EntityTypeBuilder<DoaCondition> builder)
        {
            builder.ToTable("DoaConditions");
            builder.HasKey(c => new { c.SetId, c.Position });
            foreach (var column in (string[])[nameof(TextFr), nameof(TextNl), nameof(TextDe), nameof(TextEn)])
                builder.Property(column).HasMaxLength(LocalizedText.MaxLength);
            builder.HasData(DoaDefaults.Conditions);
        }
    }
}

/// <summary>What is in force before anybody has set conditions: without any, no DOA could be filed.</summary>
internal static class DoaDefaults
{
    private const int SetId = 1;
    private const int MaxDays = 14;

    public static readonly DoaConditionSet Set = new() { Id = SetId, Version = 1, EffectiveFrom = new DateOnly(2020, 1, 1) };

    public static readonly DoaCondition[] Conditions =
    [
        New(1, DoaConditionKind.PurchasedWithin, "Acheté depuis 14 jours au plus", "Hoogstens 14 dagen geleden gekocht", "Vor höchstens 14 Tagen gekauft", "Bought 14 days ago at most", MaxDays),
        New(2, DoaConditionKind.ProofOfPurchase, "Preuve d’achat jointe", "Aankoopbewijs bijgevoegd", "Kaufbeleg beigefügt", "Proof of purchase attached"),
        New(3, DoaConditionKind.SerialPlate, "Photo de la plaque signalétique jointe", "Foto van het typeplaatje bijgevoegd", "Foto des Typenschilds beigefügt", "Photo of the serial plate attached"),
        New(4, DoaConditionKind.Undamaged, "Appareil non endommagé", "Toestel niet beschadigd", "Gerät unbeschädigt", "Device undamaged"),
        New(5, DoaConditionKind.Complete, "Emballage et accessoires complets", "Verpakking en toebehoren volledig", "Verpackung und Zubehör vollständig", "Packaging and accessories complete"),
    ];

    private static DoaCondition New(int position, DoaConditionKind kind, string fr, string nl, string de, string en, int? maxDays = null) => new()
    {
        SetId = SetId,
        Position = position,
        Kind = kind,
        MaxDays = maxDays,
        TextFr = fr,
        TextNl = nl,
        TextDe = de,
        TextEn = en,
    };
}
