using DealerPortal.Core.Privacy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DealerPortal.Core.Dossiers;

/// <summary>The answers that only a return request has.</summary>
public sealed class ReturnRequest : IDossierDetails
{
    public const int ReasonMaxLength = 500;
    public const int DescriptionMaxLength = 4000;

    public long DossierId { get; init; }
    public required int OrganisationId { get; init; }

    /// <summary>Dead on arrival; otherwise there is a <see cref="Reason"/>.</summary>
    public required bool IsDoa { get; init; }
    [EndUserData]
    public string? Reason { get; init; }
    public required bool IsDamaged { get; init; }

    /// <summary>When the end consumer bought it; null for a device that was never sold.</summary>
    public DateOnly? PurchaseDate { get; init; }
    [EndUserData]
    public required string Description { get; init; }
    public required DateOnly ReadyFrom { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<ReturnRequest>
    {
        public void Configure(EntityTypeBuilder<ReturnRequest> builder)
        {
            builder.MapDetails("ReturnRequests");
            builder.Property(r => r.Reason).HasMaxLength(ReasonMaxLength);
            builder.Property(r => r.Description).HasMaxLength(DescriptionMaxLength);
        }
    }
}
