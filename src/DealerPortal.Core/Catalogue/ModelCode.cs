namespace DealerPortal.Core.Catalogue;

/// <summary>A model code as the rating plate shows it: two to forty of A-Z, 0-9 and "-", then perhaps "/" and a region of one to four characters.</summary>
public readonly record struct ModelCode
{
    /// <summary>Length of the longest <see cref="Value"/>, with room to spare.</summary>
    public const int MaxLength = 48;

    private const int MinBase = 2;
    private const int MaxBase = 40;
    private const int MaxRegion = 4;
    private const int MaxTyped = 256;

    private readonly string? _value;

    private ModelCode(string value) => _value = value;

    /// <summary>As stored and shown: upper case, without white space, with the region suffix if there was one: "LW90T554/BE".</summary>
    public string Value => _value ?? "";

    /// <summary>What look-ups compare: <see cref="Value"/> without the region suffix.</summary>
    public string Key => WithoutRegion(Value);

    /// <summary>Ignores case, white space and the kind of dash. The code must hold at least one letter or digit before the suffix.</summary>
    public static bool TryParse(string? input, out ModelCode code)
    {
        code = default;
        var typed = TypedCode.Compact(input, MaxLength, "");
        if (typed is null)
        {
            return false;
        }

        var slash = typed.IndexOf('/', StringComparison.Ordinal);
        var body = slash < 0 ? typed : typed[..slash];
        var bodyIsRight = body.Length is >= MinBase and <= MaxBase && body.All(c => c == '-' || TypedCode.IsCapitalOrDigit(c)) && body.Any(TypedCode.IsCapitalOrDigit);
        var regionIsRight = slash < 0 || (typed.Length - slash - 1 is >= 1 and <= MaxRegion && typed.Skip(slash + 1).All(TypedCode.IsCapitalOrDigit));
        if (!bodyIsRight || !regionIsRight)
        {
            return false;
        }

        code = new ModelCode(typed);
        return true;
    }

    /// <summary>
    /// The <see cref="Key"/> of something that may still be half a code, for a search by prefix: what cannot stand in a key is dropped,
    /// and what comes after the first "/" or after <see cref="MaxLength"/> characters is ignored. Never throws; empty when nothing is left.
    /// </summary>
    public static string KeyOf(string? input)
    {
        var beforeRegion = WithoutRegion(input ?? "");
        var shortened = beforeRegion.Length <= MaxTyped ? beforeRegion : beforeRegion[..MaxTyped];
        var key = string.Concat((TypedCode.Compact(shortened, MaxTyped, "") ?? "").Where(c => c == '-' || TypedCode.IsCapitalOrDigit(c)));
        return key.Length <= MaxLength ? key : key[..MaxLength];
    }

    /// <inheritdoc/>
    public override string ToString() => Value;

    private static string WithoutRegion(string value) => value.IndexOf('/', StringComparison.Ordinal) is >= 0 and var slash ? value[..slash] : value;
}
