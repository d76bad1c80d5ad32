using System.Globalization;

namespace DealerPortal.Core.Organisations;

/// <summary>
/// A Belgian or Luxembourg VAT number whose check digits are right. Whether it was ever given to anyone is not asked: the check never calls out.
/// </summary>
/// <remarks>
/// Belgium: ten digits, the first 0 or 1; the last two are 97 minus the remainder of the first eight by 97.
/// Luxembourg: eight digits; the last two are the remainder of the first six by 89.
/// </remarks>
public readonly record struct VatNumber
{
    /// <summary>Length of the longest <see cref="Value"/>.</summary>
    public const int MaxLength = 12;

    private readonly string? _value;

    private VatNumber(string value) => _value = value;

    /// <summary>Country letters and digits without separators, as stored: "BE0999000129". Empty for the default value.</summary>
    public string Value => _value ?? "";

    /// <summary>"BE" or "LU". Empty for the default value.</summary>
    public string Country => _value?[..2] ?? "";

    /// <summary>As the country writes it: "BE 0999.000.129", "LU 10000053".</summary>
    public string Display => Country switch
    {
        "BE" => $"BE {Value[2..6]}.{Value[6..9]}.{Value[9..]}",
        "LU" => $"LU {Value[2..]}",
        _ => "",
    };

    /// <summary>
    /// Accepts spaces, dots, dashes and lower case. The country letters may be left out for Belgian numbers only,
    /// and Belgian numbers may have nine digits, as before 2005; they then get the leading 0.
    /// </summary>
    public static bool TryParse(string? input, out VatNumber vat)
    {
        vat = default;
        var typed = TypedCode.Compact(input, MaxLength, ".-");
        if (typed is null)
        {
            return false;
        }

        var hasCountry = typed.Length > 2 && char.IsAsciiLetterUpper(typed[0]);
        var country = hasCountry ? typed[..2] : "BE";
        var digits = hasCountry ? typed[2..] : typed;
        if (country == "BE" && digits.Length == 9)
        {
            digits = "0" + digits;
        }

        if (!TypedCode.IsDigits(digits))
        {
            return false;
        }

        var valid = country switch
        {
            "BE" => digits.Length == 10 && digits[0] is ('0' or '1') && HasCheckDigits(digits, rest => 97 - rest % 97),
            "LU" => digits.Length == 8 && HasCheckDigits(digits, rest => rest % 89),
            _ => false,
        };
        if (valid)
        {
            vat = new VatNumber(country + digits);
        }

        return valid;
    }

    /// <inheritdoc/>
    public override string ToString() => Value;

    private static bool HasCheckDigits(string digits, Func<int, int> check)
    {
        var number = int.Parse(digits.AsSpan(0, digits.Length - 2), NumberStyles.None, CultureInfo.InvariantCulture);
        var last = int.Parse(digits.AsSpan(digits.Length - 2), NumberStyles.None, CultureInfo.InvariantCulture);
        return number > 0 && check(number) == last;
    }
}
