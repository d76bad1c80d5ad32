using System.Globalization;
using System.Text;

namespace DealerPortal.Core.Mail;

/// <summary>An appointment as calendars read it (RFC 5545). Instants are UTC, so that no time zone has to be described.</summary>
/// <param name="Uid">The same for every version of an entry; the highest <paramref name="Sequence"/> counts.</param>
internal sealed record CalendarEntry(
    string Uid, int Sequence, DateTime Stamp, DateTime Start, DateTime End, string Summary, string Location, string Description, string Url)
{
    private const int MaxOctets = 75;

    public MailFile ToFile(string name, string product) => new(
        name, "text/calendar", Encoding.UTF8.GetBytes(ToText(product)), new Dictionary<string, string> { ["charset"] = "utf-8", ["method"] = "PUBLISH" });

    public string ToText(string product)
    {
        var text = new StringBuilder();
        foreach (var line in (string[])
        [
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            $"PRODID:-//{Escape(product)}//Appointments//EN",
            "METHOD:PUBLISH",
            "BEGIN:VEVENT",
            $"UID:{Uid}",
            $"SEQUENCE:{Sequence.ToString(CultureInfo.InvariantCulture)}",
            $"DTSTAMP:{Instant(Stamp)}",
            $"DTSTART:{Instant(Start)}",
            $"DTEND:{Instant(End)}",
            $"SUMMARY:{Escape(Summary)}",
            $"LOCATION:{Escape(Location)}",
            $"DESCRIPTION:{Escape(Description)}",
            $"URL:{Url}",
            "STATUS:CONFIRMED",
            "END:VEVENT",
            "END:VCALENDAR",
        ])
        {
            Fold(text, line);
        }

        return text.ToString();
    }

    private static string Instant(DateTime utc) => utc.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    private static string Escape(string text) => string.Join(
        "\\n",
        MailPage.Lines(text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace(";", "\\;", StringComparison.Ordinal).Replace(",", "\\,", StringComparison.Ordinal))
            .Select(MailPage.Flow));

    /// <summary>Lines of at most 75 octets; a character is never torn.</summary>
    private static void Fold(StringBuilder text, string line)
    {
        var octets = 0;
        foreach (var rune in line.EnumerateRunes())
        {
            if (octets + rune.Utf8SequenceLength > MaxOctets)
            {
                text.Append("\r\n ");
                octets = 1;
            }

            text.Append(rune.ToString());
            octets += rune.Utf8SequenceLength;
        }

        text.Append("\r\n");
    }
}
