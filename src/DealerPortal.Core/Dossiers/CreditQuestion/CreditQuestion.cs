using DealerPortal.Core.Privacy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DealerPortal.Core.Dossiers;

/// <summary>The answer that only a question about a credit note has; its GRMS number is the dossier's.</summary>
public sealed class CreditQuestion : IDossierDetails
{
    public const int QuestionMaxLength = 4000;

    public long DossierId { get; init; }
    public required int OrganisationId { get; init; }
    [EndUserData]
    public required string Question { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<CreditQuestion>
    {
        public void Configure(EntityTypeBuilder<CreditQuestion> builder)
        {
            builder.MapDetails("CreditQuestions");
            builder.Property(q => q.Question).HasMaxLength(QuestionMaxLength);
        }
    }
}
