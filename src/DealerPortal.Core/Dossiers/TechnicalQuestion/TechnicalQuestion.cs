using DealerPortal.Core.Privacy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DealerPortal.Core.Dossiers;

/// <summary>The answers that only a technical question has.</summary>
public sealed class TechnicalQuestion : IDossierDetails
{
    public const int SubjectMaxLength = 120;
    public const int QuestionMaxLength = 4000;

    public long DossierId { get; init; }
    public required int OrganisationId { get; init; }
    [EndUserData]
    public required string Subject { get; init; }
    [EndUserData]
    public required string Question { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<TechnicalQuestion>
    {
        public void Configure(EntityTypeBuilder<TechnicalQuestion> builder)
        {
            builder.MapDetails("TechnicalQuestions");
            builder.Property(q => q.Subject).HasMaxLength(SubjectMaxLength);
            builder.Property(q => q.Question).HasMaxLength(QuestionMaxLength);
        }
    }
}
