using DealerPortal.Core.Accounts;
using DealerPortal.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DealerPortal.Core.Organisations;

public enum MembershipRole : byte
{
    Employee = 0,
    Administrator = 1,
}

public enum MembershipStatus : byte
{
    Pending = 0,
    Approved = 1,
    Refused = 2,
    Deactivated = 3,
}

/// <summary>A person's place in an organisation. Only an approved one opens anything but the waiting page.</summary>
public sealed class Membership : IStamped
{
    public int Id { get; init; }
    public required int UserId { get; init; }
    public required int OrganisationId { get; init; }
    public MembershipRole Role { get; set; }
    public MembershipStatus Status { get; private set; }
    public required DateTime RequestedAt { get; init; }
    public DateTime? DecidedAt { get; private set; }
    public int? DecidedById { get; private set; }

    /// <summary>When the administrators were reminded of a request that nobody had decided.</summary>
    public DateTime? RemindedAt { get; set; }

    public Guid Stamp { get; set; }

    /// <summary>The creator of an organisation administers it at once.</summary>
    public static Membership OfCreator(int userId, int organisationId, DateTime now) => new()
    {
        UserId = userId,
        OrganisationId = organisationId,
        RequestedAt = now,
        Role = MembershipRole.Administrator,
        Status = MembershipStatus.Approved,
        DecidedAt = now,
        DecidedById = userId,
    };

    /// <summary>Somebody who was invited is a member from the moment they accept.</summary>
    public static Membership OfInvited(int userId, int organisationId, MembershipRole role, int invitedById, DateTime now) => new()
    {
        UserId = userId,
        OrganisationId = organisationId,
        RequestedAt = now,
        Role = role,
        Status = MembershipStatus.Approved,
        DecidedAt = now,
        DecidedById = invitedById,
    };

    /// <summary>A request to join; open until an administrator decides.</summary>
    public static Membership Request(int userId, int organisationId, DateTime now) => new()
    {
        UserId = userId,
        OrganisationId = organisationId,
        RequestedAt = now,
    };

    /// <summary>Decides a pending request; false when somebody had decided before, which changes nothing.</summary>
    public bool Decide(bool approve, int decidedById, DateTime now)
    {
        if (Status != MembershipStatus.Pending)
            return false;
        Status = approve ? MembershipStatus.Approved : MembershipStatus.Refused;
        DecidedAt = now;
        DecidedById = decidedById;
        return true;
    }

    /// <summary>Ends an approved membership; whether it is the last administrator's is the caller's check.</summary>
    public bool Deactivate(int decidedById, DateTime now)
    {
        if (Status != MembershipStatus.Approved)
            return false;
        Status = MembershipStatus.Deactivated;
        DecidedAt = now;
        DecidedById = decidedById;
        return true;
    }

    /// <summary>Gives a deactivated colleague the place back, or one to a person who was refused by mistake.</summary>
    public bool Reactivate(int decidedById, DateTime now)
    {
        if (Status is not (MembershipStatus.Deactivated or MembershipStatus.Refused))
            return false;
        Status = MembershipStatus.Approved;
        DecidedAt = now;
        DecidedById = decidedById;
        return true;
    }

    internal sealed class Configuration : IEntityTypeConfiguration<Membership>
    {
        public void Configure(EntityTypeBuilder<Membership> builder)
        {
            builder.ToTable("Memberships");
            builder.HasOne<User>().WithMany().HasForeignKey(m => m.UserId);
            builder.HasOne<User>().WithMany().HasForeignKey(m => m.DecidedById);
            builder.HasOne<Organisation>().WithMany().HasForeignKey(m => m.OrganisationId);
            builder.HasIndex(m => new { m.UserId, m.OrganisationId }).IsUnique();
            builder.HasIndex(m => new { m.OrganisationId, m.Status });
            builder.HasIndex(m => new { m.Status, m.RequestedAt });
        }
    }
}
