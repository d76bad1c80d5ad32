using System.Globalization;

namespace DealerPortal.Web.Features.Dossiers.New.MissingAccessory;

/// <summary>Adds and removes lines in the posted pairs of a draft, whatever is typed in them.</summary>
internal static class AccessoryLines
{
    public const string Add = "add-line";
    private const string Remove = "remove-line-";
    private const string Prefix = "Lines[";

    public static string RemoveOf(int index) => string.Create(CultureInfo.InvariantCulture, $"{Remove}{index}");

    /// <summary>The pairs afterwards, and the field to go on with; null for an unknown wish.</summary>
    public static FormEdit? Edit(IReadOnlyList<KeyValuePair<string, string>> pairs, string edit)
    {
        var others = pairs.Where(pair => IndexOf(pair.Key) is null).ToList();
        var lines = pairs.Where(pair => IndexOf(pair.Key) is not null).GroupBy(pair => IndexOf(pair.Key)!.Value)
            .OrderBy(line => line.Key).Select(line => line.Select(pair => KeyValuePair.Create(FieldOf(pair.Key), pair.Value)).ToList()).ToList();
        int next;
        if (edit == Add)
        {
            if (lines.Count == 0)
                lines.Add(Blank());
            if (lines.Count < Core.Dossiers.MissingAccessory.MaxLines)
                lines.Add(Blank());
            next = lines.Count - 1;
        }
        else if (edit.StartsWith(Remove, StringComparison.Ordinal) && int.TryParse(edit[Remove.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var index))
        {
            if (index < lines.Count)
                lines.RemoveAt(index);
            next = Math.Max(0, Math.Min(index, lines.Count - 1));
        }
        else
        {
            return null;
        }

        var written = lines.SelectMany((line, i) => line.Select(pair => KeyValuePair.Create(MissingAccessoryValidator.NameOf(i, pair.Key), pair.Value)));
        return new FormEdit([.. others, .. written], MissingAccessoryValidator.NameOf(next, nameof(AccessoryLineInput.What)));
    }

    private static List<KeyValuePair<string, string>> Blank() => [KeyValuePair.Create(nameof(AccessoryLineInput.What), ""), KeyValuePair.Create(nameof(AccessoryLineInput.Quantity), "1")];

    private static int? IndexOf(string name)
    {
        var end = name.IndexOf("].", StringComparison.Ordinal);
        return name.StartsWith(Prefix, StringComparison.Ordinal) && end > 0
            && int.TryParse(name.AsSpan(Prefix.Length, end - Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : null;
    }

    private static string FieldOf(string name) => name[(name.IndexOf("].", StringComparison.Ordinal) + 2)..];
}
