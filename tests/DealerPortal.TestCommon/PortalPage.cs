using System.Net;
using System.Net.Http.Headers;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace DealerPortal.TestCommon;

/// <summary>An answer, read: status, headers, and the page if it is one.</summary>
public sealed class PortalPage
{
    private PortalPage(string url, HttpResponseMessage response, byte[] content)
    {
        Url = url;
        Status = response.StatusCode;
        Headers = response.Headers;
        ContentHeaders = response.Content.Headers;
        Content = content;
        Body = System.Text.Encoding.UTF8.GetString(content);
        Document = new HtmlParser().ParseDocument(ContentHeaders.ContentType?.MediaType == "text/html" ? Body : "");
    }

    public string Url { get; }

    public HttpStatusCode Status { get; }

    public HttpResponseHeaders Headers { get; }

    public HttpContentHeaders ContentHeaders { get; }

    public byte[] Content { get; }

    public string Body { get; }

    /// <summary>Empty for anything that is not HTML.</summary>
    public IHtmlDocument Document { get; }

    /// <summary>Where a redirect leads, without the portal's own address.</summary>
    public string? Location => Headers.Location?.OriginalString.Replace(PortalFactory.Host + "/", "/", StringComparison.Ordinal);

    public string Title => Document.Title ?? "";

    /// <summary>The page's own part as people read it, with white space folded.</summary>
    public string MainText => TextOf("main");

    /// <summary>The text of the first match, with white space folded; empty when there is none.</summary>
    public string TextOf(string selector) =>
        string.Join(' ', (Document.QuerySelector(selector)?.TextContent ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    public IReadOnlyList<string> TextsOf(string selector) =>
        [.. Document.QuerySelectorAll(selector).Select(e => string.Join(' ', e.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)))];

    /// <summary>Where the matches lead.</summary>
    public IReadOnlyList<string> HrefsOf(string selector) => [.. Document.QuerySelectorAll(selector).Select(e => e.GetAttribute("href")!)];

    /// <summary>The error at a field, by the field's name; null when it has none.</summary>
    public string? ErrorOf(string field)
    {
        var control = Document.QuerySelectorAll("[name]").FirstOrDefault(e => e.GetAttribute("name") == field && e.GetAttribute("type") != "hidden");
        var text = control?.Id is { } id && Document.GetElementById($"{id}-e") is { } error ? error.TextContent.Trim() : "";
        return text.Length == 0 ? null : text;
    }

    public string? ValueOf(string field) => Document.QuerySelectorAll("[name]").FirstOrDefault(e => e.GetAttribute("name") == field) switch
    {
        IHtmlInputElement input => input.Value,
        IHtmlTextAreaElement area => area.Value,
        IHtmlSelectElement select => select.Value,
        _ => null,
    };

    public static async Task<PortalPage> ReadAsync(HttpResponseMessage response, string url) =>
        new(url, response, await response.Content.ReadAsByteArrayAsync());
}
