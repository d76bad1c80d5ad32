using System.Text;
using DealerPortal.Core.Accounts;
using MimeKit;

namespace DealerPortal.Core.Mail.Inbound;

/// <summary>Where a mail lies.</summary>
/// <param name="Mailbox">Server and folder.</param>
public sealed record InboundPlace(string Mailbox, long UidValidity, long Uid);

/// <summary>What of a mail's head matters here.</summary>
internal sealed class InboundMessage
{
    private static readonly HeaderId[] _addressed = [HeaderId.To, HeaderId.Cc];
    private static readonly string[] _delivered = ["Delivered-To", "X-Original-To", "Envelope-To"];

    private InboundMessage(HeaderList headers, MimeMessage message)
    {
        Headers = headers;
        Message = message;
        Addresses = [.. AddressesOf(headers)];
        Sender = message.From is [MailboxAddress only] ? only.Address : null;
        SenderName = message.From.Mailboxes.FirstOrDefault()?.Name;
        Fingerprint = Secrets.Sha256(string.IsNullOrWhiteSpace(message.MessageId)
            ? string.Join('\n', headers.Select(header => $"{header.Field}:{header.Value}"))
            : $"{message.MessageId}\n{message.From}\n{headers[HeaderId.Date]}");
    }

    public HeaderList Headers { get; }
    public MimeMessage Message { get; }

    /// <summary>Every address it was sent or delivered to.</summary>
    public IReadOnlyList<string> Addresses { get; }

    /// <summary>The one address of From; null where there is none or more than one.</summary>
    public string? Sender { get; }

    public string? SenderName { get; }
    public string Fingerprint { get; }

    public static InboundMessage Of(MimeMessage message) => new(message.Headers, message);

    /// <summary>The row of this mail, without what belongs to its outcome only.</summary>
    public InboundMail Row(InboundPlace place, DateTime now, InboundOutcome outcome, InboundReason? reason, string? text = null, string? files = null, long? dossierId = null)
    {
        var isKept = outcome == InboundOutcome.Kept;
        return new InboundMail
        {
            Id = Guid.CreateVersion7(new DateTimeOffset(now)),
            Mailbox = place.Mailbox,
            UidValidity = place.UidValidity,
            Uid = place.Uid,
            Fingerprint = Fingerprint,
            ReceivedAt = now,
            Outcome = outcome,
            Reason = reason,
            Sender = outcome == InboundOutcome.Taken ? null : Line(Sender ?? Message.From.ToString()),
            SenderName = isKept ? Line(SenderName) : null,
            Recipient = isKept ? Line(string.Join(", ", Message.To.Mailboxes.Select(to => WithoutTag(to.Address)))) : null,
            Subject = outcome == InboundOutcome.Taken ? null : Line(Message.Subject),
            SentAt = Message.Headers.Contains(HeaderId.Date) && Message.Date != default ? Message.Date.UtcDateTime : null,
            MessageId = Line(Message.MessageId),
            Text = isKept ? text : null,
            Files = isKept ? files : null,
            DossierId = dossierId,
        };
    }

    private static IEnumerable<string> AddressesOf(HeaderList headers)
    {
        foreach (var header in headers)
        {
            if (!_addressed.Contains(header.Id) && !_delivered.Contains(header.Field, StringComparer.OrdinalIgnoreCase))
                continue;
            if (!InternetAddressList.TryParse(header.RawValue, out var list))
                continue;
            foreach (var mailbox in list.Mailboxes)
                yield return mailbox.Address;
        }
    }

    /// <summary>What follows a plus may be a token, which is nobody's but its owner's.</summary>
    private static string WithoutTag(string address)
    {
        var (plus, at) = (address.IndexOf('+', StringComparison.Ordinal), address.LastIndexOf('@'));
        return plus >= 0 && plus < at ? address[..plus] + address[at..] : address;
    }

    private static string? Line(string? text) => string.IsNullOrWhiteSpace(text) ? null : MailQueue.OneLine(Printable(text));

    /// <summary>Without halves of characters, which a database would not give back.</summary>
    internal static string Printable(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            clean.Append(rune);
        return clean.ToString();
    }
}
