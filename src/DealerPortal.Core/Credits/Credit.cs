using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Organisations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DealerPortal.Core.Credits;

public enum CreditKind : byte
{
    Credit = 1,

    /// <summary>Puts an earlier credit right; may take something back.</summary>
    Correction = 2,
}

public enum CreditState : byte
{
    /// <summary>Being worked on; the credit note is still to come.</summary>
    InProcess = 1,

    /// <summary>The credit note went out.</summary>
    Issued = 2,
}

/// <summary>To whom the credit note goes.</summary>
public enum Beneficiary : byte
{
    /// <summary>The dealer that asked for it.</summary>
    Shop = 1,

    /// <summary>The dealer's distributor, who settles it with the dealer.</summary>
    Distributor = 2,
}

/// <summary>
/// What the manufacturer credits for a device, as its accounts tell it: a reference, not the legal invoice. It belongs to
/// the organisation that has its customer number. Source: design.md «Credits».
/// </summary>
public sealed class Credit : IMaybeOrganisationOwned, IStamped
{
    public const int ReferenceMaxLength = Dossier.ReferenceMaxLength;
    public const int BeneficiaryNameMaxLength = 120;
    public const int InvoiceNumberMaxLength = 40;

    /// <summary>Ten million euros: more is a slip of the keyboard.</summary>
    public const long MaxCents = 1_000_000_000;

    public long Id { get; init; }

    /// <summary>Unique; see <see cref="Dossiers.GrmsNumber"/>.</summary>
    public required string GrmsNumber { get; init; }

    /// <summary>Of the dealer, as the accounts have it.</summary>
    public required string CustomerNumber { get; init; }

    /// <summary>Who has this customer number; null while no confirmed organisation does, which keeps it from every dealer.</summary>
    public int? OrganisationId { get; set; }

    public required CreditKind Kind { get; set; }
    public required CreditState State { get; set; }
    public string? ModelCode { get; set; }
    public string? SerialNumber { get; set; }
    public string? Imei { get; set; }

    /// <summary>What the dealer calls it.</summary>
    public string? Reference { get; set; }

    /// <summary>The reference as look-ups compare it: capitals, without white space.</summary>
    public string? ReferenceKey { get; private set; }

    public required Beneficiary Beneficiary { get; set; }

    /// <summary>The distributor's name, where the accounts tell it.</summary>
    public string? BeneficiaryName { get; set; }

    public string? InvoiceNumber { get; set; }
    public DateOnly? InvoiceDate { get; set; }

    /// <summary>In cents of a euro, so that both databases add them up exactly.</summary>
    public required long AmountCents { get; set; }

    /// <summary>What the device was worth before it lost in value, in cents; null where the accounts do not tell it.</summary>
    public long? ValueCents { get; set; }

    /// <summary>By how much the device lost in value, in percent; null where the accounts do not tell it.</summary>
    public decimal? Depreciation { get; set; }

    public required DateOnly RequestedOn { get; set; }

    /// <summary>The dossier that the accounts name.</summary>
    public string? DossierNumber { get; set; }

    /// <summary>The dossier that ended in it; null while none is found.</summary>
    public long? DossierId { get; set; }

    /// <summary>Since when it is new, changed, or has a new owner, so that its dossier is to be looked for and told; null once that is done.</summary>
    public DateTime? DueSince { get; set; }

    /// <summary>When the dossier's owner was told that it is issued; null before.</summary>
    public DateTime? ToldAt { get; set; }

    /// <summary>The import that brought it.</summary>
    public required Guid ImportId { get; init; }

    /// <summary>The import that last changed it; null once a person did.</summary>
    public Guid? ChangedById { get; set; }

    public required DateTime CreatedAt { get; init; }
    public required DateTime ChangedAt { get; set; }
    public Guid Stamp { get; set; }

    public decimal Amount => AmountCents / 100m;

    /// <summary>What could be expected before depreciation: as the accounts tell it, or what it must have been; null where neither is known.</summary>
    public decimal? Expected => ValueCents is { } value ? value / 100m
        : Depreciation is > 0 and < 100 ? Math.Round(Amount / (1 - Depreciation.Value / 100m), 2, MidpointRounding.AwayFromZero)
        : Depreciation == 0 ? Amount : null;

    /// <summary>As <see cref="ReferenceKey"/> compares; null where nothing is left to compare.</summary>
    public static string? KeyOf(string? reference) => TypedCode.Compact(reference, ReferenceMaxLength, "");

    public void SetReference(string? reference) => (Reference, ReferenceKey) = (reference, KeyOf(reference));

    internal sealed class Configuration : IEntityTypeConfiguration<Credit>
    {
        public void Configure(EntityTypeBuilder<Credit> builder)
        {
            builder.ToTable("Credits");
            builder.Property(c => c.GrmsNumber).HasMaxLength(Dossiers.GrmsNumber.MaxLength);
            builder.Property(c => c.CustomerNumber).HasMaxLength(Organisation.CustomerNumberMaxLength);
            builder.Property(c => c.ModelCode).HasMaxLength(Catalogue.ModelCode.MaxLength);
            builder.Property(c => c.SerialNumber).HasMaxLength(Dossiers.SerialNumber.MaxLength);
            builder.Property(c => c.Imei).HasMaxLength(Dossiers.Imei.MaxLength);
            builder.Property(c => c.Reference).HasMaxLength(ReferenceMaxLength);
            builder.Property(c => c.ReferenceKey).HasMaxLength(ReferenceMaxLength);
            builder.Property(c => c.BeneficiaryName).HasMaxLength(BeneficiaryNameMaxLength);
            builder.Property(c => c.InvoiceNumber).HasMaxLength(InvoiceNumberMaxLength);
            builder.Property(c => c.DossierNumber).HasMaxLength(Dossier.NumberMaxLength);
            builder.Property(c => c.Depreciation).HasPrecision(5, 2);
            builder.Ignore(c => c.Amount);
            builder.Ignore(c => c.Expected);
            builder.HasOne<Organisation>().WithMany().HasForeignKey(c => c.OrganisationId);
            builder.HasOne<Dossier>().WithMany().HasForeignKey(c => c.DossierId);
            builder.HasIndex(c => c.GrmsNumber).IsUnique();
            builder.HasIndex(c => new { c.OrganisationId, c.RequestedOn, c.Id });
            builder.HasIndex(c => new { c.RequestedOn, c.Id });
            builder.HasIndex(c => c.SerialNumber);
            builder.HasIndex(c => c.ReferenceKey);
            builder.HasIndex(c => c.ModelCode);
            builder.HasIndex(c => c.CustomerNumber);
            builder.HasIndex(c => c.DossierId);
            builder.HasIndex(c => c.ImportId);
            builder.HasIndex(c => c.DueSince).HasFilter("[DueSince] IS NOT NULL");
        }
    }
}

/// <summary>What a credit said before an import changed it, so that the import can be undone.</summary>
public sealed class CreditRevision
{
    public long Id { get; init; }
    public required long CreditId { get; init; }
    public required Guid ImportId { get; init; }

    /// <summary>The import that had changed it last before; null for a person.</summary>
    public Guid? ChangedById { get; init; }

    /// <summary>A <see cref="CreditData"/> as JSON.</summary>
    public required string Before { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<CreditRevision>
    {
        public void Configure(EntityTypeBuilder<CreditRevision> builder)
        {
            builder.ToTable("CreditRevisions");
            builder.Property(r => r.Before).HasMaxLength(2000);
            builder.HasOne<Credit>().WithMany().HasForeignKey(r => r.CreditId);
            builder.HasIndex(r => new { r.ImportId, r.Id });
        }
    }
}
