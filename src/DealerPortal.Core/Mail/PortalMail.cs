namespace DealerPortal.Core.Mail;

/// <summary>Who gets a mail, and in which of the four languages.</summary>
/// <param name="Name">As the greeting says it; empty where it is not known yet.</param>
public sealed record MailRecipient(string Address, string Name, string Language, int? UserId = null);

/// <summary>A file that travels with a mail.</summary>
public sealed record MailFile(string Name, string ContentType, byte[] Content, IReadOnlyDictionary<string, string>? ContentTypeParameters = null);

/// <summary>
/// One kind of mail: what it says, as blocks that both renderers show. Its texts stand in <c>MailsTexts</c> under
/// the class's name. It is rendered in the recipient's language, never in that of the request.
/// </summary>
public abstract class PortalMail
{
    /// <summary>Carries a code or a link that lets someone in. The subject stays readable in the outbox, so it never holds the secret.</summary>
    public virtual bool IsSecret => false;

    public abstract string Subject(MailTexts t);

    /// <summary>What inboxes show beside the subject.</summary>
    public virtual string? Preheader(MailTexts t) => null;

    public abstract string Heading(MailTexts t);

    /// <summary>What follows the greeting.</summary>
    public abstract IEnumerable<MailBlock> Blocks(MailTexts t);

    public virtual IEnumerable<MailFile> Files(MailTexts t) => [];

    /// <summary>«You receive this mail because …».</summary>
    public virtual string? FooterReason(MailTexts t) => null;

    public virtual long? DossierId => null;

    /// <summary>The kind of mails it belongs to, which people can switch off; none for one that they cannot.</summary>
    public virtual MailTopics Topic => MailTopics.None;

    /// <summary>The mail as one of several news; null for one that always goes by itself.</summary>
    internal virtual MailPart? Part(MailTexts t) => null;

    /// <summary>Whether an answer becomes a message on its dossier. It then says so, where answers are read at all.</summary>
    public virtual bool TakesAnswers => false;
}
