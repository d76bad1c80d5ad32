using System.Net;
using System.Text.RegularExpressions;
using DealerPortal.Core.Accounts.SecondFactor;

namespace DealerPortal.Bench.Measuring;

/// <summary>Somebody who is signed in, through the forms as people are.</summary>
internal sealed partial class PortalSession : IDisposable
{
    private readonly Dictionary<string, string> _cookies = new(StringComparer.Ordinal);
    private readonly HttpClient _http;

    private PortalSession(PublishedPortal portal)
    {
        Portal = portal;
        _http = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false, PooledConnectionLifetime = Timeout.InfiniteTimeSpan }) { BaseAddress = portal.Address };
        _http.DefaultRequestHeaders.Host = PublishedPortal.Host;
        _http.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
        _http.DefaultRequestHeaders.AcceptLanguage.ParseAdd("fr");
        _http.DefaultRequestHeaders.Accept.ParseAdd("text/html");
    }

    public PublishedPortal Portal { get; }

    /// <param name="isStaff">Whether a code of the authenticator app is asked for.</param>
    public static async Task<PortalSession> SignInAsync(PublishedPortal portal, string email, bool isStaff)
    {
        var session = new PortalSession(portal);
        var answer = await session.PostFormAsync("/sign-in", ("Email", email), ("Password", BenchPeople.Password));
        if (isStaff)
            answer = await session.GiveCodeAsync();
        return answer == HttpStatusCode.Found ? session : throw new InvalidOperationException($"{email} was not let in: {(int)answer}.");
    }

    /// <summary>The whole page, read and thrown away.</summary>
    /// <returns>How many bytes it had.</returns>
    public async Task<int> GetAsync(string url)
    {
        using var answer = await SendAsync(new HttpRequestMessage(HttpMethod.Get, url));
        var body = await answer.Content.ReadAsByteArrayAsync();
        // A search for a whole number leads on to its dossier.
        var isFine = answer.StatusCode == HttpStatusCode.OK || (answer.StatusCode == HttpStatusCode.Found && url.Contains("?q=", StringComparison.Ordinal));
        return isFine ? body.Length : throw new InvalidOperationException($"{url} answered {(int)answer.StatusCode}.");
    }

    public void Dispose() => _http.Dispose();

    /// <summary>A code is good once: where it was used before, perhaps by the last measurement, the next one is.</summary>
    private async Task<HttpStatusCode> GiveCodeAsync()
    {
        var answer = HttpStatusCode.OK;
        for (var attempt = 0; attempt < 3; attempt++)
        {
            var step = Totp.StepAt(DateTime.UtcNow);
            answer = await PostFormAsync("/sign-in/code", ("Code", Totp.CodeOf(BenchPeople.AuthenticatorKey, step)));
            if (answer == HttpStatusCode.Found)
                break;
            await Task.Delay(DateTime.UnixEpoch + ((step + 1) * Totp.Step) - DateTime.UtcNow + TimeSpan.FromSeconds(1));
        }

        return answer;
    }

    private async Task<HttpStatusCode> PostFormAsync(string url, params (string Name, string Value)[] fields)
    {
        using var page = await SendAsync(new HttpRequestMessage(HttpMethod.Get, url));
        var token = AntiforgeryField().Match(await page.Content.ReadAsStringAsync()).Groups[1].Value;
        using var content = new FormUrlEncodedContent(fields.Append(("__RequestVerificationToken", token)).Select(field => KeyValuePair.Create(field.Item1, field.Item2)));
        using var answer = await SendAsync(new HttpRequestMessage(HttpMethod.Post, url) { Content = content });
        return answer.StatusCode;
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request)
    {
        using (request)
        {
            if (_cookies.Count > 0)
                request.Headers.Add("Cookie", string.Join("; ", _cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
            var answer = await _http.SendAsync(request);
            if (answer.Headers.TryGetValues("Set-Cookie", out var set))
                Keep(set);
            return answer;
        }
    }

    private void Keep(IEnumerable<string> set)
    {
        lock (_cookies)
        {
            foreach (var cookie in set.Select(text => text.Split(';')[0].Split('=', 2)))
                _cookies[cookie[0]] = cookie[1];
        }
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" type=\"hidden\" value=\"([^\"]+)\"", RegexOptions.NonBacktracking)]
    private static partial Regex AntiforgeryField();
}
