using DealerPortal.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DealerPortal.Core.Dossiers;

/// <summary>Where what was missing is sent to.</summary>
public enum DeliverTo : byte
{
    Branch = 1,
    EndUser = 2,
}

/// <summary>The answers that only a missing accessory has.</summary>
public sealed class MissingAccessory : IDossierDetails
{
    public const int MaxLines = 20;
    public const int NoteNumberMaxLength = 40;

    public long DossierId { get; init; }
    public required int OrganisationId { get; init; }
    public required DateOnly DeliveryDate { get; init; }

    /// <summary>Null where the note itself is among the files.</summary>
    public string? DeliveryNoteNumber { get; init; }

    public required DeliverTo DeliverTo { get; init; }

    /// <summary>1 to <see cref="MaxLines"/>, in the order in which they were written.</summary>
    public required IReadOnlyList<AccessoryLine> Lines { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<MissingAccessory>
    {
        public void Configure(EntityTypeBuilder<MissingAccessory> builder)
        {
            builder.MapDetails("MissingAccessories");
            builder.Property(m => m.DeliveryNoteNumber).HasMaxLength(NoteNumberMaxLength);
            builder.HasMany(m => m.Lines).WithOne().HasForeignKey(line => line.DossierId);
        }
    }
}

/// <summary>One thing that was missing.</summary>
public sealed class AccessoryLine : IOrganisationOwned
{
    public const int WhatMaxLength = 120;
    public const int PartNumberMaxLength = 40;
    public const int MaxQuantity = 99;

    public long DossierId { get; init; }

    /// <summary>From 1.</summary>
    public required int Position { get; init; }
    public required int OrganisationId { get; init; }
    public required string What { get; init; }
    public string? PartNumber { get; init; }

    /// <summary>1 to <see cref="MaxQuantity"/>.</summary>
    public required int Quantity { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<AccessoryLine>
    {
        public void Configure(EntityTypeBuilder<AccessoryLine> builder)
        {
            builder.ToTable("AccessoryLines");
            builder.HasKey(line => new { line.DossierId, line.Position });
            builder.Property(line => line.What).HasMaxLength(WhatMaxLength);
            builder.Property(line => line.PartNumber).HasMaxLength(PartNumberMaxLength);
        }
    }
}
