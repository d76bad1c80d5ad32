using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Shared.TagHelpers;

/// <summary>A number that a scanner reads: <c>&lt;barcode value="26-0001234-2" /&gt;</c>. The number stands beside it for people.</summary>
[HtmlTargetElement("barcode", TagStructure = TagStructure.WithoutEndTag)]
public sealed class BarcodeTagHelper(IStringLocalizer<SharedTexts> texts) : TagHelper
{
    public required string Value { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var barcode = Barcode.Of(Value);
        output.TagName = "svg";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "barcode");
        output.Attributes.SetAttribute("viewBox", $"0 0 {barcode.Width} {Barcode.Height}");
        output.Attributes.SetAttribute("preserveAspectRatio", "none");
        output.Attributes.SetAttribute("shape-rendering", "crispEdges");
        output.Attributes.SetAttribute("role", "img");
        output.Attributes.SetAttribute("aria-label", texts["Barcode", Value].Value);
        output.Content.SetHtmlContent($"<path d=\"{barcode.Path}\"/>");
    }
}
