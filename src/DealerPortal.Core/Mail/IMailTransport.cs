using MimeKit;

namespace DealerPortal.Core.Mail;

/// <summary>How a message leaves the house: over SMTP, or into a folder.</summary>
public interface IMailTransport
{
    /// <summary>
    /// Returns once the message is taken over by the other side. Any exception but <see cref="MailRefusedException"/>
    /// is a reason to try again, with the same message.
    /// </summary>
    /// <exception cref="MailRefusedException">It will never be taken.</exception>
    Task SendAsync(MimeMessage message, CancellationToken ct);

    /// <summary>Nothing more is to be sent for now: what was kept open may be closed. Never throws.</summary>
    Task RestAsync() => Task.CompletedTask;
}

/// <summary>The message was refused for good.</summary>
/// <param name="reply">What the server said; may name addresses, so it is not for logs as it stands.</param>
public sealed class MailRefusedException(string reply, Exception? inner = null) : Exception(reply, inner)
{
    /// <summary>Whether it was the recipient that was refused.</summary>
    public bool NamesRecipient { get; init; }
}
