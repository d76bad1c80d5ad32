using System.Globalization;
using DealerPortal.Core.Data;
using DealerPortal.Core.Mail.Inbound;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;

namespace DealerPortal.Core.Mail;

/// <summary>A mail ready for the outbox: rendered, and its content protected if it is secret.</summary>
public sealed class RenderedMail
{
    public required string Kind { get; init; }
    public required MailRecipient To { get; init; }
    public required string Subject { get; init; }
    public required MailContent Content { get; init; }
    public required bool IsSecret { get; init; }
    public required long? DossierId { get; init; }

    /// <summary>Whether it says that it may be answered.</summary>
    public required bool TakesAnswers { get; init; }

    /// <summary>The content as the row keeps it.</summary>
    public required string Stored { get; init; }
}

/// <summary>The way into the outbox: render first, then add the row to the save that causes the mail.</summary>
public sealed class MailQueue(
    IOptions<BrandOptions> brand,
    IOptions<PortalOptions> portal,
    IOptions<MailOptions> options,
    IDataProtectionProvider protection,
    ReplyTokens replies,
    MailSignal signal,
    TimeProvider time)
{
    private const int HeaderMaxLength = 250;

    /// <summary>The slow part, to be done before the transaction.</summary>
    /// <exception cref="KeyNotFoundException">A text is missing in the recipient's language.</exception>
    /// <exception cref="InvalidOperationException">A button leads out of the portal.</exception>
    public RenderedMail Render(PortalMail mail, MailRecipient to)
    {
        var texts = new MailTexts(to.Language, brand.Value, portal.Value, time.GetUtcNow().UtcDateTime);
        var (culture, uiCulture) = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = texts.Culture;
            return Render(mail, to with { Language = texts.Language, Name = OneLine(to.Name) }, texts);
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, uiCulture);
        }
    }

    /// <summary>Adds the mail to this write; it leaves as soon as the write is durable, and never without it.</summary>
    /// <param name="dossierId">The dossier it is about, where this very write makes it.</param>
    public void Enqueue(WriteScope write, RenderedMail mail, long? dossierId = null)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var id = Guid.CreateVersion7(time.GetUtcNow());
        var reply = mail.TakesAnswers ? replies.New() : null;
        write.Db.Add(new OutboxMail
        {
            Id = id,
            Kind = mail.Kind,
            Recipient = mail.To.Address,
            RecipientName = mail.To.Name,
            Language = mail.To.Language,
            Subject = mail.Subject,
            MessageId = $"{id:N}@{options.Value.From.Split('@')[^1]}",
            Content = mail.Stored,
            IsSecret = mail.IsSecret,
            ReplyTokenHash = reply?.Hash,
            ReplyToken = reply?.Stored,
            UserId = mail.To.UserId,
            DossierId = dossierId ?? mail.DossierId,
            CreatedAt = now,
            DueAt = now,
        });
        write.AfterCommit(signal.Wake);
    }

    private RenderedMail Render(PortalMail mail, MailRecipient to, MailTexts texts)
    {
        var takesAnswers = mail is { TakesAnswers: true, IsSecret: false } && to.UserId is not null && replies.AreTaken;
        var page = MailPage.Of(mail, to, texts, takesAnswers);
        var content = new MailContent(HtmlMailRenderer.Render(page, brand.Value), TextMailRenderer.Render(page), [.. mail.Files(texts)]);
        return new RenderedMail
        {
            Kind = mail.GetType().Name,
            To = to,
            Subject = page.Subject,
            Content = content,
            IsSecret = mail.IsSecret,
            DossierId = mail.DossierId,
            TakesAnswers = takesAnswers,
            Stored = content.Store(mail.IsSecret, protection),
        };
    }

    /// <summary>Header text: no line break or other control character, within the column.</summary>
    internal static string OneLine(string text)
    {
        var line = MailPage.Flow(text);
        if (line.Length <= HeaderMaxLength)
            return line;
        var end = char.IsHighSurrogate(line[HeaderMaxLength - 1]) ? HeaderMaxLength - 1 : HeaderMaxLength;
        return line[..end] + "…";
    }
}
