using DealerPortal.Core.Accounts;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Privacy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DealerPortal.Core.Mail.Inbound;

/// <summary>What became of a mail that came in.</summary>
public enum InboundOutcome : byte
{
    /// <summary>It is a message on its dossier.</summary>
    Taken = 1,

    /// <summary>A machine wrote it: nobody needs to look at it.</summary>
    Ignored = 2,

    /// <summary>Support looks at it: nothing is guessed.</summary>
    Kept = 3,
}

/// <summary>Why a mail did not become a message.</summary>
public enum InboundReason : byte
{
    AutomaticReply = 1,
    OwnMail = 2,

    /// <summary>A report that a mail of ours could not be delivered; it is on record there.</summary>
    MailReturned = 3,

    /// <summary>None of its addresses has a token that was given out.</summary>
    UnknownToken = 10,

    /// <summary>Nobody in the portal has the sender's address, or it has several senders.</summary>
    UnknownSender = 11,

    /// <summary>The sender may not write on that dossier, or not any more.</summary>
    NotAllowed = 12,

    /// <summary>The dossier was closed for longer than an answer reopens it.</summary>
    ClosedTooLong = 13,
    TooLarge = 14,

    /// <summary>No text of the sender's own, and no file that could be taken.</summary>
    NothingToSay = 15,

    /// <summary>It could not be read, again and again.</summary>
    Unreadable = 16,
}

/// <summary>
/// A mail that came in, once for ever: by its place in the mailbox, and by what makes it the same mail wherever it lies. The row is
/// part of the save that made it a message. Its text is kept only where support has to look at it.
/// </summary>
public sealed class InboundMail
{
    public const int TextMaxLength = 20_000;
    public const int HeaderMaxLength = 250;
    public const int FilesMaxLength = 2000;

    public required Guid Id { get; init; }

    /// <summary>The mailbox, and in it UIDVALIDITY and UID of RFC 3501.</summary>
    public required string Mailbox { get; init; }
    public required long UidValidity { get; init; }
    public required long Uid { get; init; }

    /// <summary>Hash of Message-ID, sender and date, or of the whole head where it has no Message-ID.</summary>
    public required string Fingerprint { get; init; }

    public required DateTime ReceivedAt { get; init; }
    public required InboundOutcome Outcome { get; init; }
    public InboundReason? Reason { get; init; }

    /// <summary>The address of From, as it came.</summary>
    [EndUserData]
    public string? Sender { get; init; }

    [EndUserData]
    public string? SenderName { get; init; }

    /// <summary>To whom it was addressed, without a token.</summary>
    public string? Recipient { get; init; }

    [EndUserData]
    public string? Subject { get; init; }

    /// <summary>When it was written, as its head says.</summary>
    public DateTime? SentAt { get; init; }

    public string? MessageId { get; init; }

    /// <summary>As plain text, its quotes included; only of what was kept.</summary>
    [EndUserData]
    public string? Text { get; init; }

    /// <summary>Names of its files, one a line. The files themselves stay in the mailbox.</summary>
    [EndUserData]
    public string? Files { get; init; }

    /// <summary>The dossier it became a message of, or was added to by hand.</summary>
    public long? DossierId { get; set; }

    /// <summary>When support had done with it.</summary>
    public DateTime? SettledAt { get; set; }

    public int? SettledById { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<InboundMail>
    {
        public void Configure(EntityTypeBuilder<InboundMail> builder)
        {
            builder.ToTable("InboundMails");
            builder.Property(m => m.Id).ValueGeneratedNever();
            builder.Property(m => m.Mailbox).HasMaxLength(200);
            builder.Property(m => m.Fingerprint).HasMaxLength(64);
            builder.Property(m => m.Sender).HasMaxLength(HeaderMaxLength + 1);
            builder.Property(m => m.SenderName).HasMaxLength(HeaderMaxLength + 1);
            builder.Property(m => m.Recipient).HasMaxLength(HeaderMaxLength + 1);
            builder.Property(m => m.Subject).HasMaxLength(HeaderMaxLength + 1);
            builder.Property(m => m.MessageId).HasMaxLength(HeaderMaxLength + 1);
            builder.Property(m => m.Text).HasMaxLength(TextMaxLength);
            builder.Property(m => m.Files).HasMaxLength(FilesMaxLength);
            builder.HasOne<Dossier>().WithMany().HasForeignKey(m => m.DossierId);
            builder.HasOne<User>().WithMany().HasForeignKey(m => m.SettledById);
            builder.HasIndex(m => new { m.Mailbox, m.UidValidity, m.Uid }).IsUnique();
            builder.HasIndex(m => m.Fingerprint).IsUnique();
            builder.HasIndex(m => new { m.Outcome, m.ReceivedAt });
        }
    }
}
