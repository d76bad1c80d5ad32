using DealerPortal.Core.Data;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DealerPortal.Core.Accounts.Invitations;

/// <summary>A link in a mail by which somebody gets a place here: once, for a while, unless it is withdrawn.</summary>
public abstract class Invitation
{
    public required Guid Id { get; init; }
    public required string Email { get; init; }
    public required string NormalizedEmail { get; init; }

    /// <summary>Of the mail.</summary>
    public required string Language { get; init; }

    /// <summary>SHA-256 of the last link's token, hexadecimal; sending again makes another, and the one before is void.</summary>
    public required string TokenHash { get; set; }

    public required int InvitedById { get; init; }
    public required DateTime CreatedAt { get; init; }

    /// <summary>Of the last mail, from which the link's time counts.</summary>
    public required DateTime SentAt { get; set; }

    public DateTime? AcceptedAt { get; set; }
    public DateTime? WithdrawnAt { get; set; }

    private protected static void Configure<T>(EntityTypeBuilder<T> builder)
        where T : Invitation
    {
        builder.Property(i => i.Id).ValueGeneratedNever();
        builder.Property(i => i.Language).HasMaxLength(2);
        builder.Property(i => i.TokenHash).HasMaxLength(64);
        builder.HasOne<User>().WithMany().HasForeignKey(i => i.InvitedById);
        builder.HasIndex(i => i.TokenHash).IsUnique();
    }
}

internal static class InvitationQueries
{
    /// <summary>Neither accepted nor withdrawn; the time of their links may be over.</summary>
    public static IQueryable<T> Waiting<T>(this PortalDbContext db)
        where T : Invitation => db.Set<T>().Where(i => i.AcceptedAt == null && i.WithdrawnAt == null);

    /// <summary>The one that a link opens, if it still does.</summary>
    /// <param name="oldest">Links that were mailed then, or before, are void.</param>
    public static IQueryable<T> Open<T>(this PortalDbContext db, string token, DateTime oldest)
        where T : Invitation
    {
        var hash = Secrets.Sha256(token);
        return db.Waiting<T>().Where(i => i.TokenHash == hash && i.SentAt > oldest);
    }
}
