using System.Text.Json.Nodes;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.ServiceCentres;
using Microsoft.OpenApi;

namespace DealerPortal.Web.Features.Api.Events;

/// <param name="Format">Of a string, as JSON Schema calls it.</param>
public sealed record FieldDescription(string Text, int? MaxLength = null, string? Pattern = null, string? Format = null, string? Example = null)
{
    /// <summary>All that it can be.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    public void ApplyTo(OpenApiSchema schema)
    {
        schema.Description = Text;
        schema.MaxLength = MaxLength;
        schema.Pattern = Pattern;
        schema.Format = Format ?? schema.Format;
        if (Example is not null)
            schema.Examples = [JsonValue.Create(Example)];
        if (Values.Count > 0)
            schema.Enum = [.. Values.Select(value => JsonValue.Create(value))];
    }
}

/// <summary>The words and examples of the events' description.</summary>
public static class EventDescription
{
    public const string Operation =
        "An event is known by its `eventId`, which the service centre chooses. Sending the same event again changes nothing and answers as the first time, so " +
        "send it again whenever the answer did not arrive. Events may come in any order: an event that happened before what the dossier knows is kept as `late` " +
        "and moves nothing back. A code that the portal does not know yet is accepted (202); the event takes effect once support says what the code means.";

    /// <summary>By type and field.</summary>
    public static readonly IReadOnlyDictionary<(Type, string), FieldDescription> Fields = new Dictionary<(Type, string), FieldDescription>
    {
        [(typeof(CentreEventBody), "eventId")] = new("The centre's own id of the event.", CentreEvent.EventIdMaxLength, "^[A-Za-z0-9._:/-]+$", Example: "SC-2026-118234"),
        [(typeof(CentreEventBody), "code")] = new("What happened, in the centre's own codes; case does not matter.", CentreCode.CodeMaxLength, Example: "APPOINTMENT"),
        [(typeof(CentreEventBody), "occurredAt")] = new("When it happened, with its distance from UTC. At most 15 minutes ahead.", Format: "date-time", Example: "2026-11-23T10:05:00+01:00"),
        [(typeof(CentreEventBody), "orderNumber")] = new("The centre's own number of the order.", Dossier.ServiceOrderNumberMaxLength, Example: "R-4711"),
        [(typeof(CentreEventBody), "appointment")] = new("With a code that means an appointment or a planned pickup, which needs it."),
        [(typeof(CentreEventBody), "reason")] = new("Why a repair was cancelled or a return refused, as the dealer reads it; needed where the code does not say it.", CentreReport.TextMaxLength),
        [(typeof(CentreEventBody), "grmsNumber")] = new("The manufacturer's number of the return and its credit.", GrmsNumber.MaxLength, Example: "GR2611-00042"),
        [(typeof(CentreEventBody), "text")] = new("What the dealer should read beside it.", CentreReport.TextMaxLength),
        [(typeof(AppointmentBody), "date")] = new("In Brussels.", Format: "date", Example: "2026-11-26"),
        [(typeof(AppointmentBody), "from")] = new("Local time in Brussels.", Pattern: "^([01][0-9]|2[0-3]):[0-5][0-9]$", Example: "08:00"),
        [(typeof(AppointmentBody), "until")] = new("Local time in Brussels, after from.", Pattern: "^([01][0-9]|2[0-3]):[0-5][0-9]$", Example: "12:00"),
        [(typeof(AppointmentBody), "place")] = new("The address, as a line.", Appointment.PlaceMaxLength, Example: "Rue de la Démo 12, 4000 Liège"),
        [(typeof(EventReceipt), "outcome")] = new("applied: the dossier moved on. late: it happened before what the dossier knows. repeated: the dossier stood there already. refused: the dossier is past it, or at its end. unknownCode: it waits until support knows the code. wrongTrack: a repair's code for a return, or the other way round. ignored: the code says nothing.")
        {
            Values = ["applied", "late", "repeated", "refused", "unknownCode", "wrongTrack", "ignored"],
        },
        [(typeof(EventReceipt), "receivedAt")] = new("When it came for the first time; UTC.", Format: "date-time"),
        [(typeof(EventReceipt), "dossier")] = new("The number as the portal writes it."),
        [(typeof(EventReceipt), "eventId")] = new("As sent."),
    };

    public static readonly IReadOnlyList<(string Name, string Json)> Requests =
    [
        ("orderReceived", """{"eventId":"SC-2026-118201","code":"ORDER-RECEIVED","occurredAt":"2026-11-23T09:12:00+01:00","orderNumber":"R-4711"}"""),
        ("appointment", """{"eventId":"SC-2026-118234","code":"APPOINTMENT","occurredAt":"2026-11-23T10:05:00+01:00","appointment":{"date":"2026-11-26","from":"08:00","until":"12:00","place":"Rue de la Démo 12, 4000 Liège"}}"""),
        ("cancelled", """{"eventId":"SC-2026-118291","code":"CANCELLED","occurredAt":"2026-11-24T16:40:00+01:00","reason":"Pièce plus livrable"}"""),
    ];

    public static readonly IReadOnlyList<(string Status, string Text, string Example)> Receipts =
    [
        ("200", "Received, now or before.", """{"eventId":"SC-2026-118234","dossier":"26-0001234-2","outcome":"applied","receivedAt":"2026-11-23T09:05:03Z"}"""),
        ("202", "Received, now or before; its code is not known yet.", """{"eventId":"SC-2026-118240","dossier":"26-0001234-2","outcome":"unknownCode","receivedAt":"2026-11-23T09:07:41Z"}"""),
    ];

    public static readonly IReadOnlyList<(string Status, string Text, string Example)> Problems =
    [
        ("400", "Fields that are not in order; nothing was kept.", """{"type":"about:blank","title":"Bad Request","status":400,"detail":"Some fields are not in order.","errors":{"occurredAt":["This is missing."]},"reference":"4BF9-2F35-77B3"}"""),
        ("401", "No key, a key that is not known, or one that was revoked.", Example(401, "Unauthorized", "Send a valid key as «Authorization: Bearer …».")),
        ("403", "The key does not cover this.", Example(403, "Forbidden", "The key does not cover this.")),
        ("404", "There is no such dossier, it is neither repaired nor collected, or another service centre works on it.", Example(404, "Not Found", "There is no such dossier for this service centre.")),
        ("409", "Another event has this eventId. Give every event its own.", Example(409, "Conflict", "Another event with this eventId was received before.")),
        ("413", "The event is too large.", Example(413, "Payload Too Large", "An event has at most 32768 bytes.")),
        ("415", "The event is not JSON.", Example(415, "Unsupported Media Type", "Send application/json.")),
        ("429", "Too many events in a minute. Wait as long as Retry-After says, then go on.", Example(429, "Too Many Requests", "Wait as long as Retry-After says.")),
        ("503", "The portal is not available for a moment. Wait as long as Retry-After says, then send the event again.", Example(503, "Service Unavailable", "Try again in a minute.")),
    ];

    private static string Example(int status, string title, string detail) =>
        new JsonObject { ["type"] = "about:blank", ["title"] = title, ["status"] = status, ["detail"] = detail, ["reference"] = "4BF9-2F35-77B3" }.ToJsonString();
}
