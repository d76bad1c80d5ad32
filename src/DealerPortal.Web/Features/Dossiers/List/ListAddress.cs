using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;

namespace DealerPortal.Web.Features.Dossiers.List;

/// <summary>What the addresses of lists have in common.</summary>
internal static class ListAddress
{
    /// <summary>A list's query with one thing changed; null removes it. What is empty is left out.</summary>
    public static string Of(IEnumerable<(string Name, string? Value)> state, string? name, string? value)
    {
        var kept = state.Where(pair => pair.Name != name && !string.IsNullOrWhiteSpace(pair.Value)).ToList();
        if (name is not null && value is not null)
            kept.Add((name, value));
        return QueryString.Create(kept.Select(pair => KeyValuePair.Create(pair.Name, pair.Value))).ToString();
    }

    /// <summary>Reads a query by the names of its values; of one that comes more than once the first.</summary>
    public static Func<string, string?> Reader(string? query)
    {
        var values = QueryHelpers.ParseQuery(query);
        return name => values.TryGetValue(name, out var found) ? found[0] : null;
    }

    public static TEnum? Value<TEnum>(string? name)
        where TEnum : struct, Enum => Enum.TryParse<TEnum>(name, ignoreCase: true, out var value) && Enum.IsDefined(value) ? value : null;

    /// <summary>A date as a browser's field sends it.</summary>
    public static DateOnly? Date(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) && date.Year >= 1900 ? date : null;

    public static int? Number(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
