using AngleSharp.Dom;
using Ganss.Xss;
using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace DealerPortal.Core.Content;

/// <summary>
/// The Markdown that staff write: paragraphs, headings, lists, emphasis, quotes, code, links. HTML in it is text, pictures
/// become links, and links lead to https, http, mailto, tel and addresses within the portal. What comes out passes a
/// sanitizer with a closed list besides, so that a defect of the one is caught by the other.
/// </summary>
public static class Markdown
{
    /// <summary>The longest text of a page; SQL Server keeps it in the row.</summary>
    public const int MaxLength = 4000;

    private const int DeepestHeading = 6;
    private static readonly string[] _schemes = ["https", "http", "mailto", "tel"];
    private static readonly MarkdownPipeline _pipeline = new MarkdownPipelineBuilder().DisableHtml().UseAutoLinks().Build();
    private static readonly HtmlSanitizer _sanitizer = CreateSanitizer();

    /// <summary>The text as HTML that can stand in a page.</summary>
    /// <param name="topHeading">The level at which its highest headings stand, under those of the page.</param>
    public static string ToHtml(string text, int topHeading = 2)
    {
        try
        {
            var document = Markdig.Markdown.Parse(text, _pipeline);
            var headings = document.Descendants<HeadingBlock>().ToList();
            var highest = headings.Count == 0 ? 1 : headings.Min(heading => heading.Level);
            foreach (var heading in headings)
                heading.Level = Math.Min(heading.Level - highest + topHeading, DeepestHeading);
            foreach (var link in document.Descendants<LinkInline>())
                link.IsImage = false;
            return _sanitizer.Sanitize(document.ToHtml(_pipeline));
        }
        catch (ArgumentException)
        {
            // Nested beyond what the parser follows: nobody wrote that to be read.
            return "<p>" + System.Net.WebUtility.HtmlEncode(text) + "</p>";
        }
    }

    /// <summary>Whether a link of a text may lead there.</summary>
    public static bool IsAllowed(string address) =>
        IsLocal(address)
        || (Uri.TryCreate(address, UriKind.Absolute, out var uri) && _schemes.Contains(uri.Scheme) && !address.Any(char.IsControl) && address.StartsWith(uri.Scheme + ":", StringComparison.OrdinalIgnoreCase));

    private static bool IsLocal(string address) =>
        address.StartsWith('/') && !address.StartsWith("//", StringComparison.Ordinal) && !address.Contains('\\', StringComparison.Ordinal) && !address.Any(char.IsControl);

    private static HtmlSanitizer CreateSanitizer()
    {
        var sanitizer = new HtmlSanitizer { KeepChildNodes = true };
        Replace(sanitizer.AllowedTags, "p", "br", "hr", "strong", "em", "a", "ul", "ol", "li", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "code");
        Replace(sanitizer.AllowedAttributes, "href", "start", "rel");
        Replace(sanitizer.AllowedSchemes, _schemes);
        Replace(sanitizer.UriAttributes, "href");
        sanitizer.AllowedCssProperties.Clear();
        sanitizer.AllowedAtRules.Clear();
        sanitizer.AllowDataAttributes = false;
        sanitizer.FilterUrl += (_, link) => link.SanitizedUrl = IsAllowed(link.OriginalUrl) ? link.OriginalUrl : null;
        sanitizer.PostProcessNode += (_, node) =>
        {
            if (node.Node is not IElement { LocalName: "a" } link)
                return;
            if (link.GetAttribute("href") is not { Length: > 0 } address)
                node.ReplacementNodes.Add(link.Owner!.CreateTextNode(link.TextContent));
            else if (address.StartsWith("http", StringComparison.OrdinalIgnoreCase))
                link.SetAttribute("rel", "noopener");
        };
        return sanitizer;
    }

    private static void Replace(ISet<string> list, params string[] allowed)
    {
        list.Clear();
        list.UnionWith(allowed);
    }
}
