namespace DealerPortal.Core;

/// <summary>A short text that people maintain in the four languages of the portal.</summary>
public sealed record LocalizedText
{
    public const int MaxLength = 120;

    public required string Fr { get; init; }
    public required string Nl { get; init; }
    public required string De { get; init; }
    public required string En { get; init; }

    /// <summary>The text in that language; French for anything else.</summary>
    public string In(string language) => language switch
    {
        "nl" => Nl,
        "de" => De,
        "en" => En,
        _ => Fr,
    };
}
