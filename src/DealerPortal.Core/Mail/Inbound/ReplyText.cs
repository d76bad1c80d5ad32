using System.Text;
using System.Text.RegularExpressions;

namespace DealerPortal.Core.Mail.Inbound;

/// <summary>
/// What the sender of an answer wrote, without the mail that was answered, without a signature behind «-- » and without the line
/// a telephone adds. Knows how Outlook, Gmail, Apple Mail, Thunderbird and telephones write in the four languages; what it does not
/// know for certain, it leaves.
/// </summary>
internal static partial class ReplyText
{
    /// <summary>Alone on a line: something quoted stood here.</summary>
    public const char QuoteMark = '\uE000';

    /// <summary>Alone on a line: all that follows was answered.</summary>
    public const char EndMark = '\uE001';

    private const int MaxLength = 200_000;
    private const int MaxLineLength = 400;

    /// <summary>Mail programs break the line above a quote wherever it gets long.</summary>
    private const int AttributionLines = 3;

    public static string Own(string text)
    {
        var lines = Clean(text).Split('\n').Select(line => line.TrimEnd()).ToList();
        lines = lines[..EndOf(lines)];
        var own = new List<string>();
        var inSignature = false;
        for (var i = 0; i < lines.Count; i++)
        {
            if (IsQuoted(lines[i]))
            {
                inSignature = false;
                continue;
            }

            if (lines[i] == "--")
                inSignature = true;
            if (inSignature)
                continue;
            if (AttributionAt(lines, i) is { } last && IsQuotedOrOver(lines, last + 1))
            {
                i = last;
                continue;
            }

            own.Add(lines[i]);
        }

        return Joined(WithoutDeviceLine(own));
    }

    /// <summary>The text in pieces that each fit, broken between paragraphs, lines or words where that is possible.</summary>
    public static IReadOnlyList<string> Pieces(string text, int maxLength)
    {
        var pieces = new List<string>();
        while (text.Length > maxLength)
        {
            var end = EndOfPiece(text, maxLength);
            pieces.Add(text[..end].TrimEnd());
            text = text[end..].TrimStart();
        }

        if (text.Length > 0)
            pieces.Add(text);
        return pieces;
    }

    private static int EndOfPiece(string text, int maxLength)
    {
        foreach (var gap in (string[])["\n\n", "\n", " "])
        {
            if (text.LastIndexOf(gap, maxLength - 1, StringComparison.Ordinal) is var at && at > maxLength / 2)
                return at;
        }

        return char.IsHighSurrogate(text[maxLength - 1]) ? maxLength - 1 : maxLength;
    }

    private static string Clean(string text)
    {
        if (text.Length > MaxLength)
            text = text[..MaxLength];
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.ReplaceLineEndings("\n").EnumerateRunes())
        {
            if (rune.Value is 0xA0)
                clean.Append(' ');
            else if (rune.Value is '\n' or '\t' or QuoteMark or EndMark || !(Rune.IsControl(rune) || rune.Value is 0x200B or 0xFEFF))
                clean.Append(rune);
        }

