using DealerPortal.Core.Mail;
using DealerPortal.Core.Mail.Bounces;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DealerPortal.Core.Accounts;

/// <summary>What a person may do for the house. Dealers have <see cref="None"/>; their rights come from memberships.</summary>
public enum StaffRole : byte
{
    None = 0,
    SupportAgent = 1,
    PortalAdministrator = 2,
}

/// <summary>A person who can sign in. The user name is the e-mail address.</summary>
public sealed class User : IdentityUser<int>
{
    public const int NameMaxLength = 60;

    public required string FirstName { get; set; }
    public required string LastName { get; set; }

    /// <summary>One of <c>fr</c>, <c>nl</c>, <c>de</c>, <c>en</c>: the language of pages and mails.</summary>
    public required string Language { get; set; }

    /// <summary>The default of «keep me informed by mail» for new dossiers.</summary>
    public bool NotifyByMail { get; set; } = true;

    /// <summary>The kinds of mails that this person does without, also about dossiers that keep them informed.</summary>
    public MailTopics MutedMails { get; set; }

    /// <summary>The address to which mails do not get; null while none came back. Another address than the person's own says nothing any more.</summary>
    public string? BouncedAddress { get; set; }

    /// <summary>When a mail to it came back.</summary>
    public DateTime? BouncedAt { get; set; }

    /// <summary>What the server said, without personal data.</summary>
    public string? BounceReason { get; set; }

    /// <summary>When the flag was last taken away: reports of mails from before set none.</summary>
    public DateTime? BounceClearedAt { get; set; }

    /// <summary>Whether mails to the address the person has now do not get there.</summary>
    public bool HasBounced => BouncedAddress is not null && BouncedAddress == Email;

    public StaffRole StaffRole { get; set; }
    public DateTime CreatedAt { get; init; }
    public DateTime? LastSignInAt { get; set; }
    public DateTime? DeactivatedAt { get; set; }

    /// <summary>When the person's data were erased for good; the row stays without a name.</summary>
    public DateTime? ErasedAt { get; set; }

    /// <summary>The key of the authenticator app, protected; null when there is none. <see cref="IdentityUser{TKey}.TwoFactorEnabled"/> says whether there is any second factor, app or passkey.</summary>
    public string? AuthenticatorKey { get; set; }

    /// <summary>The time step of the last code that was taken; none at or before it is taken again.</summary>
    public long? LastTimeStep { get; set; }

    public string FullName => PersonName.Shown($"{FirstName} {LastName}");

    /// <summary>An account of somebody who has shown that mails to the address reach them.</summary>
    /// <param name="email">As <see cref="EmailAddress.TryParse"/> gives it; the user name as well.</param>
    internal static User OfVerified(string email, string firstName, string lastName, string language, string passwordHash, DateTime now)
    {
        var normalized = EmailAddress.Normalise(email);
        return new User
        {
            UserName = email,
            NormalizedUserName = normalized,
            Email = email,
            NormalizedEmail = normalized,
            EmailConfirmed = true,
            FirstName = firstName,
            LastName = lastName,
            Language = language,
            SecurityStamp = Secrets.NewToken(),
            PasswordHash = passwordHash,
            CreatedAt = now,
        };
    }

    internal sealed class Configuration : IEntityTypeConfiguration<User>
    {
        public void Configure(EntityTypeBuilder<User> builder)
        {
            builder.ToTable("Users");
            builder.Property(u => u.FirstName).HasMaxLength(NameMaxLength);
            builder.Property(u => u.LastName).HasMaxLength(NameMaxLength);
            builder.Property(u => u.Language).HasMaxLength(2);
            builder.Property(u => u.PhoneNumber).HasMaxLength(16);
            builder.Property(u => u.AuthenticatorKey).HasMaxLength(500);
            builder.Property(u => u.BouncedAddress).HasMaxLength(EmailAddress.MaxLength);
            builder.Property(u => u.BounceReason).HasMaxLength(Bounce.ReasonMaxLength);
            builder.Ignore(u => u.FullName);
            builder.Ignore(u => u.HasBounced);
        }
    }
}

public static class StaffMembers
{
    /// <summary>Those who may work for the house now.</summary>
    public static IQueryable<User> ActiveStaff(this IQueryable<User> users) => users.Where(u => u.StaffRole != StaffRole.None && u.DeactivatedAt == null);
}
