namespace DealerPortal.Web.Features.DevMailbox;

/// <summary>Texts of the developer's mailbox.</summary>
public sealed class DevMailboxTexts;
