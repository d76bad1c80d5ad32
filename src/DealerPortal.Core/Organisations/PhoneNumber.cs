using System.Globalization;
using PhoneNumbers;

namespace DealerPortal.Core.Organisations;

/// <summary>Telephone numbers as people write them, stored as E.164 ("+3240000010").</summary>
public static class PhoneNumber
{
    /// <summary>Length of the longest E.164 number: the plus sign and fifteen digits.</summary>
    public const int MaxLength = 16;

    private const int MinDigits = 8;
    private const int MaxTyped = 64;
    private const string DefaultRegion = "BE";

    /// <summary>
    /// Reads a number written nationally (then Belgian) or with + or 00 and the country code. It must have a possible length for its country;
    /// whether its range is in use is not asked, as numbering plans change faster than the copy we hold.
    /// </summary>
    /// <returns>False for letters, extensions, and anything else that is not one complete number.</returns>
    public static bool TryParse(string? input, out string e164)
    {
        e164 = "";
        var typed = input.AsSpan().Trim();
        if (typed.Length is 0 or > MaxTyped || !IsWrittenLikeANumber(typed))
        {
            return false;
        }

        try
        {
            var util = PhoneNumberUtil.GetInstance();
            // "+32 (0)4 …" shows the national trunk digit, which is not dialled after a country code.
            var international = typed[0] is '+' or '(' || typed.StartsWith("00");
            var number = util.Parse(international ? typed.ToString().Replace("(0)", "", StringComparison.Ordinal) : typed.ToString(), DefaultRegion);
            if (util.IsPossibleNumberWithReason(number) != PhoneNumberUtil.ValidationResult.IS_POSSIBLE)
            {
                return false;
            }

            var formatted = util.Format(number, PhoneNumberFormat.E164);
            if (formatted.Length is <= MinDigits or > MaxLength)
            {
                return false;
            }

            e164 = formatted;
            return true;
        }
        catch (NumberParseException)
        {
            return false;
        }
    }

    /// <summary>The international way to write a stored number: "+32 81 00 00 10". Text that is no number comes back unchanged.</summary>
    public static string Display(string e164)
    {
        ArgumentNullException.ThrowIfNull(e164);
        if (e164.Length > MaxLength)
        {
            return e164;
        }

        try
        {
            var util = PhoneNumberUtil.GetInstance();
            return util.Format(util.Parse(e164, null), PhoneNumberFormat.INTERNATIONAL);
        }
        catch (NumberParseException)
        {
            return e164;
        }
    }

    private static bool IsWrittenLikeANumber(ReadOnlySpan<char> typed)
    {
        foreach (var c in typed)
        {
            if (!char.IsAsciiDigit(c) && !char.IsWhiteSpace(c) && char.GetUnicodeCategory(c) is not (UnicodeCategory.DashPunctuation or UnicodeCategory.Format)
                && c is not ('+' or '(' or ')' or '.' or '/'))
            {
                return false;
            }
        }

        return true;
    }
}
