using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace DealerPortal.Core.Accounts;

/// <summary>Why a new password is refused.</summary>
public enum PasswordProblem
{
    TooShort,
    TooLong,

    /// <summary>In the list of common passwords, or one short sequence repeated or counted on.</summary>
    Common,

    /// <summary>The person's own name or mail address, or the name of the organisation.</summary>
    OwnData,
}

/// <summary>
/// What a new password must be (OWASP ASVS 5.0, 6.2): 12 to 128 characters as people count them, of any kind, without rules of composition;
/// not one that is guessed first. Case and white space do not make a password different from a refused one.
/// </summary>
public static class PasswordRules
{
    public const int MinLength = 12;
    public const int MaxLength = 128;

    /// <summary>A character as people count them can be many code units; beyond this many the password is too long however they are counted.</summary>
    private const int MaxCodeUnits = 2048;

    private const string Digits = "0123456789";
    private const int MaxDigitsAround = 4;

    private static readonly Lazy<FrozenSet<string>> _common = new(ReadCommon);

    /// <summary>Every problem of <paramref name="password"/>; none means it may be used.</summary>
    /// <param name="ownWords">First, last and full name, mail address, name of the organisation. Nulls and blanks are skipped; an address counts whole and by its local part; any two joined count too.</param>
    public static IReadOnlyList<PasswordProblem> Check(string password, IEnumerable<string?> ownWords)
    {
        ArgumentNullException.ThrowIfNull(password);
        ArgumentNullException.ThrowIfNull(ownWords);
        if (password.Length > MaxCodeUnits)
        {
            return [PasswordProblem.TooLong];
        }

        var problems = new List<PasswordProblem>();
        var length = new StringInfo(password).LengthInTextElements;
        if (length < MinLength)
        {
            problems.Add(PasswordProblem.TooShort);
        }
        else if (length > MaxLength)
        {
            problems.Add(PasswordProblem.TooLong);
        }

        var compact = Compact(password);
        if (IsCommon(compact))
        {
            problems.Add(PasswordProblem.Common);
        }

        if (IsOwn(compact, ownWords))
        {
            problems.Add(PasswordProblem.OwnData);
        }

        return problems;
    }

    private static bool IsCommon(string compact) =>
        IsListed(LettersAndDigits(compact)) || IsListed(LettersAndDigits(WithoutLeet(compact))) || IsShortSequenceRepeated(compact) || IsCountedOn(compact);

    /// <summary>"Password2031!" is guessed as soon as "password": a few digits before or behind a listed one do not help.</summary>
    private static bool IsListed(string text)
    {
        var withoutEnd = text.AsSpan().TrimEnd(Digits);
        var withoutBoth = withoutEnd.TrimStart(Digits);
        var digitsBehind = text.Length - withoutEnd.Length;
        var digitsBefore = withoutEnd.Length - withoutBoth.Length;
        return _common.Value.Contains(text)
            || (digitsBehind <= MaxDigitsAround && _common.Value.Contains(withoutEnd.ToString()))
            || (digitsBefore <= MaxDigitsAround && _common.Value.Contains(text[digitsBefore..]))
            || (digitsBehind <= MaxDigitsAround && digitsBefore <= MaxDigitsAround && _common.Value.Contains(withoutBoth.ToString()));
    }

    private static bool IsOwn(string compact, IEnumerable<string?> ownWords)
    {
        var words = new HashSet<string>(StringComparer.Ordinal);
        foreach (var word in ownWords)
        {
            var own = Compact(word ?? "");
            words.Add(own);
            words.Add(own[..Math.Max(0, own.IndexOf('@', StringComparison.Ordinal))]);
        }

        words.Remove("");
        return words.Contains(compact)
            || words.Any(first => compact.StartsWith(first, StringComparison.Ordinal) && words.Contains(compact[first.Length..]));
    }

    /// <summary>"abcabcabcabc": the whole is some sequence shorter than a password must be, at least twice (the last time perhaps not to its end).</summary>
    private static bool IsShortSequenceRepeated(string text)
    {
        // The border table of Knuth, Morris and Pratt: the shortest period of a text is its length minus its longest border.
        var borders = new int[text.Length];
        for (var i = 1; i < text.Length; i++)
        {
            var border = borders[i - 1];
            while (border > 0 && text[i] != text[border])
            {
                border = borders[border - 1];
            }

            borders[i] = text[i] == text[border] ? border + 1 : border;
        }

        var period = text.Length == 0 ? 0 : text.Length - borders[^1];
        return period < MinLength && period * 2 <= text.Length;
    }

    /// <summary>"abcdefghijkl", "987654321098": every character is the one after, or before, its neighbour; after 9 comes 0, after z comes a.</summary>
    private static bool IsCountedOn(string text)
    {
        if (text.Length < 2)
        {
            return false;
        }

        var (up, down) = (true, true);
        for (var i = 1; i < text.Length; i++)
        {
            up &= IsNext(text[i - 1], text[i]);
            down &= IsNext(text[i], text[i - 1]);
        }

        return up || down;
    }

    private static bool IsNext(char first, char second) => second == first + 1 || (first, second) is ('9', '0') or ('z', 'a');

    private static string LettersAndDigits(string text) => string.Concat(text.Where(char.IsLetterOrDigit));

    /// <summary>Digits and signs that stand for letters, but not those after the last letter: there they are a number.</summary>
    private static string WithoutLeet(string text) => string.Create(text.Length, text, static (to, from) =>
    {
        var lastLetter = from.AsSpan().LastIndexOfAnyInRange('a', 'z');
        for (var i = 0; i < from.Length; i++)
        {
            to[i] = i > lastLetter ? from[i]
                : from[i] switch { '0' => 'o', '1' => 'i', '3' => 'e', '4' or '@' => 'a', '5' or '$' => 's', '7' => 't', var other => other };
        }
    });

    /// <summary>Lower case, without white space, in one Unicode form: keyboards differ in how they send an accent. Half surrogate pairs become U+FFFD.</summary>
    private static string Compact(string text) =>
        string.Concat(text.EnumerateRunes().Where(rune => !Rune.IsWhiteSpace(rune))).Normalize(NormalizationForm.FormKC).ToLowerInvariant();

    private static FrozenSet<string> ReadCommon()
    {
        var type = typeof(PasswordRules);
        using var stream = type.Assembly.GetManifestResourceStream(type, "common-passwords.txt")
            ?? throw new InvalidOperationException("The list of common passwords is not in the assembly.");
        using var reader = new StreamReader(stream);
        var words = new HashSet<string>(StringComparer.Ordinal);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && line[0] != '#')
            {
                words.Add(line);
            }
        }

        return words.ToFrozenSet(StringComparer.Ordinal);
    }
}
