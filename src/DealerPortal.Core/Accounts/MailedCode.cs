namespace DealerPortal.Core.Accounts;

/// <summary>Six digits on their way to a mailbox, which prove that whoever asked reads it: good once, for a quarter of an hour, with five tries in all.</summary>
public abstract class MailedCode
{
    public const int CodeAttempts = 5;
    public static readonly TimeSpan CodeLifetime = TimeSpan.FromMinutes(15);
    public static readonly TimeSpan ResendAfter = TimeSpan.FromSeconds(60);

    public required Guid Id { get; init; }

    /// <summary>A salted, slow hash of the current code; null when there is none that could match.</summary>
    public string? CodeHash { get; set; }

    public DateTime CodeExpiresAt { get; set; }
    public DateTime LastRequestedAt { get; set; }
    public int FailedAttempts { get; set; }
    public DateTime? VerifiedAt { get; set; }

    public int AttemptsLeft => Math.Max(0, CodeAttempts - FailedAttempts);
}
