using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using DealerPortal.TestCommon;

namespace DealerPortal.Web.Tests.Access;

/// <summary>A form as somebody who may send it has filled it in, with every field it has, also those left empty.</summary>
internal sealed record FilledForm(PortalClient Client, string Url, IReadOnlyList<(string Name, string? Value)> Fields)
{
    private const string Token = "__RequestVerificationToken";

    public IReadOnlyList<TestFile> Files { get; init; } = [];

    public Task<PortalPage> SendAsync(params (string Name, string? Value)[] over) => SendByAsync(Client, over);

    /// <summary>The same post by somebody else.</summary>
    public Task<PortalPage> SendByAsync(PortalClient client, params (string Name, string? Value)[] over)
    {
        (string Name, string? Value)[] fields = [.. Fields.Where(field => over.All(o => o.Name != field.Name)), .. over];
        return Files.Count > 0 ? client.PostFilesAsync(Url, Files, fields) : client.PostAsync(Url, fields);
    }

    /// <summary>The form of a page that posts to this address, with these values in it.</summary>
    public static async Task<FilledForm> OnPageAsync(PortalClient client, string pageUrl, string url, params (string Name, string? Value)[] values)
    {
        var page = await client.GetPageAsync(pageUrl);
        var form = page.Document.QuerySelectorAll<IHtmlFormElement>("form[method=post]")
            .FirstOrDefault(f => (f.GetAttribute("action") is { Length: > 0 } action ? action : pageUrl) == url)
            ?? throw new FormGoneException(url, page);
        var names = form.Elements.OfType<IElement>().Select(e => e.GetAttribute("name")).OfType<string>().Distinct().ToList();
        if (values.FirstOrDefault(value => !names.Contains(value.Name)) is { Name: { } missing })
            throw new FormGoneException($"{url} with {missing}", page);
        var typed = PortalClient.FieldsOf(form).Select(field => (field.Name, Value: (string?)field.Value)).Where(field => values.All(v => v.Name != field.Name)).Concat(values).ToList();
        return new FilledForm(client, url, [.. typed.Concat(names.Except(typed.Select(field => field.Name)).Select(name => (name, (string?)""))).Where(field => field.Item1 != Token)]);
    }
}

/// <summary>The page has no such form, or not with such a field, as when what it is for was done already.</summary>
internal sealed class FormGoneException(string url, PortalPage page) : InvalidOperationException($"No form for {url} on {page.Url} ({(int)page.Status}).");
