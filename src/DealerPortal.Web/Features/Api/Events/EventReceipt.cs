using System.Text.Json;
using DealerPortal.Core.ServiceCentres;

namespace DealerPortal.Web.Features.Api.Events;

/// <summary>What became of an event. The same event again gets the same receipt.</summary>
/// <param name="Outcome">applied, late, repeated, refused, unknownCode, wrongTrack or ignored.</param>
/// <param name="ReceivedAt">When it came for the first time; UTC.</param>
public sealed record EventReceipt(string EventId, string Dossier, string Outcome, DateTime ReceivedAt)
{
    public static EventReceipt Of(CentreReport report, CentreAnswer.Received received) =>
        new(report.EventId, report.DossierNumber, JsonNamingPolicy.CamelCase.ConvertName(received.Outcome.ToString()), received.At);
}
