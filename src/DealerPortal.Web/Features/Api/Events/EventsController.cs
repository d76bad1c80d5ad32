using DealerPortal.Core.ServiceCentres;
using DealerPortal.Web.Access;
using DealerPortal.Web.Hosting;
using Microsoft.AspNetCore.Mvc;

namespace DealerPortal.Web.Features.Api.Events;

/// <summary>What service centres report about a dossier.</summary>
[ApiExplorerSettings(GroupName = ApiDocument.Name)]
[MachineAccess(CentreScopes.Events)]
[IgnoreAntiforgeryToken]
[LimitedPerKey]
public sealed class EventsController(CentreReception reception, CurrentCaller caller, TimeProvider time) : ControllerBase
{
    /// <summary>More than the longest event has, with every character escaped.</summary>
    public const int MaxBodyBytes = 32 * 1024;

    [HttpPost("/api/v1/dossiers/{number}/events")]
    public async Task<IActionResult> Report(string number, CancellationToken ct)
    {
        if (!Request.HasJsonContentType())
            return Refused(StatusCodes.Status415UnsupportedMediaType, "Send application/json.");
        if (await ReadAsync(ct) is not { } bytes)
            return Refused(StatusCodes.Status413PayloadTooLarge, $"An event has at most {MaxBodyBytes} bytes.");
        if (EventJson.Parse(bytes, out var wrong) is not { } sent)
            return Refused(wrong);
        if (CentreReport.Read(sent.Body, number, time.GetUtcNow().UtcDateTime, out var problems) is not { } report)
            return Refused(EventFaults.Of(problems));

        var known = caller.Required;
        return await reception.ReceiveAsync(new CentreSender(known.CentreId, known.KeyId), report, sent.Json, ct) switch
        {
            CentreAnswer.Received { Outcome: CentreEventOutcome.NoDossier } => Refused(StatusCodes.Status404NotFound, "There is no such dossier for this service centre."),
            CentreAnswer.Received received => Receipt(report, received),
            CentreAnswer.Lacking lacking => Refused(EventFaults.Of(lacking.Problems)),
            _ => Refused(StatusCodes.Status409Conflict, "Another event with this eventId was received before."),
        };
    }

    /// <summary>An event whose code nobody knows yet is accepted, and waits.</summary>
    private static ObjectResult Receipt(CentreReport report, CentreAnswer.Received received) => new(EventReceipt.Of(report, received))
    {
        StatusCode = received.Outcome == CentreEventOutcome.UnknownCode ? StatusCodes.Status202Accepted : StatusCodes.Status200OK,
    };

    private ProblemResult Refused(int status, string detail) => new(ApiProblems.Of(HttpContext, status, detail));

    private ProblemResult Refused(IDictionary<string, string[]> fields) => new(ApiProblems.OfFields(HttpContext, fields));

    /// <summary>Null when there is more than an event may have.</summary>
    private async Task<byte[]?> ReadAsync(CancellationToken ct)
    {
        var buffer = new byte[MaxBodyBytes + 1];
        var length = await Request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, ct);
        return length > MaxBodyBytes ? null : buffer[..length];
    }
}
