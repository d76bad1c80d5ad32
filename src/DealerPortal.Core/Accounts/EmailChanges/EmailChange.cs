using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DealerPortal.Core.Accounts.EmailChanges;

/// <summary>
/// A person's wish for another address, bound to the session in which it was said. The same rows are made for an address that
/// is in use, so that nobody can tell the two apart; the code of the new address then matches nothing.
/// </summary>
public sealed class EmailChange
{
    public required Guid Id { get; init; }
    public required int UserId { get; init; }
    public required Guid SessionId { get; init; }
    public required string NewEmail { get; init; }
    public required string NormalizedNewEmail { get; init; }
    public required DateTime CreatedAt { get; init; }

    /// <summary>When it was made, given up, or overtaken by another wish.</summary>
    public DateTime? ClosedAt { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<EmailChange>
    {
        public void Configure(EntityTypeBuilder<EmailChange> builder)
        {
            builder.ToTable("EmailChanges");
            builder.Property(c => c.Id).ValueGeneratedNever();
            builder.Property(c => c.NewEmail).HasMaxLength(EmailAddress.MaxLength);
            builder.Property(c => c.NormalizedNewEmail).HasMaxLength(EmailAddress.MaxLength);
            builder.HasOne<User>().WithMany().HasForeignKey(c => c.UserId);
            builder.HasOne<UserSession>().WithMany().HasForeignKey(c => c.SessionId);
            builder.HasIndex(c => c.CreatedAt);
        }
    }
}

/// <summary>One of the two mailboxes.</summary>
public enum EmailSide : byte
{
    /// <summary>That of the address the account has.</summary>
    Current = 0,

    New = 1,
}

/// <summary>The code that proves one of the two mailboxes.</summary>
public sealed class EmailChangeCode : MailedCode
{
    public required Guid ChangeId { get; init; }
    public required EmailSide Side { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<EmailChangeCode>
    {
        public void Configure(EntityTypeBuilder<EmailChangeCode> builder)
        {
            builder.ToTable("EmailChangeCodes");
            builder.Property(c => c.Id).ValueGeneratedNever();
            builder.HasOne<EmailChange>().WithMany().HasForeignKey(c => c.ChangeId);
            builder.HasIndex(c => new { c.ChangeId, c.Side }).IsUnique();
        }
    }
}
