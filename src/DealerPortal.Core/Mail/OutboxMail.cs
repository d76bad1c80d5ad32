using DealerPortal.Core.Accounts;
using DealerPortal.Core.Dossiers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DealerPortal.Core.Mail;

/// <summary>
/// A mail, rendered, waiting to be sent or sent. The row is part of the save that caused it, so that neither
/// is without the other.
/// </summary>
public sealed class OutboxMail
{
    /// <summary>Stands in <see cref="LastError"/> of a mail that was not tried, since its address takes none.</summary>
    public const string AddressBounced = "address-bounced";

    public required Guid Id { get; init; }

    /// <summary>The mail's class: <c>AppointmentConfirmed</c>; where it tells several news, that of the one that matters most.</summary>
    public required string Kind { get; set; }

    public required string Recipient { get; init; }
    public required string RecipientName { get; init; }
    public required string Language { get; init; }
    public required string Subject { get; set; }

    /// <summary>Without angle brackets; the same at every attempt, so that a second copy is recognised as one.</summary>
    public required string MessageId { get; init; }

    /// <summary>HTML, text and files as JSON; protected while <see cref="IsSecret"/>, null once a secret was sent or expired.</summary>
    public string? Content { get; set; }

    /// <summary>Carries a code or a link that lets someone in: encrypted at rest, erased after sending, never sent again by hand.</summary>
    public required bool IsSecret { get; init; }

    /// <summary>The mail of which this is a copy that staff had sent again.</summary>
    public Guid? AgainOfId { get; init; }

    /// <summary>Of the token in the address that an answer goes to; null where none is taken.</summary>
    public string? ReplyTokenHash { get; init; }

    /// <summary>That token, protected; null once the mail was sent, so that nobody finds it here.</summary>
    public string? ReplyToken { get; set; }

    public int? UserId { get; init; }
    public long? DossierId { get; init; }
    public required DateTime CreatedAt { get; init; }

    /// <summary>Until when it waits for further news of the same dossier; null for what never waits.</summary>
    public DateTime? HeldUntil { get; init; }

    /// <summary>How many news it tells. Grows with each that joins it, and tells by that whether it is still what somebody read.</summary>
    public int News { get; set; } = 1;

    /// <summary>The news it is made of, as JSON, so that others can join; null once a sender had it.</summary>
    public string? Parts { get; set; }

    /// <summary>When it may be tried; null when it is sent or given up.</summary>
    public DateTime? DueAt { get; set; }

    public int Attempts { get; set; }
    public Guid? LeaseId { get; set; }
    public DateTime? LeaseUntil { get; set; }
    public DateTime? SentAt { get; set; }

    /// <summary>When it was given up; such mails are the dead letters.</summary>
    public DateTime? FailedAt { get; set; }

    /// <summary>When it came back, or was refused to its recipient for good.</summary>
    public DateTime? BouncedAt { get; set; }

    /// <summary>Whether staff had it sent although mails to its address came back. Once it is out, the address is taken to work.</summary>
    public bool TriesAddress { get; set; }

    /// <summary>The server's last refusal, without addresses, or <see cref="AddressBounced"/>.</summary>
    public string? LastError { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<OutboxMail>
    {
        public void Configure(EntityTypeBuilder<OutboxMail> builder)
        {
            builder.ToTable("OutboxMails");
            builder.Property(m => m.Id).ValueGeneratedNever();
            builder.Property(m => m.Kind).HasMaxLength(60);
            builder.Property(m => m.Language).HasMaxLength(2);
            builder.Property(m => m.Content).HasMaxLength(int.MaxValue);
            builder.Property(m => m.News).HasDefaultValue(1);
            builder.Property(m => m.Parts).HasMaxLength(int.MaxValue);
            builder.Property(m => m.LastError).HasMaxLength(500);
            builder.Property(m => m.ReplyTokenHash).HasMaxLength(64);
            builder.Property(m => m.ReplyToken).HasMaxLength(500);
            builder.HasOne<User>().WithMany().HasForeignKey(m => m.UserId);
            builder.HasOne<Dossier>().WithMany().HasForeignKey(m => m.DossierId);
            builder.HasOne<OutboxMail>().WithMany().HasForeignKey(m => m.AgainOfId);
            builder.HasIndex(m => m.DueAt);
            builder.HasIndex(m => m.CreatedAt);
            builder.HasIndex(m => m.SentAt);
            builder.HasIndex(m => new { m.Recipient, m.CreatedAt });
            builder.HasIndex(m => new { m.DossierId, m.CreatedAt });
            builder.HasIndex(m => m.FailedAt);
            builder.HasIndex(m => m.BouncedAt);
            builder.HasIndex(m => m.ReplyTokenHash).IsUnique();
        }
    }
}
