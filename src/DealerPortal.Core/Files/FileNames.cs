using System.Globalization;
using System.Text;

namespace DealerPortal.Core.Files;

/// <summary>Makes the name that a browser sent safe to store, to show and to save under on any system.</summary>
public static class FileNames
{
    private static readonly HashSet<string> KnownExtensions =
        new(["jpg", "jpeg", "jpe", "jfif", "png", "webp", "heic", "heif", "pdf"], StringComparer.OrdinalIgnoreCase);

    // Device names that Windows refuses as file names, whatever the extension.
    private static readonly HashSet<string> ReservedNames = new(
        ["CON", "PRN", "AUX", "NUL", .. Enumerable.Range(0, 10).SelectMany(n => new[] { $"COM{n}", $"LPT{n}" })],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// The last path part in NFC, without control and format characters (bidi overrides among them), without characters
    /// that Windows refuses, with the extension of <paramref name="kind"/> in place of the one sent, at most
    /// <see cref="FileLimits.MaxNameLength"/> long and never empty. Never throws.
    /// </summary>
    public static string Clean(string? name, FileKind kind)
    {
        var stem = StripExtensions(Printable(LastPathPart(name ?? "")));
        var extension = kind.Extension();
        stem = Shorten(stem, FileLimits.MaxNameLength - extension.Length - 1).Trim(' ', '.');

        if (stem.Length == 0)
            stem = kind == FileKind.Pdf ? "document" : "photo";
        else if (ReservedNames.Contains(stem.Split('.')[0].TrimEnd()))
            stem = "_" + stem;
        return stem + extension;
    }

    private static string LastPathPart(string name) =>
        name[(name.LastIndexOfAny(['/', '\\']) + 1)..];

    private static string Printable(string name)
    {
        // A hostile name may be megabytes long; what is cut off here would be cut off below anyway.
        var text = new StringBuilder();
        foreach (var rune in name.AsSpan(0, Math.Min(name.Length, 2000)).EnumerateRunes())
        {
            if (IsJoiner(rune))
                text.Append(rune);
            else if (Rune.IsWhiteSpace(rune))
                text.Append(text.Length > 0 && text[^1] == ' ' ? "" : " ");
            else if (rune.Value is '<' or '>' or ':' or '"' or '|' or '?' or '*')
                text.Append('_');
            else if (rune != Rune.ReplacementChar && !IsInvisible(rune))
                text.Append(rune);
        }

        return text.ToString().Normalize(NormalizationForm.FormC).TrimStart(' ').TrimEnd(' ', '.');
    }

    // Zero-width joiner and non-joiner are part of emoji and of several scripts.
    private static bool IsJoiner(Rune rune) => rune.Value is 0x200C or 0x200D;

    private static bool IsInvisible(Rune rune) => Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate
        or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned;

    // The last extension goes whatever it is, and any image or PDF extension before it: "a.jpg.exe" becomes "a".
    private static string StripExtensions(string name)
    {
        var dot = name.LastIndexOf('.');
        if (dot < 0 || !LooksLikeExtension(name.AsSpan(dot + 1)))
            return name;

        name = name[..dot];
        while ((dot = name.LastIndexOf('.')) >= 0 && KnownExtensions.Contains(name[(dot + 1)..]))
            name = name[..dot];
        return name;
    }

    // "12.03.2026" and "v1.2" end in a number, not in an extension.
    private static bool LooksLikeExtension(ReadOnlySpan<char> text) =>
        text.Length is > 0 and <= 5 && char.IsAsciiLetter(text[0]) && !text.ContainsAnyExcept(AsciiLettersAndDigits);

    private static readonly System.Buffers.SearchValues<char> AsciiLettersAndDigits =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789");

    private static string Shorten(string text, int maxLength)
    {
        if (text.Length <= maxLength)
            return text;

        var length = 0;
        while (true)
        {
            var next = StringInfo.GetNextTextElementLength(text, length);
            if (length + next > maxLength)
                break;
            length += next;
        }

        // One "character" of endless combining marks: nothing of it is worth keeping.
        return text[..length];
    }
}
