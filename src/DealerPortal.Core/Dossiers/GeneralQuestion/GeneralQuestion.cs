using DealerPortal.Core.Privacy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DealerPortal.Core.Dossiers;

/// <summary>The answers that only a general question, the contact form, has.</summary>
public sealed class GeneralQuestion : IDossierDetails
{
    public const int SubjectMaxLength = 120;
    public const int MessageMaxLength = 4000;

    public long DossierId { get; init; }
    public required int OrganisationId { get; init; }
    [EndUserData]
    public required string Subject { get; init; }
    [EndUserData]
    public required string Message { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<GeneralQuestion>
    {
        public void Configure(EntityTypeBuilder<GeneralQuestion> builder)
        {
            builder.MapDetails("GeneralQuestions");
            builder.Property(q => q.Subject).HasMaxLength(SubjectMaxLength);
            builder.Property(q => q.Message).HasMaxLength(MessageMaxLength);
        }
    }
}
