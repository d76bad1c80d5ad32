using System.Text.Encodings.Web;
using DealerPortal.Web.Features.Shared.TagHelpers;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Shared;

/// <summary>Where the fields of a page are explained: every field helper draws a link to it beside the label.</summary>
/// <param name="Page">The address of the explanation.</param>
/// <param name="Anchors">The place on it, by the field's name without prefix and index.</param>
public sealed record FieldHelp(string Page, IReadOnlyDictionary<string, string> Anchors)
{
    private const string Key = nameof(FieldHelp);

    public void ApplyTo(ViewDataDictionary viewData) => viewData[Key] = this;

    /// <summary>«What» for «Lines[2].What».</summary>
    public static string TopicOf(string name) => name[(name.LastIndexOf('.') + 1)..];

    /// <summary>The link of a field; nothing where the page has no help, or none for it. Of repeated fields the first has it.</summary>
    public static IHtmlContent? LinkOf(ViewContext view, string name, string label, IStringLocalizer<SharedTexts> shared)
    {
        if (view.ViewData[Key] is not FieldHelp help || !help.Anchors.TryGetValue(TopicOf(name), out var anchor) || (name.Contains('[', StringComparison.Ordinal) && !name.Contains("[0]", StringComparison.Ordinal)))
            return null;
        // Another tab: what is typed here stays, and the words say so to whoever does not see it.
        return new HtmlContentBuilder()
            .AppendHtml($"<a class=\"help-link\" href=\"{HtmlEncoder.Default.Encode($"{help.Page}#{anchor}")}\" target=\"_blank\" rel=\"noopener\">{IconTagHelper.Markup(view, "help-circle")}<span class=\"visually-hidden\">")
            .Append(shared["Help.Of", label]).AppendHtml("</span></a>");
    }
}
