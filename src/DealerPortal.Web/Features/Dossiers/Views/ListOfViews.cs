using DealerPortal.Core.Dossiers.Lists;

namespace DealerPortal.Web.Features.Dossiers.Views;

/// <summary>A list whose views are kept, as their pages need to know it.</summary>
/// <param name="Path">The list's address without its state.</param>
/// <param name="Nav">The entry of the navigation under which its views stand.</param>
/// <param name="Canonical">The list's query in its one spelling.</param>
public sealed record ListOfViews(ViewedList Kind, string Path, string Nav, Func<string?, string> Canonical)
{
    public string ViewsPath => Path + "/views";

    /// <summary>The list with this query.</summary>
    public string UrlOf(string? query) => Path + Canonical(query);

    /// <summary>Where a query is kept under a name.</summary>
    public string SaveUrl(string query) => ViewsPath + "?save=" + Uri.EscapeDataString(query);
}

/// <param name="Saving">The view that is to be kept, with what was typed; null where none is.</param>
public sealed record ViewsPage(ListOfViews List, IReadOnlyList<SavedView> Own, ViewForm? Saving);

public sealed record RenamePage(ListOfViews List, ViewForm Form);
