using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using DealerPortal.Core.Accounts.SecondFactor;
using DealerPortal.Web.Access;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;

namespace DealerPortal.TestCommon;

/// <summary>A file as a browser would send it.</summary>
public sealed record TestFile(string Field, string FileName, byte[] Content, string ContentType = "application/octet-stream")
{
    /// <summary>A picture of one pixel.</summary>
    public static readonly byte[] Png = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");
}

/// <summary>A browser without scripts: keeps cookies, follows no redirects, reads pages, fills in their forms.</summary>
public sealed class PortalClient : IDisposable
{
    private const string TokenField = "__RequestVerificationToken";
    private static int _clients;

    private readonly PortalFactory _factory;

    public PortalClient(PortalFactory factory, string language = "fr")
    {
        _factory = factory;
        Http = factory.CreateDefaultClient(new Uri(PortalFactory.Host), new CookieHandler(this));
        Http.DefaultRequestHeaders.AcceptLanguage.ParseAdd(language);
        Http.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        var number = Interlocked.Increment(ref _clients);
        Address = new IPAddress([10, (byte)(number >> 16), (byte)(number >> 8), (byte)number]);
    }

    /// <summary>For requests that are no form and no page.</summary>
    public HttpClient Http { get; }

    /// <summary>By name; without the expiry, which the portal's clock decides.</summary>
    public Dictionary<string, string> Cookies { get; } = new(StringComparer.Ordinal);

    /// <summary>Where the requests come from; each client has its own.</summary>
    public IPAddress Address { get; set; }

    /// <summary>The page as it is answered, whatever its status; redirects are not followed.</summary>
    public async Task<PortalPage> GetPageAsync(string url)
    {
        using var response = await Http.GetAsync(new Uri(url, UriKind.RelativeOrAbsolute));
        return await PortalPage.ReadAsync(response, url);
    }

    /// <summary>The page behind a redirect.</summary>
    public Task<PortalPage> FollowAsync(PortalPage page) =>
        GetPageAsync(page.Location ?? throw new InvalidOperationException($"{page.Url} answered {(int)page.Status} and leads nowhere."));

    /// <summary>Reads the page and sends its (first posting) form with these values over those it shows.</summary>
    public async Task<PortalPage> PostFormAsync(string pageUrl, params (string Name, string? Value)[] values) =>
        await SubmitAsync(await GetPageAsync(pageUrl), "main form[method=post]", values);

    /// <summary>
    /// Sends a form of a page as a browser would: what its fields hold, with <paramref name="values"/> over them (a null
    /// leaves a field out, a repeated name sends several), and the button if <paramref name="values"/> names it.
    /// </summary>
    public Task<PortalPage> SubmitAsync(PortalPage page, string form, params (string Name, string? Value)[] values) =>
        SubmitAsync(page, form, [], values);

    /// <inheritdoc cref="SubmitAsync(PortalPage, string, ValueTuple{string, string?}[])"/>
    public async Task<PortalPage> SubmitAsync(PortalPage page, string form, IReadOnlyList<TestFile> files, params (string Name, string? Value)[] values)
    {
        var element = page.Document.QuerySelector<IHtmlFormElement>(form)
            ?? throw new InvalidOperationException($"No form «{form}» on {page.Url} ({(int)page.Status}).");
        var fields = FieldsOf(element).Where(field => values.All(value => value.Name != field.Name))
            .Concat(values.Where(value => value.Value is not null).Select(value => (value.Name, Value: value.Value!)))
            .ToList();
        var action = element.GetAttribute("action") is { Length: > 0 } given ? given : page.Url;
        if (string.Equals(element.Method, "get", StringComparison.OrdinalIgnoreCase))
            return await GetPageAsync(action + QueryString.Create(fields.Select(field => KeyValuePair.Create(field.Name, (string?)field.Value))));
        return await SendAsync(action, fields, files, multipart: element.Enctype == "multipart/form-data");
    }

    /// <summary>Posts without a page, with this person's antiforgery token.</summary>
    public async Task<PortalPage> PostAsync(string url, params (string Name, string? Value)[] values)
    {
        var fields = values.Where(value => value.Value is not null).Select(value => (value.Name, Value: value.Value!)).ToList();
        fields.Add((TokenField, await AntiforgeryTokenAsync()));
        return await SendAsync(url, fields, [], multipart: false);
    }

    /// <summary>Posts files without a page, with this person's antiforgery token.</summary>
    public async Task<PortalPage> PostFilesAsync(string url, IReadOnlyList<TestFile> files, params (string Name, string? Value)[] values)
    {
        var fields = values.Where(value => value.Value is not null).Select(value => (value.Name, Value: value.Value!)).ToList();
        fields.Add((TokenField, await AntiforgeryTokenAsync()));
        return await SendAsync(url, fields, files, multipart: true);
    }

