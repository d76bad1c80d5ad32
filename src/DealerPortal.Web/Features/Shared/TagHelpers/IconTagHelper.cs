using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace DealerPortal.Web.Features.Shared.TagHelpers;

/// <summary>A drawing from the sprite: <c>&lt;icon name="check" /&gt;</c>. Always beside a word, so hidden from screen readers.</summary>
[HtmlTargetElement("icon", TagStructure = TagStructure.WithoutEndTag)]
public sealed class IconTagHelper : TagHelper
{
    public required string Name { get; set; }

    [ViewContext]
    [HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "svg";
        output.TagMode = TagMode.StartTagAndEndTag;
        var extra = output.Attributes["class"]?.Value;
        output.Attributes.SetAttribute("class", extra is null ? "icon" : $"icon {extra}");
        output.Attributes.SetAttribute("aria-hidden", "true");
        output.Content.SetHtmlContent($"<use href=\"{Sprite(ViewContext)}#{Name}\"/>");
    }

    /// <summary>The same drawing for code that builds markup itself.</summary>
    public static string Markup(ViewContext view, string name) =>
        $"<svg class=\"icon\" aria-hidden=\"true\"><use href=\"{Sprite(view)}#{name}\"/></svg>";

    private static string Sprite(ViewContext view) =>
        view.HttpContext.GetEndpoint()?.Metadata.GetMetadata<ResourceAssetCollection>() is { } assets ? "/" + assets["img/sprite.svg"] : "/img/sprite.svg";
}
