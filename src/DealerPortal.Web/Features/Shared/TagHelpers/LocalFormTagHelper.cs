using System.Globalization;
using DealerPortal.Web.Access;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace DealerPortal.Web.Features.Shared.TagHelpers;

/// <summary>
/// The antiforgery token for posting forms that name their address: MVC's own helper leaves those without one. And, of somebody who
/// works for several organisations, the one that the form was made for.
/// </summary>
[HtmlTargetElement("form", Attributes = "action")]
public sealed class LocalFormTagHelper(IHtmlGenerator generator, CurrentUser user) : TagHelper
{
    [ViewContext]
    [HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var posts = string.Equals(output.Attributes["method"]?.Value?.ToString(), "post", StringComparison.OrdinalIgnoreCase);
        if (posts && !context.AllAttributes.ContainsName("asp-antiforgery") && generator.GenerateAntiforgery(ViewContext) is { } token)
            output.PostContent.AppendHtml(token);
        if (user.Snapshot is not { HasSeveralOrganisations: true, Organisation: { } organisation })
            return;
        var id = organisation.Id.ToString(CultureInfo.InvariantCulture);
        if (posts)
        {
            // As written in the page, so encoded already.
            var action = output.Attributes["action"].Value.ToString()!;
            output.Attributes.SetAttribute("action", new HtmlString($"{action}{(action.Contains('?', StringComparison.Ordinal) ? "&amp;" : "?")}{OrganisationGate.Parameter}={id}"));
        }
        else
        {
            output.PostContent.AppendHtml($"<input type=\"hidden\" name=\"{OrganisationGate.Parameter}\" value=\"{id}\">");
        }
    }
}
