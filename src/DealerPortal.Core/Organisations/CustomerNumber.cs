namespace DealerPortal.Core.Organisations;

/// <summary>The house's own number for a dealer: capitals, digits and «-», as its accounts write it.</summary>
public readonly record struct CustomerNumber
{
    private readonly string? _value;

    private CustomerNumber(string value) => _value = value;

    /// <summary>As stored and compared: upper case, without white space. Empty for the default value.</summary>
    public string Value => _value ?? "";

    /// <summary>Ignores case and white space; refuses other characters, a number without any digit, and more than <see cref="Organisation.CustomerNumberMaxLength"/>.</summary>
    public static bool TryParse(string? input, out CustomerNumber number)
    {
        number = default;
        var typed = TypedCode.Compact(input, Organisation.CustomerNumberMaxLength, "");
        if (typed is null || !typed.All(c => c == '-' || TypedCode.IsCapitalOrDigit(c)) || !typed.Any(char.IsAsciiDigit))
            return false;
        number = new CustomerNumber(typed);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => Value;
}
