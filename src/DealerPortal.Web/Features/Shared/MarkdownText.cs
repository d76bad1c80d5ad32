using System.Text.Encodings.Web;
using DealerPortal.Core.Content;
using Microsoft.AspNetCore.Html;

namespace DealerPortal.Web.Features.Shared;

/// <summary>Markdown of the staff in a page: the one way in which a view writes markup that was not its own.</summary>
/// <param name="TopHeading">The level of its highest headings.</param>
public sealed record MarkdownText(string Text, int TopHeading = 2) : IHtmlContent
{
    public void WriteTo(TextWriter writer, HtmlEncoder encoder) => writer.Write(Markdown.ToHtml(Text, TopHeading));
}
