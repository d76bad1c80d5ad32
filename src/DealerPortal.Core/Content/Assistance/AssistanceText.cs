using DealerPortal.Core.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DealerPortal.Core.Content.Assistance;

/// <summary>Where a version stands on a day.</summary>
public enum AssistanceState
{
    Coming,
    InForce,
    Past,
    Withdrawn,
}

/// <summary>
/// One version of what dealers read about consumers' questions. A version is never changed: another takes its place from a
/// day on, and one whose day has not come can be taken back. Before the first one the portal's own text stands. Decision 0020.
/// </summary>
public sealed class AssistanceText
{
    public int Id { get; init; }

    /// <summary>From 1. Unique: of two people who add one at once the second is told.</summary>
    public required int Version { get; init; }

    /// <summary>The first day in Brussels on which it is read.</summary>
    public required DateOnly EffectiveFrom { get; init; }

    /// <summary>Markdown with the places of <see cref="AssistancePlaces"/>.</summary>
    public required LocalizedText Text { get; init; }

    public required DateTime CreatedAt { get; init; }
    public required int CreatedById { get; init; }
    public DateTime? WithdrawnAt { get; private set; }

    /// <summary>Takes it back; false when its day has come or it was taken back already, which changes nothing.</summary>
    public bool Withdraw(DateOnly today, DateTime now)
    {
        if (EffectiveFrom <= today || WithdrawnAt is not null)
            return false;
        WithdrawnAt = now;
        return true;
    }

    internal sealed class Configuration : IEntityTypeConfiguration<AssistanceText>
    {
        public void Configure(EntityTypeBuilder<AssistanceText> builder)
        {
            builder.ToTable("AssistanceTexts");
            builder.ComplexProperty(t => t.Text, text =>
            {
                text.Property(t => t.Fr).HasMaxLength(Markdown.MaxLength).HasColumnName("TextFr");
                text.Property(t => t.Nl).HasMaxLength(Markdown.MaxLength).HasColumnName("TextNl");
                text.Property(t => t.De).HasMaxLength(Markdown.MaxLength).HasColumnName("TextDe");
                text.Property(t => t.En).HasMaxLength(Markdown.MaxLength).HasColumnName("TextEn");
            });
            builder.HasOne<User>().WithMany().HasForeignKey(t => t.CreatedById);
            builder.HasIndex(t => t.Version).IsUnique();
            builder.HasIndex(t => t.EffectiveFrom);
        }
    }
}

public static class AssistanceVersions
{
    /// <summary>The version that is read on a day: of those whose day has come the latest, the newer of two of one day.</summary>
    public static IQueryable<AssistanceText> InForceOn(this IQueryable<AssistanceText> versions, DateOnly day) =>
        versions.Where(t => t.WithdrawnAt == null && t.EffectiveFrom <= day).OrderByDescending(t => t.EffectiveFrom).ThenByDescending(t => t.Version).Take(1);

    public static IReadOnlyDictionary<int, AssistanceState> StatesOn(this IReadOnlyCollection<AssistanceText> versions, DateOnly day)
    {
        var inForce = versions.AsQueryable().InForceOn(day).FirstOrDefault();
        return versions.ToDictionary(t => t.Id, t => t switch
        {
            { WithdrawnAt: not null } => AssistanceState.Withdrawn,
            _ when t.EffectiveFrom > day => AssistanceState.Coming,
            _ => t == inForce ? AssistanceState.InForce : AssistanceState.Past,
        });
    }
}
