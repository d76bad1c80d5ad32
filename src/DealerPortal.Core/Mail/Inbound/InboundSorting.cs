using MimeKit;

namespace DealerPortal.Core.Mail.Inbound;

/// <summary>Tells what a machine wrote, which nobody needs to read. Source: RFC 3834, and what mail programs add of their own.</summary>
internal static class InboundSorting
{
    private static readonly string[] _machines = ["X-Auto-Response-Suppress", "X-Autoreply", "X-Autorespond", "X-Auto-Reply", "List-Id", "List-Unsubscribe"];
    private static readonly string[] _precedences = ["bulk", "junk", "list", "auto_reply"];

    public static InboundReason? ReasonToIgnore(InboundMessage mail, MailOptions options) =>
        IsOwn(mail, options) ? InboundReason.OwnMail
        : IsAutomatic(mail) ? InboundReason.AutomaticReply
        : null;

    private static bool IsOwn(InboundMessage mail, MailOptions options)
    {
        var own = (string[])[options.From, options.Inbound.Address];
        return own.Contains(mail.Sender, StringComparer.OrdinalIgnoreCase)
            || mail.Message.MessageId is { } id && string.Equals(id[(id.LastIndexOf('@') + 1)..], options.From.Split('@')[^1], StringComparison.OrdinalIgnoreCase);
    }

    private static bool IsAutomatic(InboundMessage mail)
    {
        var headers = mail.Headers;
        // «no» is what a person's program says, if anything; what follows a semicolon is for its maker only.
        if (headers[HeaderId.AutoSubmitted] is { } submitted && !string.Equals(submitted.Split(';')[0].Trim(), "no", StringComparison.OrdinalIgnoreCase))
            return true;
        if (headers[HeaderId.Precedence] is { } precedence && _precedences.Contains(precedence.Trim(), StringComparer.OrdinalIgnoreCase))
            return true;
        return _machines.Any(headers.Contains)
            || headers[HeaderId.ReturnPath]?.Trim() == "<>"
            || mail.Message.Body is MultipartReport;
    }
}
