using System.Text.Json;
using DealerPortal.Core.Accounts;
using DealerPortal.Core.Data;
using DealerPortal.Core.Organisations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DealerPortal.Core.Dossiers;

/// <summary>
/// A form that is being filled in: the posted pairs as they were typed, so that a half-typed date survives and
/// a form may change its shape. Saved by conditional updates on id, revision and «not consumed».
/// </summary>
public sealed class Draft : IOrganisationOwned
{
    /// <summary>Characters of the stored pairs; far above any form, low enough to stop a flood.</summary>
    public const int PairsMaxLength = 100_000;

    /// <summary>Drafts nobody touched for this long are removed.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(30);

    public required Guid Id { get; init; }
    public required int OrganisationId { get; init; }
    public required int OwnerId { get; init; }

    /// <summary>The dealer for whom support fills it in; null where people file for themselves.</summary>
    public int? ForUserId { get; init; }
    public required DossierType Type { get; init; }
    public required DateTime CreatedAt { get; init; }
    public required DateTime SavedAt { get; init; }

    /// <summary>Grows with every save.</summary>
    public int Revision { get; init; }

    /// <summary>The posted name–value pairs, as JSON; read through <see cref="ReadPairs"/>.</summary>
    public required string Pairs { get; init; }

    /// <summary>When sending turned it into a dossier; from then on nothing changes it.</summary>
    public DateTime? ConsumedAt { get; init; }

    public long? DossierId { get; init; }

    /// <summary>The dossier whose data it started with.</summary>
    public long? CopiedFromId { get; init; }

    public IReadOnlyList<KeyValuePair<string, string>> ReadPairs() =>
        (JsonSerializer.Deserialize<string[][]>(Pairs) ?? []).Select(p => KeyValuePair.Create(p[0], p[1])).ToList();

    public static string WritePairs(IEnumerable<KeyValuePair<string, string>> pairs) =>
        JsonSerializer.Serialize(pairs.Select(p => new[] { p.Key, p.Value }));

    internal sealed class Configuration : IEntityTypeConfiguration<Draft>
    {
        public void Configure(EntityTypeBuilder<Draft> builder)
        {
            builder.ToTable("Drafts");
            builder.Property(d => d.Pairs).HasMaxLength(PairsMaxLength);
            builder.HasOne<Organisation>().WithMany().HasForeignKey(d => d.OrganisationId);
            builder.HasOne<User>().WithMany().HasForeignKey(d => d.OwnerId);
            builder.HasOne<User>().WithMany().HasForeignKey(d => d.ForUserId);
            builder.HasOne<Dossier>().WithMany().HasForeignKey(d => d.DossierId);
            builder.HasOne<Dossier>().WithMany().HasForeignKey(d => d.CopiedFromId);
            builder.HasIndex(d => new { d.OwnerId, d.OrganisationId, d.SavedAt });
            builder.HasIndex(d => d.SavedAt);
        }
    }
}
