using DealerPortal.Core.Accounts;
using DealerPortal.Web.Access;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace DealerPortal.Web.Features.Shared;

public enum PageWidth
{
    Normal,
    Narrow,
    Wide,
}

/// <summary>What a view tells the layout about itself.</summary>
public sealed record PageFrame
{
    private const string Key = nameof(PageFrame);

    public PageWidth Width { get; init; }

    /// <summary>The entry of the main navigation this page belongs to: <c>home</c>, <c>dossiers</c>, <c>account</c>, <c>new</c>, <c>more</c>.</summary>
    public string? Nav { get; init; }

    /// <summary>Without navigation and forms: for pages that must show while dependencies are down.</summary>
    public bool Bare { get; init; }

    /// <summary>Whether the layout says that mails to the reader come back; not where the page says it itself.</summary>
    public bool SaysBounce { get; init; } = true;

    /// <summary>The form that the language buttons post, so that what is typed in it survives; with <see cref="LanguageAction"/>.</summary>
    public string? LanguageForm { get; init; }

    public string? LanguageAction { get; init; }

    /// <summary>The dossier that the page shows, so that it follows what happens to it.</summary>
    public string? LiveNumber { get; init; }

    /// <summary>The newest entry of that dossier on the page.</summary>
    public long LiveEntry { get; init; }

    /// <summary>Where the page asks whether what it shows has changed.</summary>
    public string LiveUrl(SessionSnapshot reader) => $"{(reader.IsMember ? "" : "/admin")}/dossiers/{(LiveNumber is null ? "" : LiveNumber + "/")}live{(reader.HasSeveralOrganisations ? $"?{OrganisationGate.Parameter}={reader.Organisation!.Id}" : "")}";

    public static PageFrame Of(ViewDataDictionary viewData) => viewData[Key] as PageFrame ?? new PageFrame();

    public void ApplyTo(ViewDataDictionary viewData) => viewData[Key] = this;
}
