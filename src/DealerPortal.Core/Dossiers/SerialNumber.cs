namespace DealerPortal.Core.Dossiers;

/// <summary>What makes a serial number look mistyped. None of it refuses the number.</summary>
public enum SerialWarning
{
    /// <summary>Neither 15 nor 11 characters.</summary>
    UnusualLength,

    /// <summary>Holds the letter O, which plates hardly use: it may be a zero.</summary>
    LetterOOrZero,

    /// <summary>Holds the letter I, which plates hardly use: it may be a one.</summary>
    LetterIOrOne,
}

/// <summary>A device's serial number: capitals and digits, now and then with "-" or "/"; usually 15 or 11 characters, but never refused for another length.</summary>
public readonly record struct SerialNumber
{
    /// <summary>The most that is stored; nothing longer is a serial number.</summary>
    public const int MaxLength = 40;

    private readonly string? _value;

    private SerialNumber(string value) => _value = value;

    /// <summary>As stored and compared: upper case, without white space. Empty for the default value.</summary>
    public string Value => _value ?? "";

    /// <summary>Doubts to show the person who typed it, in the order of the enumeration.</summary>
    public IReadOnlyList<SerialWarning> Warnings
    {
        get
        {
            var warnings = new List<SerialWarning>();
            if (Value.Length is not (15 or 11))
            {
                warnings.Add(SerialWarning.UnusualLength);
            }

            if (Value.Contains('O', StringComparison.Ordinal))
            {
                warnings.Add(SerialWarning.LetterOOrZero);
            }

            if (Value.Contains('I', StringComparison.Ordinal))
            {
                warnings.Add(SerialWarning.LetterIOrOne);
            }

            return warnings;
        }
    }

    /// <summary>Ignores case and white space; refuses other characters, a number without any letter or digit, and more than <see cref="MaxLength"/>.</summary>
    public static bool TryParse(string? input, out SerialNumber serial)
    {
        serial = default;
        var typed = TypedCode.Compact(input, MaxLength, "");
        if (typed is null || !typed.All(c => c is '-' or '/' || TypedCode.IsCapitalOrDigit(c)) || !typed.Any(TypedCode.IsCapitalOrDigit))
        {
            return false;
        }

        serial = new SerialNumber(typed);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => Value;
}
