namespace DealerPortal.Core.Mail;

/// <summary>The kinds of mails about dossiers, each of which a person can do without. Stored as a number.</summary>
[Flags]
public enum MailTopics
{
    None = 0,

    /// <summary>The request came in, and the service centre has the order.</summary>
    Received = 1,

    /// <summary>When the technician or the driver comes for a repair, and what the repair waits for.</summary>
    Appointment = 2,

    /// <summary>The repair is done or cancelled.</summary>
    Ended = 4,

    /// <summary>Support answered, or closed the request.</summary>
    Answered = 8,

    /// <summary>A pickup or a return is accepted, planned or refused.</summary>
    Return = 16,

    /// <summary>The device is credited, or the number of its credit is known.</summary>
    Credited = 32,

    /// <summary>Support asks something and waits for the answer.</summary>
    Question = 64,

    /// <summary>A question still waits.</summary>
    Reminder = 128,
}

public static class AllMailTopics
{
    /// <summary>One by one, in the order in which people read them.</summary>
    public static IReadOnlyList<MailTopics> List { get; } =
    [
        MailTopics.Received, MailTopics.Appointment, MailTopics.Ended, MailTopics.Answered, MailTopics.Question, MailTopics.Reminder, MailTopics.Return, MailTopics.Credited,
    ];

    public const MailTopics All = (MailTopics)255;
}
