using DealerPortal.Core.Accounts;
using DealerPortal.Core.Mail.Inbound;

namespace DealerPortal.Core.Mail;

public enum MailTransportKind
{
    /// <summary>Messages are written to a folder and go nowhere.</summary>
    Pickup,
    Smtp,
}

/// <summary>How mails leave; section <c>Mail</c>.</summary>
public sealed class MailOptions
{
    public MailTransportKind Transport { get; set; } = MailTransportKind.Pickup;

    /// <summary>The sender's address; the name beside it is the brand's.</summary>
    public string From { get; set; } = "portal@dealerportal.example";

    /// <summary>The folder of <see cref="MailTransportKind.Pickup"/>.</summary>
    public string Pickup { get; set; } = "var/mail";

    public SmtpOptions Smtp { get; set; } = new();

    /// <summary>The mailbox that answers come to.</summary>
    public InboundOptions Inbound { get; set; } = new();

    /// <summary>How many mails are under way at once, each over its own connection.</summary>
    public int Connections { get; set; } = 4;

    /// <summary>How long the first mail about a dossier waits for others to the same person, which it then tells as well; zero sends each by itself at once.</summary>
    public TimeSpan GatherFor { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>What keeps mails from leaving as configured; empty when nothing does.</summary>
    public IEnumerable<string> Problems()
    {
        if (!EmailAddress.TryParse(From, out _))
            yield return "Mail:From must be an e-mail address, without a name.";
        if (Connections is < 1 or > 32)
            yield return "Mail:Connections must be between 1 and 32.";
        if (GatherFor < TimeSpan.Zero || GatherFor > TimeSpan.FromMinutes(15))
            yield return "Mail:GatherFor must be between zero and a quarter of an hour.";
        foreach (var problem in Inbound.Problems())
            yield return problem;
        if (Transport != MailTransportKind.Smtp)
            yield break;
        if (string.IsNullOrWhiteSpace(Smtp.Host))
            yield return "Mail:Smtp:Host is missing.";
        if (Smtp.User is { Length: > 0 } && Smtp.Security == MailSecurity.None)
            yield return "Mail:Smtp:User needs Mail:Smtp:Security StartTls or Tls: a password never travels in clear.";
    }
}

/// <summary>How a connection to a mail server is protected.</summary>
public enum MailSecurity
{
    /// <summary>Begins in clear and is refused unless the server offers TLS.</summary>
    StartTls,

    /// <summary>TLS from the first byte.</summary>
    Tls,
    None,
}

/// <summary>The mail server; section <c>Mail:Smtp</c>.</summary>
public sealed class SmtpOptions
{
    public string Host { get; set; } = "";
    public int Port { get; set; } = 587;
    public MailSecurity Security { get; set; } = MailSecurity.StartTls;
    public string? User { get; set; }
    public string? Password { get; set; }

    /// <summary>For one answer of the server.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>A certificate in PEM form that is trusted beside the system's own: a house's private authority.</summary>
    public string? TrustedCertificatePath { get; set; }
}
