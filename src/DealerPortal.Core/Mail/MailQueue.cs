using System.Globalization;
using DealerPortal.Core.Data;
using DealerPortal.Core.Mail.Inbound;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
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

    /// <inheritdoc cref="PortalMail.Part"/>
    internal MailPart? Part { get; init; }
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
        return Spoken(to.Language, texts => Render(mail, to with { Language = texts.Language, Name = OneLine(to.Name) }, texts));
    }

    /// <summary>Adds the mail to this write; it leaves as soon as the write is durable, and never without it. What is about a dossier goes by <see cref="EnqueueAsync"/>.</summary>
    public void Enqueue(WriteScope write, RenderedMail mail)
    {
        if (mail.Part is not null)
            throw new InvalidOperationException($"{mail.Kind} is about a dossier: it may join a mail that waits, see {nameof(EnqueueAsync)}.");
        Add(write, mail, null);
    }

    /// <summary>
    /// Adds the mail to this write. One about a dossier waits a moment for others about it to the same person, or joins one that
    /// waits: exactly one, as long as no sender has it.
    /// </summary>
    /// <param name="dossierId">The dossier it is about, where this very write makes it.</param>
    public async Task EnqueueAsync(WriteScope write, RenderedMail mail, CancellationToken ct, long? dossierId = null)
    {
        if (mail.Part is { } part && options.Value.GatherFor > TimeSpan.Zero && await JoinAsync(write, mail.To, part, dossierId ?? mail.DossierId, ct))
            return;
        Add(write, mail, dossierId);
    }

    /// <summary>Whether there was a mail to join. Another write may be faster, or a sender: then it is looked for anew.</summary>
    private async Task<bool> JoinAsync(WriteScope write, MailRecipient to, MailPart part, long? dossierId, CancellationToken ct)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var outbox = write.Db.Set<OutboxMail>();
        if (outbox.Local.FirstOrDefault(m => m.DossierId == dossierId && m.UserId == to.UserId && m.Recipient == to.Address && m.Parts is not null) is { } own)
        {
            var joined = With(own, to, part);
            (own.Kind, own.Subject, own.Content, own.Parts, own.News) = (joined.Kind, joined.Subject, joined.Content, joined.Parts, joined.News);
            return true;
        }

        while (true)
        {
            var held = await outbox.AsNoTracking().Where(m => m.DossierId == dossierId && m.UserId == to.UserId && m.Recipient == to.Address && m.RecipientName == to.Name
                && m.Language == to.Language && m.HeldUntil > now && m.LeaseId == null && m.Parts != null).FirstOrDefaultAsync(ct);
            if (held is null)
                return false;
            var joined = With(held, to, part);
            if (await outbox.Where(m => m.Id == held.Id && m.News == held.News && m.LeaseId == null && m.Parts != null).ExecuteUpdateAsync(
                set => set.SetProperty(m => m.Kind, joined.Kind).SetProperty(m => m.Subject, joined.Subject).SetProperty(m => m.Content, joined.Content)
                    .SetProperty(m => m.Parts, joined.Parts).SetProperty(m => m.News, joined.News), ct) == 1)
            {
                return true;
            }
        }
    }

    private Joined With(OutboxMail held, MailRecipient to, MailPart part)
    {
        List<MailPart> parts = [.. MailPart.Read(held.Parts!), part];
        var news = new GatheredNews(parts);
        return Spoken(to.Language, texts =>
        {
            var page = news.Page(to, texts, held.ReplyTokenHash is not null);
            return new Joined(news.Leading.Kind, page.Subject, ContentOf(page, news.Files).Store(isSecret: false, protection), MailPart.Store(parts), parts.Count);
        });
    }

    private T Spoken<T>(string language, Func<MailTexts, T> render)
    {
        var texts = new MailTexts(language, brand.Value, portal.Value, time.GetUtcNow().UtcDateTime);
        var (culture, uiCulture) = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = texts.Culture;
            return render(texts);
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, uiCulture);
        }
    }

    private MailContent ContentOf(MailPage page, IReadOnlyList<MailFile> files) => new(HtmlMailRenderer.Render(page, brand.Value), TextMailRenderer.Render(page), files);

    private void Add(WriteScope write, RenderedMail mail, long? dossierId)
    {
        var now = time.GetUtcNow().UtcDateTime;
        DateTime? heldUntil = mail.Part is not null && options.Value.GatherFor > TimeSpan.Zero ? now + options.Value.GatherFor : null;
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
            HeldUntil = heldUntil,
            Parts = heldUntil is null ? null : MailPart.Store([mail.Part!]),
            DueAt = heldUntil ?? now,
        });
        write.AfterCommit(signal.Wake);
    }

    private RenderedMail Render(PortalMail mail, MailRecipient to, MailTexts texts)
    {
        var takesAnswers = mail is { TakesAnswers: true, IsSecret: false } && to.UserId is not null && replies.AreTaken;
        var page = MailPage.Of(mail, to, texts, takesAnswers);
        var content = ContentOf(page, [.. mail.Files(texts)]);
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
            Part = mail.IsSecret ? null : mail.Part(texts),
        };
    }

    /// <summary>A row once a piece of news has joined it.</summary>
    private sealed record Joined(string Kind, string Subject, string Content, string Parts, int News);

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
