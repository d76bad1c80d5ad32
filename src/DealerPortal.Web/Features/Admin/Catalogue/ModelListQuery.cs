using System.Globalization;
using DealerPortal.Core;
using DealerPortal.Core.Catalogue;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Web.Features.Admin.Catalogue;

/// <summary>The list's state as its address holds it. What cannot be read does not restrict.</summary>
public sealed record ModelListQuery
{
    public const string Inactive = "inactive";
    public const string All = "all";
    public const int PageSize = 50;

    /// <summary>Counts are exact up to here.</summary>
    public const int CountLimit = 1000;
    private const int LastPage = 1000;
    private const int MaxText = 100;

    public string? Q { get; init; }
    public string? Category { get; init; }
    public string? State { get; init; }
    public string? Page { get; init; }

    public int PageNumber => Math.Clamp(Number(Page) ?? 1, 1, LastPage);
    public int? CategoryId => Number(Category);
    public bool IsEmpty => string.IsNullOrWhiteSpace(Q) && CategoryId is null && State is not (Inactive or All);

    public IQueryable<ProductModel> In(IQueryable<ProductModel> models)
    {
        models = State switch
        {
            All => models,
            Inactive => models.Where(m => m.DiscontinuedAt != null),
            _ => models.Where(m => m.DiscontinuedAt == null),
        };
        if (CategoryId is { } category)
            models = models.Where(m => m.CategoryId == category);
        var text = TypedText.SingleLine(Q);
        if (text.Length == 0)
            return models;
        text = text[..Math.Min(text.Length, MaxText)];
        var (key, name) = (ModelCode.KeyOf(text), PatternOf(text));
        return models.Where(m => (key != "" && m.Key.StartsWith(key)) || EF.Functions.Like(m.Name.Fr, name, "\\") || EF.Functions.Like(m.Name.Nl, name, "\\")
            || EF.Functions.Like(m.Name.De, name, "\\") || EF.Functions.Like(m.Name.En, name, "\\"));
    }

    public string UrlOf(int page) => "/admin/catalogue" + QueryString.Create(
        new (string Name, string? Value)[] { ("q", Q), ("category", Category), ("state", State), ("page", page == 1 ? null : page.ToString(CultureInfo.InvariantCulture)) }
            .Where(pair => !string.IsNullOrWhiteSpace(pair.Value)).Select(pair => KeyValuePair.Create(pair.Name, pair.Value)));

    /// <summary>The words in their order. SQLite knows upper and lower case of A to Z only: any other letter matches any.</summary>
    private static string PatternOf(string text) =>
        $"%{string.Concat(text.Select(c => c switch { ' ' => "%", '%' or '_' or '\\' => $"\\{c}", _ when char.IsAscii(c) => c.ToString(), _ => "_" }))}%";

    private static int? Number(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