        return clean.ToString();
    }

    /// <summary>The first line of what was answered, where everything after it was.</summary>
    private static int EndOf(List<string> lines)
    {
        for (var i = 0; i < lines.Count; i++)
        {
            var line = lines[i];
            if (line.Length > MaxLineLength)
                continue;
            if (line.StartsWith(EndMark) || Divider().IsMatch(line))
                return i;
            if (IsHeadOfMail(lines, i))
                return BeforeRule(lines, i);
            if (AttributionAt(lines, i) is { } last && string.Concat(lines[i..(last + 1)]) is var attribution && attribution.Contains('<') && attribution.Contains('@')
                && !IsQuotedOrOver(lines, last + 1))
            {
                return i;
            }
        }

        return lines.Count;
    }

    /// <summary>«From:», with at least two of its companions in the lines after it.</summary>
    private static bool IsHeadOfMail(List<string> lines, int at) => From().IsMatch(lines[at])
        && lines.Skip(at + 1).Take(8).Count(line => line.Length <= MaxLineLength && Companion().IsMatch(line)) >= 2;

    /// <summary>The rule that Outlook draws above the head belongs to it.</summary>
    private static int BeforeRule(List<string> lines, int at)
    {
        var before = at - 1;
        while (before >= 0 && lines[before].Length == 0)
            before--;
        return before >= 0 && lines[before].Length >= 5 && !lines[before].AsSpan().ContainsAnyExcept('_', '-') ? before : at;
    }

    /// <summary>The last line of «On … wrote:» that begins here; null where none does.</summary>
    private static int? AttributionAt(List<string> lines, int at)
    {
        if (!AttributionBegins().IsMatch(lines[at]))
            return null;
        var joined = new StringBuilder();
        for (var i = at; i < lines.Count && i < at + AttributionLines && lines[i].Length is > 0 and <= MaxLineLength; i++)
        {
            joined.Append(joined.Length > 0 ? " " : "").Append(lines[i].Trim());
            if (lines[i].EndsWith(':'))
                return Attribution().IsMatch(joined.ToString()) ? i : null;
        }

        return null;
    }

    private static bool IsQuotedOrOver(List<string> lines, int at)
    {
        while (at < lines.Count && lines[at].Length == 0)
            at++;
        return at >= lines.Count || IsQuoted(lines[at]);
    }

    private static bool IsQuoted(string line) => line.StartsWith(QuoteMark) || line.AsSpan().TrimStart().StartsWith(">");

    private static List<string> WithoutDeviceLine(List<string> lines)
    {
        var end = lines.Count;
        while (end > 0 && (lines[end - 1].Length == 0 || lines[end - 1].Length <= MaxLineLength && (Device().IsMatch(lines[end - 1]) || OutlookOffer().IsMatch(lines[end - 1]))))
            end--;
        return lines[..end];
    }

    /// <summary>At most one empty line in a row.</summary>
    private static string Joined(List<string> lines)
    {
        var text = new StringBuilder();
        var wasEmpty = true;
        foreach (var line in lines)
        {
            if (line.Length == 0 && wasEmpty)
                continue;
            text.Append(line).Append('\n');
            wasEmpty = line.Length == 0;
        }

        return text.ToString().Trim();
    }

    [GeneratedRegex(@"^\s*[-_*]{2,}\s*(Original Message|Original Appointment|Forwarded message|Message d.origine|Message original|Message transféré|Message initial|Oorspronkelijk bericht|Origineel bericht|Doorgestuurd bericht|Ursprüngliche Nachricht|Originalnachricht|Original-Nachricht|Weitergeleitete Nachricht)\s*[-_*]{2,}\s*$", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Divider();

    [GeneratedRegex(@"^\s*\*?(From|De|Van|Von)\s*:", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex From();

    [GeneratedRegex(@"^\s*\*?(Sent|Date|To|Subject|Cc|Envoyé|Envoyé le|À|Objet|Verzonden|Datum|Aan|Onderwerp|Gesendet|An|Betreff)\s*:", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Companion();

    [GeneratedRegex(@"^\s*(On|Le|Op|Am|\d{4}-\d\d-\d\d)\b.*\d", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex AttributionBegins();

    [GeneratedRegex(@"^(On .*\d.* wrote|Le .*\d.* écrit|Op .*\d.* (schreef .*|heeft .* geschreven|schreef)|Am .*\d.* schrieb.*|\d{4}-\d\d-\d\d .*<.*@.*>)\s*:$", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Attribution();

    [GeneratedRegex(@"^(Sent (from|with|via)|Envoyé (de|depuis|à partir|avec|par)|Verzonden (met|vanaf|via|vanuit)|Verstuurd (met|vanaf|via|vanuit)|Gesendet (von|mit|aus|über)|Von meinem|Diese Nachricht wurde)\b.*(iPhone|iPad|Samsung|Galaxy|Android|Outlook|Mail|Yahoo|Proton|Huawei|Xiaomi|Nokia|smartphone|mobile|portable|Handy|Mobiltelefon|Smartphone|téléphone|telefoon|toestel|phone|BlackBerry|Windows|GMX|WEB\.DE|Thunderbird).*$", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Device();

    [GeneratedRegex(@"^(Get|Obtenez|Obtenir|Télécharger|Téléchargez|Download|Haal|Holen Sie sich|Laden Sie)?\s*Outlook (for|pour|voor|für) (iOS|Android|Mac).*$", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex OutlookOffer();
}
