using System.Globalization;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Dossiers.Lists;
using DealerPortal.Web.Features.Home;
using DealerPortal.Web.Features.Shared;
using DealerPortal.Web.Features.Shared.TagHelpers;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Dossiers.List;

/// <summary>A filter that is on, with the address of the list without it.</summary>
public sealed record Chip(string Text, string RemoveUrl);

/// <summary>One page of the dealers’ list.</summary>
/// <param name="Types">The types that can be filed.</param>
/// <param name="Views">The reader's own views of the list.</param>
/// <param name="Waiting">What waits for the reader, where the list begins with it.</param>
/// <param name="Colleagues">Whose dossiers can be asked for; empty where the reader sees only their own.</param>
public sealed record DossierListPage(
    DossierListQuery Query,
    DossierFilter Filter,
    DossierPage<DossierRow> Page,
    IReadOnlyList<DossierType> Types,
    IReadOnlyList<SelectListItem> Colleagues,
    IReadOnlyList<SelectListItem> Branches,
    IReadOnlyList<SavedView> Views,
    MoveList? Waiting)
{
    public Paging Paging => new(Filter.Page, Filter.PageSize, Page.Rows.Count, Page.Count, Page.HasNext, UrlOf);

    /// <summary>How many filters stand behind «more».</summary>
    public int MoreCount => new[] { Filter.CreatedFrom is not null, Filter.OwnerId is not null, Filter.BranchId is not null, Filter.OpenOnly }.Count(on => on);

    public string Without(string name) => Query.With(name, null);

    public string UrlOf(int page) => Query.With("page", page == 1 ? null : page.ToString(CultureInfo.InvariantCulture));

    /// <summary>The list by date, turned round where it stands so already.</summary>
    public string SortUrl => Query.With("sort", Filter.Sort == DossierSort.Newest ? DossierListQuery.NameOf(DossierSort.Oldest) : null);

    /// <summary>Whether this is the list that a view keeps.</summary>
    public bool Shows(SavedView view) => view.Query == Query.Canonical;
}

/// <summary>What the rows of a list repeat, made once per page: rows are the bulk of the work.</summary>
public sealed class RowMarkup(ViewContext view, IStringLocalizer<SharedTexts> shared, bool isStaff)
{
    private readonly Dictionary<(RequestStatus, Resolution?), IHtmlContent> _badges = [];
    private readonly Dictionary<WaitingOn, IHtmlContent> _waits = [];
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
        return _badges[(status, resolution)] = Made(html);
    }

    /// <summary>Whose move it is, in the dealer's words; nothing once nobody has one.</summary>
    public IHtmlContent Waits(WaitingOn? party, IStringLocalizer<ListTexts> texts)
    {
        if (party is not { } known)
            return HtmlString.Empty;
        if (_waits.TryGetValue(known, out var made))
            return made;
        var (tone, icon) = known switch
        {
            WaitingOn.Dealer => ("attn", "message-reply"),
            WaitingOn.ServiceCentre => ("idle", "tools"),
            _ => ("idle", "clock-hour-4"),
        };
        return _waits[known] = Made(new HtmlContentBuilder()
            .AppendHtml($"<span class=\"status plain {tone}\">{IconTagHelper.Markup(view, icon)}").Append(texts[$"Waits.{known}"]).AppendHtml("</span>"));
    }

    public string Type(DossierType type) => _types.TryGetValue(type, out var known) ? known : _types[type] = shared[$"Type.{type}"];

    private static HtmlString Made(IHtmlContent html)
    {
        using var writer = new StringWriter(CultureInfo.InvariantCulture);
        html.WriteTo(writer, System.Text.Encodings.Web.HtmlEncoder.Default);
        return new HtmlString(writer.ToString());
    }
}