    /// <summary>The request token that belongs to this client's cookies, as the application itself makes it.</summary>
    public async Task<string> AntiforgeryTokenAsync()
    {
        await using var scope = _factory.Services.CreateAsyncScope();
        var context = NewContext(scope.ServiceProvider);
        if (await context.AuthenticateAsync() is { Succeeded: true, Principal: { } principal })
            context.User = principal;
        var tokens = scope.ServiceProvider.GetRequiredService<IAntiforgery>().GetAndStoreTokens(context);
        Take(context.Response.Headers.SetCookie);
        return tokens.RequestToken!;
    }

    /// <summary>Signs in without the form: the session row and the cookie are made by the application's own services.</summary>
    public async Task SignInAsAsync(TestUser user)
    {
        await using var scope = _factory.Services.CreateAsyncScope();
        var context = NewContext(scope.ServiceProvider);
        await scope.ServiceProvider.GetRequiredService<SessionCookie>().SignInAsync(context, user.Id, keep: false, CancellationToken.None);
        Take(context.Response.Headers.SetCookie);
    }

    /// <summary>Signs in as a person does.</summary>
    public Task<PortalPage> SignInByFormAsync(string email, string password) =>
        PostFormAsync("/sign-in", ("Email", email), ("Password", password));

    /// <summary>As a person with an authenticator app does. A code is good once: who signs in again lets <see cref="Totp.Step"/> go by.</summary>
    public async Task<PortalPage> SignInWithCodeAsync(TestUser user)
    {
        var page = await FollowAsync(await SignInByFormAsync(user.Email, TestUser.Password));
        return await SubmitAsync(page, "#code", ("Code", CodeNow()));
    }

    /// <summary>What the app of a <see cref="TestUser"/> shows at the portal's time.</summary>
    public string CodeNow(int stepsLater = 0) => Totp.CodeOf(TestUser.AuthenticatorKey, Totp.StepAt(_factory.Now) + stepsLater);

    public void Dispose() => Http.Dispose();

    /// <summary>What a browser would send for this form before anything is typed.</summary>
    public static IEnumerable<(string Name, string Value)> FieldsOf(IHtmlFormElement form)
    {
        foreach (var element in form.Elements.OfType<IElement>())
        {
            if (element.GetAttribute("name") is not { Length: > 0 } name || element.HasAttribute("disabled"))
                continue;
            switch (element)
            {
                case IHtmlInputElement { Type: "checkbox" or "radio" } box when box.IsChecked:
                    yield return (name, box.HasAttribute("value") ? box.Value : "on");
                    break;
                case IHtmlInputElement { Type: not ("checkbox" or "radio" or "submit" or "button" or "reset" or "image" or "file") } input:
                    yield return (name, input.Value);
                    break;
                case IHtmlTextAreaElement area:
                    yield return (name, area.Value);
                    break;
                case IHtmlSelectElement select:
                    foreach (var option in select.Options.Where(option => option.IsSelected))
                        yield return (name, option.Value);
                    break;
            }
        }
    }

    private async Task<PortalPage> SendAsync(string url, List<(string Name, string Value)> fields, IReadOnlyList<TestFile> files, bool multipart)
    {
        using HttpContent content = multipart ? Multipart(fields, files) : new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        using var response = await Http.PostAsync(new Uri(url, UriKind.RelativeOrAbsolute), content);
        return await PortalPage.ReadAsync(response, url);
    }

    private static MultipartFormDataContent Multipart(List<(string Name, string Value)> fields, IReadOnlyList<TestFile> files)
    {
        var content = new MultipartFormDataContent();
        foreach (var (name, value) in fields)
            content.Add(new StringContent(value), name);
        foreach (var file in files)
        {
            var part = new ByteArrayContent(file.Content);
            part.Headers.ContentType = new System.Net.Http.Headers.MediaTypeHeaderValue(file.ContentType);
            content.Add(part, file.Field, file.FileName);
        }

        return content;
    }

    private DefaultHttpContext NewContext(IServiceProvider services)
    {
        var context = new DefaultHttpContext { RequestServices = services };
        context.Request.Scheme = "https";
        context.Request.Host = new HostString("localhost");
        context.Request.Headers.Cookie = CookieHeader;
        return context;
    }

    private string CookieHeader => string.Join("; ", Cookies.Select(cookie => $"{cookie.Key}={cookie.Value}"));

    private void Take(IEnumerable<string?> setCookies)
    {
        foreach (var cookie in SetCookieHeaderValue.ParseList([.. setCookies.OfType<string>()]))
        {
            if (cookie.MaxAge <= TimeSpan.Zero || cookie.Expires <= _factory.Time.GetUtcNow())
                Cookies.Remove(cookie.Name.ToString());
            else
                Cookies[cookie.Name.ToString()] = cookie.Value.ToString();
        }
    }

    private sealed class CookieHandler(PortalClient client) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (client.Cookies.Count > 0)
                request.Headers.TryAddWithoutValidation("Cookie", client.CookieHeader);
            request.Headers.TryAddWithoutValidation(ClientAddresses.Header, client.Address.ToString());
            var response = await base.SendAsync(request, cancellationToken);
            if (response.Headers.TryGetValues("Set-Cookie", out var cookies))
                client.Take(cookies);
            return response;
        }
    }
}
