namespace DealerPortal.Core.Dossiers;

/// <summary>The identity of a mobile device (3GPP TS 23.003): fifteen digits, the last a Luhn check digit.</summary>
public readonly record struct Imei
{
    /// <summary>Every IMEI has this length.</summary>
    public const int MaxLength = 15;

    private readonly string? _value;

    private Imei(string value) => _value = value;

    /// <summary>The fifteen digits. Empty for the default value.</summary>
    public string Value => _value ?? "";

    /// <summary>Accepts spaces, dashes and "/" between the digits, as boxes and phones print them.</summary>
    public static bool TryParse(string? input, out Imei imei)
    {
        imei = default;
        var typed = TypedCode.Compact(input, MaxLength, "-/");
        if (typed is not { Length: MaxLength } || !TypedCode.IsDigits(typed) || typed.All(c => c == '0') || !PassesLuhn(typed))
        {
            return false;
        }

        imei = new Imei(typed);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => Value;

    private static bool PassesLuhn(string digits)
    {
        var sum = 0;
        for (var fromRight = 0; fromRight < digits.Length; fromRight++)
        {
            var digit = digits[^(fromRight + 1)] - '0';
            var weighted = fromRight % 2 == 0 ? digit : digit * 2;
            sum += weighted > 9 ? weighted - 9 : weighted;
        }

        return sum % 10 == 0;
    }
}
