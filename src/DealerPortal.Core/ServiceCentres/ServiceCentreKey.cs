using DealerPortal.Core.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DealerPortal.Core.ServiceCentres;

/// <summary>What a key may be used for.</summary>
[Flags]
public enum CentreScopes : byte
{
    None = 0,

    /// <summary>Reporting events.</summary>
    Events = 1,
}

/// <summary>By which a service centre's machine is known. The key itself is kept nowhere; a hash of 256 random bits needs no salt.</summary>
public sealed class ServiceCentreKey
{
    /// <summary>Of the key's characters these are kept, so that people tell keys apart.</summary>
    public const int PrefixLength = 12;

    private const string Mark = "dpsc_";

    public int Id { get; init; }
    public required int CentreId { get; init; }
    public required string Prefix { get; init; }

    /// <summary>Hexadecimal SHA-256 of the whole key. Unique.</summary>
    public required string Hash { get; init; }

    public required CentreScopes Scopes { get; init; }
    public required DateTime CreatedAt { get; init; }
    public required int CreatedById { get; init; }

    /// <summary>To the minute; null for a key that was never used.</summary>
    public DateTime? LastUsedAt { get; set; }

    public DateTime? RevokedAt { get; set; }

    /// <summary>A new key, beside the one copy there will ever be of it.</summary>
    internal static (string Secret, ServiceCentreKey Key) New(int centreId, CentreScopes scopes, int createdById, DateTime now)
    {
        var secret = Mark + Secrets.NewToken();
        return (secret, new ServiceCentreKey
        {
            CentreId = centreId,
            Prefix = secret[..PrefixLength],
            Hash = Secrets.Sha256(secret),
            Scopes = scopes,
            CreatedAt = now,
            CreatedById = createdById,
        });
    }

    /// <summary>What a secret is looked up by; null for what cannot be one.</summary>
    internal static string? HashOf(string secret) => secret.Length is > 20 and < 100 && secret.StartsWith(Mark, StringComparison.Ordinal) ? Secrets.Sha256(secret) : null;

    internal sealed class Configuration : IEntityTypeConfiguration<ServiceCentreKey>
    {
        public void Configure(EntityTypeBuilder<ServiceCentreKey> builder)
        {
            builder.ToTable("ServiceCentreKeys");
            builder.Property(k => k.Prefix).HasMaxLength(PrefixLength);
            builder.Property(k => k.Hash).HasMaxLength(64);
            builder.HasOne<ServiceCentre>().WithMany().HasForeignKey(k => k.CentreId);
            builder.HasOne<User>().WithMany().HasForeignKey(k => k.CreatedById);
            builder.HasIndex(k => k.Hash).IsUnique();
        }
    }
}
