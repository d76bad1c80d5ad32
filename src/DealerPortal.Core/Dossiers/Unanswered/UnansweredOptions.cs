namespace DealerPortal.Core.Dossiers.Unanswered;

/// <summary>What becomes of a question to a dealer who does not answer, in working days after the day of the question. Settings <c>Unanswered:FirstReminder</c> and so on.</summary>
public sealed class UnansweredOptions
{
    public int FirstReminder { get; set; } = 2;
    public int SecondReminder { get; set; } = 5;

    /// <summary>After so many days without an answer the request is closed.</summary>
    public int Close { get; set; } = 15;

    /// <summary>Whether each comes after the one before it.</summary>
    public bool IsInOrder => 0 < FirstReminder && FirstReminder < SecondReminder && SecondReminder < Close;
}
