namespace DealerPortal.Core.Content.Assistance;

/// <summary>What the house's configuration puts into the text: <c>{phone}</c> and <c>{site}</c>, each as a link.</summary>
public static class AssistancePlaces
{
    public const string Phone = "{phone}";
    public const string Site = "{site}";

    public static readonly IReadOnlyList<string> All = [Phone, Site];

    /// <summary>Whether nothing but places stands in braces.</summary>
    public static bool AreKnownIn(string text) => All.Aggregate(text, (rest, place) => rest.Replace(place, "", StringComparison.Ordinal)).AsSpan().IndexOfAny('{', '}') < 0;

    /// <summary>The number for consumers, or the Dealerline where the house has none; lines that name a site are left out where there is none.</summary>
    public static string Fill(string text, BrandOptions brand)
    {
        var phone = brand.ConsumerPhone ?? brand.DealerlinePhone;
        var lines = brand.ConsumerSite is null ? text.Split('\n').Where(line => !line.Contains(Site, StringComparison.Ordinal)) : text.Split('\n');
        return string.Join('\n', lines)
            .Replace(Phone, $"[{phone}](tel:{phone.Replace(" ", "", StringComparison.Ordinal)})", StringComparison.Ordinal)
            .Replace(Site, $"<{brand.ConsumerSite}>", StringComparison.Ordinal);
    }
}
