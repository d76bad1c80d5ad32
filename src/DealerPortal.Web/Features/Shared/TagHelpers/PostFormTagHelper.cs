using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace DealerPortal.Web.Features.Shared.TagHelpers;

/// <summary>
/// Puts the antiforgery token into every form that posts. The framework's own helper leaves it out where a form names
/// its address, taking that for another site's.
/// </summary>
[HtmlTargetElement("form", Attributes = "[method=post]")]
public sealed class PostFormTagHelper(IHtmlGenerator generator) : TagHelper
{
    // After the framework's, which may have written the token already; the generator then writes nothing.
    public override int Order => 1;

    [ViewContext]
    [HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output) =>
        output.PostContent.AppendHtml(generator.GenerateAntiforgery(ViewContext));
}
