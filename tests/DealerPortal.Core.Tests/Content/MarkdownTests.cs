using System.Diagnostics;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using DealerPortal.Core.Content;

namespace DealerPortal.Core.Tests.Content;

public sealed class MarkdownTests
{
    private static readonly string[] Elements = ["p", "br", "hr", "strong", "em", "a", "ul", "ol", "li", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "code"];
    private static readonly string[] Attributes = ["href", "start", "rel"];

    /// <summary>What must not get through, each with what is still to be read.</summary>
    public static TheoryData<string, string> Hostile => new()
    {
        { "<script>alert(1)</script> fin", "<script>alert(1)</script> fin" },
        { "a <img src=x onerror=alert(1)> b", "a <img src=x onerror=alert(1)> b" },
        { "<div onclick=alert(1)>bloc</div>", "<div onclick=alert(1)>bloc</div>" },
        { "<!-- caché --> visible", "<!-- caché --> visible" },
        { "<style>body{display:none}</style>", "<style>body{display:none}</style>" },
        { "<a href='javascript:alert(1)'>ici</a>", "<a href='javascript:alert(1)'>ici</a>" },
        { "[ici](javascript:alert(1))", "ici" },
        { "[ici](JaVaScRiPt:alert(1))", "ici" },
        { "[ici](java&#10;script:alert(1))", "ici" },
        { "[ici](&#x6A;avascript:alert(1))", "ici" },
        { "[ici](data:text/html;base64,PHNjcmlwdD4=)", "ici" },
        { "[ici](vbscript:x)", "ici" },
        { "[ici](file:///etc/passwd)", "ici" },
        { "[ici](//evil.example/x)", "ici" },
        { "[ici](/\\evil.example)", "ici" },
        { "[ici](\\\\evil.example)", "ici" },
        { "[ici](ftp://evil.example)", "ici" },
        { "[ici](relatif)", "ici" },
        { "<javascript:alert(1)>", "javascript:alert(1)" },
        { "![balise](https://evil.example/pixel.gif)", "balise" },
        { "![balise](data:image/png;base64,AAAA)", "balise" },
        { "[x]: javascript:alert(1)\n\n[ici][x]", "ici" },
        { "```html onload=alert(1)\n<script>alert(1)</script>\n```", "<script>alert(1)</script>" },
        { "[ici](https://ok.example \"onmouseover=alert(1)\")", "ici" },
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public void ToHtml_OfHostileText_IsTextAndHarmlessMarkup(string markdown, string text)
    {
        var document = new HtmlParser().ParseDocument(Markdown.ToHtml(markdown));

        Assert.Equal(text, document.Body!.TextContent.Trim());
        Assert.All(document.Body.QuerySelectorAll("*"), element =>
        {
            Assert.Contains(element.LocalName, Elements);
            Assert.All(element.Attributes, attribute => Assert.Contains(attribute.Name, Attributes));
        });
        Assert.All(document.Body.QuerySelectorAll("a"), link => Assert.True(Markdown.IsAllowed(link.GetAttribute("href")!), link.OuterHtml));
        Assert.DoesNotContain(document.Descendants(), node => node.NodeType == NodeType.Comment);
    }

    [Theory]
    [InlineData("**gras** et *italique*", "<p><strong>gras</strong> et <em>italique</em></p>")]
    [InlineData("# Un\n\n## Deux\n\n###### Six", "<h2>Un</h2>\n<h3>Deux</h3>\n<h6>Six</h6>")]
    [InlineData("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>")]
    [InlineData("3. c\n4. d", "<ol start=\"3\">\n<li>c</li>\n<li>d</li>\n</ol>")]
    [InlineData("[nouveau](/dossiers/new?a=1&b=2)", "<p><a href=\"/dossiers/new?a=1&amp;b=2\">nouveau</a></p>")]
    [InlineData("[site](https://ok.example/é)", "<p><a href=\"https://ok.example/%C3%A9\" rel=\"noopener\">site</a></p>")]
    [InlineData("https://ok.example", "<p><a href=\"https://ok.example\" rel=\"noopener\">https://ok.example</a></p>")]
    [InlineData("[mail](mailto:a@b.example) [tél](tel:+3240000010)", "<p><a href=\"mailto:a@b.example\">mail</a> <a href=\"tel:+3240000010\">tél</a></p>")]
    [InlineData("L’été, 3 < 4 & « oui »", "<p>L’été, 3 &lt; 4 &amp; « oui »</p>")]
    [InlineData("![photo](https://ok.example/p.png)", "<p><a href=\"https://ok.example/p.png\" rel=\"noopener\">photo</a></p>")]
    public void ToHtml_OfWhatStaffWrite_ReadsAsTheyMeant(string markdown, string html) => Assert.Equal(html, Markdown.ToHtml(markdown).Trim());

    [Fact]
    public void ToHtml_PutsHeadingsUnderThoseOfThePage()
    {
        Assert.Equal("<h4>Un</h4>", Markdown.ToHtml("# Un", topHeading: 4).Trim());
        // Whichever level somebody began with: no level is left out.
        Assert.Equal("<h2>Un</h2>\n<h3>Deux</h3>", Markdown.ToHtml("## Un\n\n### Deux").Trim());
    }

    [Theory]
    [InlineData(">")]
    [InlineData("[")]
    [InlineData("- ")]
    [InlineData("*a_")]
    [InlineData("![[](")]
    [InlineData("<a ")]
    [InlineData("&#")]
    public void ToHtml_OfThePathologicallyLong_EndsSoon(string part)
    {
        var text = string.Concat(Enumerable.Repeat(part, Markdown.MaxLength / part.Length));
        var clock = Stopwatch.StartNew();

        Assert.NotEmpty(Markdown.ToHtml(text));
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(5), $"{part}: {clock.Elapsed}");
    }
}
