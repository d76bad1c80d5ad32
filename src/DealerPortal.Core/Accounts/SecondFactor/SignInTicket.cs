using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DealerPortal.Core.Accounts.SecondFactor;

/// <summary>A sign-in whose password was right and whose second step is still to come, bound to the browser. It is no session and opens nothing.</summary>
public sealed class SignInTicket
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    public required Guid Id { get; init; }
    public required int UserId { get; init; }

    /// <summary>SHA-256 of the secret in the browser's cookie, hexadecimal.</summary>
    public required string BrowserHash { get; init; }

    /// <summary>The stamp of the user when the password was right; with another one the ticket is void.</summary>
    public required string SecurityStamp { get; init; }

    /// <summary>Whether the session shall outlive the browser's window.</summary>
    public required bool Keep { get; init; }

    public required DateTime CreatedAt { get; init; }
    public DateTime? ConsumedAt { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<SignInTicket>
    {
        public void Configure(EntityTypeBuilder<SignInTicket> builder)
        {
            builder.ToTable("SignInTickets");
            builder.Property(t => t.Id).ValueGeneratedNever();
            builder.Property(t => t.BrowserHash).HasMaxLength(64);
            builder.HasOne<User>().WithMany().HasForeignKey(t => t.UserId);
            builder.HasIndex(t => t.CreatedAt);
        }
    }
}
