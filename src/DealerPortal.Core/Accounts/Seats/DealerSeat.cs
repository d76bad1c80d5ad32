using DealerPortal.Core.Organisations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DealerPortal.Core.Accounts.Seats;

/// <summary>What support does in a dealer's place.</summary>
public enum SeatMode : byte
{
    /// <summary>Sees the dealer's pages and can change nothing.</summary>
    Look = 1,

    /// <summary>Also files dossiers for the dealer, who phones.</summary>
    File = 2,
}

/// <summary>That a session of the staff shows the dealer's side of the portal as one of its members sees it.</summary>
public sealed class DealerSeat
{
    public required Guid SessionId { get; init; }
    public required int MembershipId { get; init; }
    public required SeatMode Mode { get; init; }
    public required DateTime TakenAt { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<DealerSeat>
    {
        public void Configure(EntityTypeBuilder<DealerSeat> builder)
        {
            builder.ToTable("DealerSeats");
            builder.HasKey(s => s.SessionId);
            builder.Property(s => s.SessionId).ValueGeneratedNever();
            builder.HasOne<UserSession>().WithMany().HasForeignKey(s => s.SessionId);
            builder.HasOne<Membership>().WithMany().HasForeignKey(s => s.MembershipId);
        }
    }
}

/// <summary>The dealer in whose place a member of the staff is, as requests know it.</summary>
/// <param name="UserId">The dealer.</param>
public sealed record SeatedDealer(int MembershipId, SeatMode Mode, int UserId, string FirstName, string LastName, SessionOrganisation Organisation)
{
    public string FullName => $"{FirstName} {LastName}";
}
