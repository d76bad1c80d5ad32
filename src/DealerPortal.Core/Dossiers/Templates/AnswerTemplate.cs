using DealerPortal.Core.Accounts;
using DealerPortal.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DealerPortal.Core.Dossiers.Templates;

/// <summary>What a template is for: each is offered where support does just that.</summary>
public enum TemplatePurpose : byte
{
    Answer = 1,

    /// <summary>To the dealer, who then has the move.</summary>
    Question = 2,

    /// <summary>Completes the request, with the template's resolution.</summary>
    Closing = 3,
}

/// <summary>A text that support sends again and again, kept in the four languages, with places that a dossier fills.</summary>
public sealed class AnswerTemplate : IStamped
{
    public const int NameMaxLength = 80;

    /// <summary>Per language; shorter than an answer or a resolution may be, so that it still fits once it is filled.</summary>
    public const int TextMaxLength = 1500;

    public int Id { get; init; }

    /// <summary>For staff, who choose by it. Unique.</summary>
    public required string Name { get; set; }

    public required TemplatePurpose Purpose { get; set; }

    /// <summary>With <see cref="TemplatePurpose.Closing"/>, and only then.</summary>
    public Resolution? Resolution { get; set; }

    /// <summary>The only type it is offered for; null for every type.</summary>
    public DossierType? Type { get; set; }

    /// <summary>With places as in <see cref="TemplateText"/>.</summary>
    public required LocalizedText Text { get; set; }

    public required DateTime UpdatedAt { get; set; }

    /// <summary>Who saved it last; null for what came with the portal.</summary>
    public int? UpdatedById { get; set; }

    /// <summary>No longer offered since; null while it is.</summary>
    public DateTime? DeactivatedAt { get; set; }

    public Guid Stamp { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<AnswerTemplate>
    {
        public void Configure(EntityTypeBuilder<AnswerTemplate> builder)
        {
            builder.ToTable("AnswerTemplates");
            builder.Property(t => t.Name).HasMaxLength(NameMaxLength);
            builder.ComplexProperty(t => t.Text, text =>
            {
                text.Property(t => t.Fr).HasMaxLength(TextMaxLength).HasColumnName("TextFr");
                text.Property(t => t.Nl).HasMaxLength(TextMaxLength).HasColumnName("TextNl");
                text.Property(t => t.De).HasMaxLength(TextMaxLength).HasColumnName("TextDe");
                text.Property(t => t.En).HasMaxLength(TextMaxLength).HasColumnName("TextEn");
            });
            builder.HasOne<User>().WithMany().HasForeignKey(t => t.UpdatedById);
            builder.HasIndex(t => t.Name).IsUnique();
        }
    }
}
