using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using DealerPortal.TestCommon;

namespace DealerPortal.Web.Tests.Features.Api;

/// <summary>An answer of the API, read.</summary>
internal sealed record MachineAnswer(int Status, string? ContentType, string Body, HttpResponseHeaders Headers)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    public string? Outcome => Json.GetProperty("outcome").GetString();

    public IEnumerable<string> Fields => Json.GetProperty("errors").EnumerateObject().Select(error => error.Name);
}

/// <summary>A service centre's machine.</summary>
internal sealed class Machine : IDisposable
{
    private readonly HttpClient _http;

    public Machine(PortalFactory factory, string? key)
    {
        _http = factory.CreateDefaultClient(new Uri(PortalFactory.Host));
        if (key is not null)
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    public HttpRequestHeaders Headers => _http.DefaultRequestHeaders;

    public static JsonObject Event(string id, string code, DateTime occurredAt) => new()
    {
        ["eventId"] = id,
        ["code"] = code,
        ["occurredAt"] = occurredAt.ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture),
    };

    public static JsonObject Appointment(string date, string from = "08:00", string until = "12:00") => new()
    {
        ["date"] = date,
        ["from"] = from,
        ["until"] = until,
        ["place"] = "Rue de la Démo 12, 4000 Liège",
    };

    public Task<MachineAnswer> ReportAsync(string number, JsonObject report) => PostAsync(number, report.ToJsonString());

    public async Task<MachineAnswer> PostAsync(string number, string body, string contentType = "application/json")
    {
        using var content = new StringContent(body, Encoding.UTF8, contentType);
        using var response = await _http.PostAsync(new Uri($"/api/v1/dossiers/{number}/events", UriKind.Relative), content);
        return await ReadAsync(response);
    }

    public async Task<MachineAnswer> GetAsync(string url)
    {
        using var response = await _http.GetAsync(new Uri(url, UriKind.Relative));
        return await ReadAsync(response);
    }

    public async Task<MachineAnswer> DeleteAsync(string url)
    {
        using var response = await _http.DeleteAsync(new Uri(url, UriKind.Relative));
        return await ReadAsync(response);
    }

    public void Dispose() => _http.Dispose();

    private static async Task<MachineAnswer> ReadAsync(HttpResponseMessage response) =>
        new((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType, await response.Content.ReadAsStringAsync(), response.Headers);
}
