using DealerPortal.Core.Accounts;

namespace DealerPortal.Core.Mail.Inbound;

/// <summary>The mailbox that answers come to; section <c>Mail:Inbound</c>. Without a host nobody is asked to answer.</summary>
public sealed class InboundOptions
{
    public string Host { get; set; } = "";
    public int Port { get; set; } = 993;
    public MailSecurity Security { get; set; } = MailSecurity.Tls;
    public string? User { get; set; }
    public string? Password { get; set; }

    /// <summary>Where mails arrive.</summary>
    public string Folder { get; set; } = "INBOX";

    /// <summary>Where they lie once they were read; made where it is missing. The portal deletes no mail.</summary>
    public string Handled { get; set; } = "Handled";

    /// <summary>What answers are addressed to, with a token after a plus: <c>reply+…@portal.example</c>.</summary>
    public string Address { get; set; } = "";

    public TimeSpan Period { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Of a mail as the server counts it; what is larger is not fetched.</summary>
    public int MaxBytes { get; set; } = 35 * 1024 * 1024;

    /// <summary>For one answer of the server.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <inheritdoc cref="SmtpOptions.TrustedCertificatePath"/>
    public string? TrustedCertificatePath { get; set; }

    public bool IsOn => !string.IsNullOrWhiteSpace(Host);

    /// <summary>What keeps answers from being taken as configured; empty when nothing does.</summary>
    public IEnumerable<string> Problems()
    {
        if (!IsOn)
            yield break;
        if (!EmailAddress.TryParse(Address, out _))
            yield return "Mail:Inbound:Address must be an e-mail address, without a name.";
        else if (Address.Contains('+', StringComparison.Ordinal) || Address.IndexOf('@', StringComparison.Ordinal) > ReplyTokens.MaxLocalLength)
            yield return $"Mail:Inbound:Address may have no plus and at most {ReplyTokens.MaxLocalLength} characters before the @: a token follows them.";
        if (string.IsNullOrWhiteSpace(User))
            yield return "Mail:Inbound:User is missing.";
        if (Security == MailSecurity.None)
            yield return "Mail:Inbound:Security must be StartTls or Tls: a password never travels in clear.";
        if (string.IsNullOrWhiteSpace(Folder) || string.IsNullOrWhiteSpace(Handled) || string.Equals(Folder, Handled, StringComparison.OrdinalIgnoreCase))
            yield return "Mail:Inbound:Folder and Mail:Inbound:Handled must be two folders.";
        if (Period < TimeSpan.FromSeconds(5) || Period > TimeSpan.FromHours(1))
            yield return "Mail:Inbound:Period must be between five seconds and an hour.";
        if (MaxBytes < 1024 * 1024)
            yield return "Mail:Inbound:MaxBytes must be at least a mebibyte.";
    }
}
