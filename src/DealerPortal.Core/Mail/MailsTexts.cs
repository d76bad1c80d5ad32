namespace DealerPortal.Core.Mail;

/// <summary>Marks the texts of all mails; keys start with the name of the mail's class.</summary>
public sealed class MailsTexts;
