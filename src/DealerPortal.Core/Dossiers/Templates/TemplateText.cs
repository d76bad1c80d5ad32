using System.Text;

namespace DealerPortal.Core.Dossiers.Templates;

/// <summary>
/// The text of a template: <c>{model}</c> is a place that a dossier fills; <c>[… {serial} …]</c> is a part that is left
/// out when a place in it cannot be filled.
/// </summary>
public static class TemplateText
{
    public const string Name = "name";
    public const string Organisation = "organisation";
    public const string Number = "number";
    public const string Type = "type";
    public const string Model = "model";
    public const string Serial = "serial";
    public const string Reference = "reference";
    public const string Grms = "grms";
    public const string Date = "date";

    /// <summary>Every place there is, in the order in which people are told of them.</summary>
    public static readonly IReadOnlyList<string> Places = [Name, Organisation, Number, Type, Model, Serial, Reference, Grms, Date];

    private const int PlaceMaxLength = 24;

    /// <summary>What stands in braces and is no place, as typed with its braces; a brace without its other half by itself.</summary>
    public static IReadOnlyList<string> UnknownIn(string text)
    {
        var unknown = new List<string>();
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == '}')
                unknown.Add("}");
            if (text[at] != '{')
                continue;
            if (PlaceAt(text, at, out var end) is null)
                unknown.Add(text[at..end]);
            at = end - 1;
        }

        return [.. unknown.Distinct()];
    }

    /// <summary>The text as the dealer reads it. A value that is not known and stands outside of brackets is said to be so.</summary>
    /// <param name="today">The date in Brussels.</param>
    public static string Fill(string text, TemplateFacts facts, string language, DateOnly today)
    {
        var filled = new StringBuilder(text.Length + 100);
        for (var at = 0; at < text.Length;)
        {
            if (text[at] == '[' && OptionalPartAt(text, at) is { } part)
            {
                at += part.Length + 2;
                if (!TryFill(part, facts, language, today, out var inside))
                    at = CloseGap(filled, text, at);
                filled.Append(inside);
            }
            else if (text[at] == '{' && PlaceAt(text, at, out var end) is { } place)
            {
                filled.Append(ValueOf(place, facts, language, today) ?? TemplateWords.Missing(place, language));
                at = end;
            }
            else
            {
                filled.Append(text[at++]);
            }
        }

        return filled.ToString();
    }

    private static bool TryFill(string part, TemplateFacts facts, string language, DateOnly today, out string filled)
    {
        var inside = new StringBuilder(part.Length);
        filled = "";
        for (var at = 0; at < part.Length;)
        {
            if (part[at] == '{' && PlaceAt(part, at, out var end) is { } place)
            {
                if (ValueOf(place, facts, language, today) is not { } value)
                    return false;
                inside.Append(value);
                at = end;
            }
            else
            {
                inside.Append(part[at++]);
            }
        }

        filled = inside.ToString();
        return true;
    }

    /// <summary>What stands in these brackets, if it has a place in it; other brackets are brackets.</summary>
    private static string? OptionalPartAt(string text, int at)
    {
        var end = text.AsSpan(at + 1).IndexOfAny('[', ']') + at + 1;
        return end > at && text[end] == ']' && text.AsSpan(at, end - at).Contains('{') ? text[(at + 1)..end] : null;
    }

    /// <summary>The name of the place that begins with this brace, or null; where it, or what is no place, ends.</summary>
    private static string? PlaceAt(string text, int at, out int end)
    {
        var length = text.AsSpan(at + 1, Math.Min(PlaceMaxLength, text.Length - at - 1)).IndexOfAny('{', '}', '\n');
        end = at + 1;
        if (length < 0 || text[at + 1 + length] != '}')
            return null;
        end = at + length + 2;
        var name = text.AsSpan(at + 1, length).Trim();
        foreach (var place in Places)
        {
            if (name.Equals(place, StringComparison.OrdinalIgnoreCase))
                return place;
        }

        return null;
    }

    /// <summary>A part that was left out leaves neither two spaces, nor one before a full stop, nor an empty line.</summary>
    private static int CloseGap(StringBuilder filled, string text, int at)
    {
        var isLineStart = filled.Length == 0 || filled[^1] == '\n';
        var next = at < text.Length ? text[at] : '\n';
        if (isLineStart)
            return next is ' ' or '\n' ? Math.Min(at + 1, text.Length) : at;
        if (filled[^1] == ' ' && (next is ' ' or '.' or ',' or ')' or '\n'))
            filled.Length--;
        return at;
    }

    private static string? ValueOf(string place, TemplateFacts facts, string language, DateOnly today) => place switch
    {
        Name => facts.OwnerName,
        Organisation => facts.OrganisationName,
        Number => facts.Number,
        Type => TemplateWords.Type(facts.Type, language),
        Model => facts.ModelCode,
        Serial => facts.SerialNumber,
        Reference => facts.Reference,
        Grms => facts.GrmsNumber,
        _ => Formats.Date(today, Languages.CultureOf(language)),
    };
}
