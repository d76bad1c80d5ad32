using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Shared.TagHelpers;

/// <summary>The link to a field's explanation, for controls a view writes itself: <c>&lt;field-help name="Sold" label="…" /&gt;</c>.</summary>
[HtmlTargetElement("field-help", TagStructure = TagStructure.WithoutEndTag)]
public sealed class FieldHelpTagHelper(IStringLocalizer<SharedTexts> shared) : TagHelper
{
    public required string Name { get; set; }
    public required string Label { get; set; }

    [ViewContext]
    [HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = null;
        if (FieldHelp.LinkOf(ViewContext, Name, Label, shared) is { } link)
            output.Content.SetHtmlContent(link);
    }
}
