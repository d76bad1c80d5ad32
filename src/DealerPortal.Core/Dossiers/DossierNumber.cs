using System.Globalization;

namespace DealerPortal.Core.Dossiers;

/// <summary>
/// The number people say on the phone: "26-0001234-2". Year, sequence in that year, and the ISO 7064 MOD 11,10 check digit over all digits before it,
/// which finds every single wrong digit and nearly every swap of neighbours.
/// </summary>
public static class DossierNumber
{
    /// <summary>Usual length, up to sequence 9,999,999.</summary>
    public const int Length = 12;

    /// <summary>Length of the longest number; the middle part grows when a year needs it.</summary>
    public const int MaxLength = 16;

    /// <summary>The highest sequence that still fits <see cref="MaxLength"/>.</summary>
    public const long MaxSequence = 99_999_999_999;

    private const int UsualSequenceDigits = 7;

    /// <param name="year">The year in Brussels; its last two digits are used.</param>
    /// <param name="sequence">1 to <see cref="MaxSequence"/>; gaps are allowed.</param>
    /// <exception cref="ArgumentOutOfRangeException">A sequence or year outside its range.</exception>
    public static string Format(int year, long sequence)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(year);
        ArgumentOutOfRangeException.ThrowIfLessThan(sequence, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(sequence, MaxSequence);
        return WithDashes(string.Create(CultureInfo.InvariantCulture, $"{year % 100:00}{sequence:0000000}"));
    }

    /// <summary>Accepts missing dashes and any spaces; refuses a wrong check digit. <paramref name="number"/> is the number as <see cref="Format"/> writes it, or empty.</summary>
    public static bool TryParse(string? input, out string number)
    {
        number = "";
        var digits = TypedCode.Compact(input, MaxLength - 2, "-");
        if (digits is null || digits.Length < Length - 2 || !TypedCode.IsDigits(digits))
        {
            return false;
        }

        var sequence = digits.AsSpan(2, digits.Length - 3);
        var isWrittenWithoutPadding = sequence.Length == UsualSequenceDigits || sequence[0] != '0';
        if (!isWrittenWithoutPadding || !sequence.ContainsAnyExcept('0') || digits[^1] != CheckDigit(digits.AsSpan(0, digits.Length - 1)))
        {
            return false;
        }

        number = WithDashes(digits[..^1]);
        return true;
    }

    private static string WithDashes(string yearAndSequence) => $"{yearAndSequence[..2]}-{yearAndSequence[2..]}-{CheckDigit(yearAndSequence)}";

    private static char CheckDigit(ReadOnlySpan<char> digits)
    {
        var product = 10;
        foreach (var digit in digits)
        {
            var sum = (product + digit - '0') % 10;
            product = (sum == 0 ? 10 : sum) * 2 % 11;
        }

        return (char)('0' + (11 - product) % 10);
    }
}
