using System.Globalization;
using DealerPortal.Core.ServiceCentres;

namespace DealerPortal.Web.Features.Api.Events;

/// <summary>What is wrong with an event's fields, for whoever writes the machine.</summary>
public static class EventFaults
{
    public static Dictionary<string, string[]> Of(IEnumerable<ReportProblem> problems) =>
        problems.GroupBy(problem => problem.Field).ToDictionary(field => field.Key, field => field.Select(TextOf).ToArray());

    private static string TextOf(ReportProblem problem) => problem.Fault switch
    {
        ReportFault.Missing => problem.Field is "appointment" or "reason" ? "This code needs it." : "This is missing.",
        ReportFault.TooLong => string.Create(CultureInfo.InvariantCulture, $"At most {problem.Limit} characters."),
        ReportFault.NoOffset => "Say the distance from UTC, such as 2026-11-23T10:00:00+01:00 or 2026-11-23T09:00:00Z.",
        ReportFault.InFuture => "This is still to come.",
        ReportFault.EndsEarly => "It ends before it begins.",
        _ => "This does not have the form that the description names.",
    };
}
