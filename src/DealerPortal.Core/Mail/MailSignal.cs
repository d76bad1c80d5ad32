namespace DealerPortal.Core.Mail;

/// <summary>Tells this process's sender that there is something to send.</summary>
public sealed class MailSignal : WakeSignal;
