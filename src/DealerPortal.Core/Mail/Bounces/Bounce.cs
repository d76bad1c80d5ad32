using System.Text.RegularExpressions;

namespace DealerPortal.Core.Mail.Bounces;

/// <summary>A mail that was refused for good, as the other side said it.</summary>
/// <param name="Status">Enhanced status code (RFC 3463), such as <c>5.1.1</c>; null where none was given.</param>
/// <param name="Reason">What was said, without addresses.</param>
public sealed partial record Bounce(string? Status, string Reason)
{
    public const int ReasonMaxLength = 300;

    /// <summary>
    /// Whether it says that mails do not get to that address, whatever they are. Of size, content and policy it says something
    /// about this mail or about our server; one such refusal would take everybody at that house for gone.
    /// </summary>
    public bool IsOfAddress => Status is not { } status
        || !(status.StartsWith("5.6.", StringComparison.Ordinal) || status.StartsWith("5.7.", StringComparison.Ordinal) || status is "5.2.3" or "5.3.4");

    /// <summary>A refusal at sending.</summary>
    internal static Bounce Of(string reply, string recipient) => new(Code().Match(reply) is { Success: true } code ? code.Value : null, Shortened(reply, recipient, ReasonMaxLength));

    /// <summary>One line without anything that names a person: no address, and no word with what stands before the @.</summary>
    internal static string Shortened(string text, string recipient, int maxLength)
    {
        var local = recipient.Split('@')[0];
        var words = MailPage.Flow(text).Split(' ').Select(word => word.Contains('@') || word.Contains(local, StringComparison.OrdinalIgnoreCase) ? "…" : word);
        var line = string.Join(' ', words);
        return line.Length <= maxLength ? line : line[..(char.IsHighSurrogate(line[maxLength - 2]) ? maxLength - 2 : maxLength - 1)] + "…";
    }

    [GeneratedRegex(@"\b5\.[0-9]{1,3}\.[0-9]{1,3}\b", RegexOptions.NonBacktracking)]
    private static partial Regex Code();
}
