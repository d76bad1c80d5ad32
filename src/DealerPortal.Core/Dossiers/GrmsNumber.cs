namespace DealerPortal.Core.Dossiers;

/// <summary>The number under which the manufacturer keeps a return and its credit: capitals and digits, now and then with "-" or "/".</summary>
public readonly record struct GrmsNumber
{
    /// <summary>The most that is stored; nothing longer is a GRMS number.</summary>
    public const int MaxLength = 30;

    private readonly string? _value;

    private GrmsNumber(string value) => _value = value;

    /// <summary>As stored and compared: upper case, without white space. Empty for the default value.</summary>
    public string Value => _value ?? "";

    /// <summary>Ignores case and white space; refuses other characters, a number without any digit, and more than <see cref="MaxLength"/>.</summary>
    public static bool TryParse(string? input, out GrmsNumber number)
    {
        number = default;
        var typed = TypedCode.Compact(input, MaxLength, "");
        if (typed is null || !typed.All(c => c is '-' or '/' || TypedCode.IsCapitalOrDigit(c)) || !typed.Any(char.IsAsciiDigit))
            return false;
        number = new GrmsNumber(typed);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => Value;
}
