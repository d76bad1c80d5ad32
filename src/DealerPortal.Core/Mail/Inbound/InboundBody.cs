using System.Text;
using MimeKit;
using MimeKit.Tnef;

namespace DealerPortal.Core.Mail.Inbound;

/// <summary>A file of a mail, not looked at yet.</summary>
/// <param name="Name">As the sender's program names it, fit to be shown.</param>
public sealed record InboundFile(string Name, MimePart Part)
{
    public Stream Open()
    {
        var content = new MemoryStream();
        Part.Content?.DecodeTo(content);
        content.Position = 0;
        return content;
    }
}

/// <summary>What somebody wrote in a mail and what they attached.</summary>
public sealed class InboundBody
{
    /// <summary>A picture that the text shows and that is smaller belongs to a signature.</summary>
    private const int SmallPicture = 32 * 1024;

    private const int NameMaxLength = 120;

    private readonly StringBuilder _text = new();
    private readonly StringBuilder _html = new();
    private readonly List<InboundFile> _files = [];

    private InboundBody(MimeMessage message)
    {
        if (message.Body is { } body)
            Visit(body);
        if (_files.Count > 0)
        {
            var html = message.HtmlBody ?? "";
            _files.RemoveAll(file => IsOfSignature(file.Part, html));
        }
    }

    public IReadOnlyList<InboundFile> Files => _files;

    /// <summary>All of it as plain text.</summary>
    public string WholeText => _text.Length > 0 && !string.IsNullOrWhiteSpace(_text.ToString()) ? _text.ToString() : HtmlText.Whole(_html.ToString());

    /// <summary>Only what the sender wrote, without what was answered and without what a program adds.</summary>
    public string OwnText => _text.Length > 0 && !string.IsNullOrWhiteSpace(_text.ToString())
        ? ReplyText.Own(_text.ToString())
        : ReplyText.Own(HtmlText.WithQuotesMarked(_html.ToString()));

    public static InboundBody Of(MimeMessage message) => new(message);

    private void Visit(MimeEntity entity)
    {
        switch (entity)
        {
            case MultipartAlternative alternative:
                VisitAlternative(alternative);
                break;
            case Multipart multipart:
                // Apple's programs write a text in several parts, with the pictures between them.
                foreach (var part in multipart)
                    Visit(part);
                break;
            case TnefPart tnef:
                foreach (var file in tnef.ExtractAttachments().OfType<MimePart>())
                    Add(file);
                break;
            case MessagePart { Message: { } attached } message:
                Add(new MimePart("message", "rfc822") { FileName = Name(message.ContentDisposition?.FileName ?? attached.Subject) is { Length: > 0 } name ? name : "mail.eml" });
                break;
            case TextPart { IsAttachment: false, FileName: null } text:
                Take(text);
                break;
            case MimePart part when !IsOfTheEnvelope(part):
                Add(part);
                break;
        }
    }

    /// <summary>The same in several forms: plain text if there is one.</summary>
    private void VisitAlternative(MultipartAlternative alternative)
    {
        var plain = alternative.OfType<TextPart>().FirstOrDefault(part => part.IsPlain && !string.IsNullOrWhiteSpace(part.Text));
        foreach (var part in alternative)
        {
            if (part is TextPart text)
            {
                if (plain is null ? text.IsHtml : text == plain)
                    Take(text);
            }
            else if (plain is not null && part is MultipartRelated related)
            {
                foreach (var file in related.Where(file => file is not TextPart { IsAttachment: false }))
                    Visit(file);
            }
            else
            {
                Visit(part);
            }
        }
    }

    private void Take(TextPart part)
    {
        if (part.IsHtml)
            _html.Append(part.Text).Append('\n');
        else if (part.IsPlain)
            _text.Append((part.IsFlowed ? Unflowed(part) : part.Text).Replace($"{ReplyText.QuoteMark}", "", StringComparison.Ordinal).Replace($"{ReplyText.EndMark}", "", StringComparison.Ordinal)).Append('\n');
        else if (!part.ContentType.IsMimeType("text", "calendar"))
            Add(part);
    }

    private void Add(MimePart part) => _files.Add(new InboundFile(Name(part.FileName) is { Length: > 0 } name ? name : part.ContentType.MimeType, part));

    private static bool IsOfTheEnvelope(MimePart part) => part.ContentType.IsMimeType("application", "pkcs7-signature")
        || part.ContentType.IsMimeType("application", "x-pkcs7-signature") || part.ContentType.IsMimeType("application", "pgp-signature");

    private static bool IsOfSignature(MimePart part, string html)
    {
        if (part.ContentId is not { Length: > 0 } id || !part.ContentType.IsMimeType("image", "*") || !html.Contains($"cid:{id}", StringComparison.OrdinalIgnoreCase))
            return false;
        using var content = new InboundFile("", part).Open();
        return content.Length < SmallPicture;
    }

    /// <summary>Lines that were broken only to fit are whole again (RFC 3676).</summary>
    private static string Unflowed(TextPart part)
    {
        var joinsWithoutSpace = string.Equals(part.ContentType.Parameters["delsp"], "yes", StringComparison.OrdinalIgnoreCase);
        var text = new StringBuilder();
        foreach (var raw in part.Text.ReplaceLineEndings("\n").Split('\n'))
        {
            var line = raw.StartsWith(' ') ? raw[1..] : raw;
            var flows = line.EndsWith(' ') && line != "-- " && !line.StartsWith('>');
            if (flows && joinsWithoutSpace)
                line = line[..^1];
            text.Append(line);
            if (!flows)
                text.Append('\n');
        }

        return text.ToString();
    }

    private static string Name(string? name)
    {
        var line = MailPage.Flow(InboundMessage.Printable(name ?? "")).Trim();
        if (line.Length <= NameMaxLength)
            return line;
        return line[..(char.IsHighSurrogate(line[NameMaxLength - 1]) ? NameMaxLength - 1 : NameMaxLength)];
    }
}
