using System.Globalization;
using System.Text;
using MimeKit;
using MimeKit.Text;

namespace DealerPortal.Core.Mail;

/// <summary>Makes the MIME message of an outbox row; the same row makes the same message at every attempt.</summary>
internal static class OutgoingMessage
{
    /// <param name="replyTo">Where the portal itself reads the answer; null for the house's own address.</param>
    /// <exception cref="ParseException">The recipient's address is none.</exception>
    public static MimeMessage Of(OutboxMail mail, MailContent content, MailOptions options, BrandOptions brand, string? replyTo)
    {
        var message = new MimeMessage
        {
            MessageId = mail.MessageId,
            Date = new DateTimeOffset(mail.CreatedAt),
            Subject = MailQueue.OneLine(mail.Subject),
        };
        message.From.Add(new MailboxAddress(Encoding.UTF8, MailQueue.OneLine(brand.Name), options.From));
        if (replyTo is not null || !string.Equals(options.From, brand.SupportAddress, StringComparison.OrdinalIgnoreCase))
            message.ReplyTo.Add(new MailboxAddress(Encoding.UTF8, MailQueue.OneLine(brand.Name), replyTo ?? brand.SupportAddress));
        message.To.Add(new MailboxAddress(Encoding.UTF8, MailQueue.OneLine(mail.RecipientName), mail.Recipient));
        // Mail programs show what refers to the same message as one conversation; nobody sent that message.
        if (mail.DossierId is { } dossier)
        {
            var conversation = string.Create(CultureInfo.InvariantCulture, $"dossier-{dossier}@{options.From.Split('@')[^1]}");
            message.References.Add(conversation);
            message.InReplyTo = conversation;
        }

        // No answer from a holiday notice, please (RFC 3834, and Exchange's own).
        message.Headers.Add("Auto-Submitted", "auto-generated");
        message.Headers.Add("X-Auto-Response-Suppress", "All");
        message.Body = Body(content);
        message.Body.Headers.Add(HeaderId.ContentLanguage, mail.Language);
        return message;
    }

    private static MimeEntity Body(MailContent content)
    {
        var alternatives = new MultipartAlternative { Part(TextFormat.Plain, content.Text), Part(TextFormat.Html, content.Html) };
        if (content.Files.Count == 0)
            return alternatives;
        var mixed = new Multipart("mixed") { alternatives };
        foreach (var file in content.Files)
            mixed.Add(Attachment(file));
        return mixed;
    }

    private static TextPart Part(TextFormat format, string text)
    {
        var part = new TextPart(format) { ContentTransferEncoding = ContentEncoding.QuotedPrintable };
        part.SetText(Encoding.UTF8, text);
        return part;
    }

    private static MimePart Attachment(MailFile file)
    {
        var type = ContentType.Parse(file.ContentType);
        foreach (var (name, value) in file.ContentTypeParameters ?? new Dictionary<string, string>())
            type.Parameters[name] = value;
        return new MimePart(type)
        {
            Content = new MimeContent(new MemoryStream(file.Content)),
            ContentDisposition = new ContentDisposition(ContentDisposition.Attachment),
            ContentTransferEncoding = ContentEncoding.Base64,
            FileName = MailQueue.OneLine(file.Name),
        };
    }
}
