using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DealerPortal.Core.Accounts;

/// <summary>One sign-in. Its id is all that the cookie carries; ending the row ends the session everywhere.</summary>
public sealed class UserSession
{
    public required Guid Id { get; init; }
    public required int UserId { get; init; }
    public required DateTime CreatedAt { get; init; }

    /// <summary>Twelve hours after the sign-in, whatever happens in between.</summary>
    public required DateTime ExpiresAt { get; init; }

    /// <summary>The stamp of the user when signing in; a changed password or second factor makes it differ.</summary>
    public required string SecurityStamp { get; init; }

    /// <summary>The organisation whose lists this session shows; null for staff and for people without an approved membership.</summary>
    public int? OrganisationId { get; set; }

    /// <inheritdoc cref="SignInDevice.Browser"/>
    public string? Browser { get; init; }

    /// <inheritdoc cref="SignInDevice.System"/>
    public string? System { get; init; }

    /// <summary>The last request: to the half minute for staff, whose sessions end when they stand idle, to the quarter of an hour for others.</summary>
    public DateTime LastSeenAt { get; set; }

    /// <summary>When the person last proved who they are: at the sign-in, or when asked again before something delicate.</summary>
    public required DateTime ProvenAt { get; set; }

    public DateTime? EndedAt { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<UserSession>
    {
        public void Configure(EntityTypeBuilder<UserSession> builder)
        {
            builder.ToTable("Sessions");
            builder.Property(s => s.Browser).HasMaxLength(SignInDevice.MaxLength);
            builder.Property(s => s.System).HasMaxLength(SignInDevice.MaxLength);
            builder.HasOne<User>().WithMany().HasForeignKey(s => s.UserId);
            builder.HasIndex(s => s.ExpiresAt);
        }
    }
}
