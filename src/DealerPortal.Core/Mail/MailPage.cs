using System.Text;

namespace DealerPortal.Core.Mail;

/// <summary>What both renderers show: the mail's own words and those around them, evaluated once.</summary>
internal sealed record MailPage(
    MailTexts Texts,
    string Subject,
    string? Preheader,
    string Heading,
    string Greeting,
    IReadOnlyList<MailBlock> Blocks,
    string? FooterReason,
    string Signature)
{
    /// <param name="takesAnswers">Whether the mail says that it may be answered.</param>
    public static MailPage Of(PortalMail mail, MailRecipient to, MailTexts t, bool takesAnswers)
    {
        List<MailBlock> blocks = [.. mail.Blocks(t)];
        if (blocks.OfType<Button>().FirstOrDefault(button => !t.IsOwn(button.Url)) is not null)
            throw new InvalidOperationException($"A button of {mail.GetType().Name} leads out of the portal; links come from MailTexts.Url.");
        return Of(mail.Subject(t), mail.Preheader(t), mail.Heading(t), blocks, mail.FooterReason(t), to, t, takesAnswers);
    }

    /// <inheritdoc cref="Of(PortalMail, MailRecipient, MailTexts, bool)"/>
    public static MailPage Of(string subject, string? preheader, string heading, List<MailBlock> blocks, string? footerReason, MailRecipient to, MailTexts t, bool takesAnswers)
    {
        if (takesAnswers)
            blocks.Add(new Paragraph(t["Answer.ByMail"], IsNote: true));
        return new MailPage(
            t,
            MailQueue.OneLine(subject),
            preheader,
            heading,
            to.Name.Length > 0 ? t["Greeting", to.Name] : t["Greeting.Nameless"],
            blocks,
            footerReason,
            $"{t.Brand.Name} · Dealerline {t.Brand.DealerlinePhone}, {t.Brand.DealerlineHours} · {t.Brand.SupportAddress}");
    }

    /// <summary>Running text: every stretch of line breaks and control characters is one space, so that a name cannot forge a line.</summary>
    public static string Flow(string text)
    {
        var flow = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (c != ' ' && !char.IsControl(c) && c is not ('\u2028' or '\u2029'))
                flow.Append(c);
            else if (flow.Length > 0 && flow[^1] != ' ')
                flow.Append(' ');
        }

        return flow.ToString().TrimEnd(' ');
    }

    /// <summary>The lines of what somebody typed.</summary>
    public static string[] Lines(string text) => text.ReplaceLineEndings("\n").Trim('\n').Split('\n');
}
