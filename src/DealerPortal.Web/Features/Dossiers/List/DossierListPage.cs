using System.Globalization;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Dossiers.Lists;
using DealerPortal.Web.Features.Shared;
using DealerPortal.Web.Features.Shared.TagHelpers;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Dossiers.List;

/// <summary>A filter that is on, with the address of the list without it.</summary>
public sealed record Chip(string Text, string RemoveUrl);

/// <summary>One page of the dealers’ list.</summary>
/// <param name="Path">The list's address without its state.</param>
/// <param name="Types">The types that can be filed.</param>
/// <param name="Colleagues">Whose dossiers can be asked for; empty where the reader sees only their own.</param>
public sealed record DossierListPage(
    DossierListQuery Query,
    DossierFilter Filter,
    DossierPage<DossierRow> Page,
    string Path,
    IReadOnlyList<DossierType> Types,
    IReadOnlyList<SelectListItem> Colleagues,
    IReadOnlyList<SelectListItem> Branches)
{
    public Paging Paging => new(Filter.Page, Filter.PageSize, Page.Rows.Count, Page.Count, Page.HasNext, UrlOf);

    /// <summary>How many filters stand behind «more».</summary>
    public int MoreCount => new[] { Filter.CreatedFrom is not null, Filter.OwnerId is not null, Filter.BranchId is not null, Filter.OpenOnly }.Count(on => on);

    public string Without(string name) => Query.With(Path, name, null);

    public string UrlOf(int page) => Query.With(Path, "page", page == 1 ? null : page.ToString(CultureInfo.InvariantCulture));

    public string SortUrl => Query.With(Path, "sort", IsOldestFirst ? null : DossierListQuery.OldestFirst);

    public bool IsOldestFirst => Filter.Sort == DossierSort.Oldest;
}

/// <summary>What the rows of a list repeat, made once per page: rows are the bulk of the work.</summary>
public sealed class RowMarkup(ViewContext view, IStringLocalizer<SharedTexts> shared, bool isStaff)
{
    private readonly Dictionary<(RequestStatus, Resolution?), IHtmlContent> _badges = [];
    private readonly Dictionary<DossierType, string> _types = [];

    /// <summary>The status as icon, word and tone, and the resolution beneath.</summary>
    public IHtmlContent Badge(RequestStatus status, Resolution? resolution)
    {
        if (_badges.TryGetValue((status, resolution), out var known))
            return known;
        var badge = isStaff ? StatusBadge.ForStaff(status, resolution) : StatusBadge.ForDealer(status, resolution);
        var html = new HtmlContentBuilder()
            .AppendHtml($"<span class=\"status {badge.Tone}\">{IconTagHelper.Markup(view, badge.Icon)}").Append(shared[badge.TextKey]).AppendHtml("</span>");
        if (resolution is { } reached)
            html.AppendHtml("<span class=\"sub\">").Append(shared[$"Resolution.{reached}"]).AppendHtml("</span>");
        using var writer = new StringWriter(CultureInfo.InvariantCulture);
        html.WriteTo(writer, System.Text.Encodings.Web.HtmlEncoder.Default);
        return _badges[(status, resolution)] = new HtmlString(writer.ToString());
    }

    public string Type(DossierType type) => _types.TryGetValue(type, out var known) ? known : _types[type] = shared[$"Type.{type}"];
}
