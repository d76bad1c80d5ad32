using System.Text;
using System.Text.Json;
using DealerPortal.Core.ServiceCentres;

namespace DealerPortal.Web.Features.Api.Events;

/// <param name="Json">As received.</param>
public sealed record SentEvent(CentreEventBody Body, string Json);

/// <summary>Reads an event's JSON strictly.</summary>
public static class EventJson
{
    private static readonly UTF8Encoding _utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <returns>Null when it is none; then <paramref name="wrong"/> says where.</returns>
    public static SentEvent? Parse(byte[] bytes, out Dictionary<string, string[]> wrong)
    {
        wrong = [];
        try
        {
            var json = _utf8.GetString(bytes);
            if (JsonSerializer.Deserialize<CentreEventBody>(json, CentreEventBody.Json) is { } body)
                return new SentEvent(body, json);
            wrong["body"] = ["Send an object."];
        }
        catch (DecoderFallbackException)
        {
            wrong["body"] = ["This is not UTF-8."];
        }
        catch (JsonException exception)
        {
            var field = exception.Path is { Length: > 2 } path ? path[2..] : "body";
            wrong[field] = [field == "body" ? "This is not valid JSON." : "There is no such field, it comes twice, or it is not of the type that the description names."];
        }

        return null;
    }
}
