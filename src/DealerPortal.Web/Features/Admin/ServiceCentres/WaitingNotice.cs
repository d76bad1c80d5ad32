using DealerPortal.Core;
using DealerPortal.Core.ServiceCentres;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Admin.ServiceCentres;

/// <summary>Says what became of the events that waited for a code.</summary>
public sealed class WaitingNotice(IStringLocalizer<CentreTexts> texts)
{
    public string Text(string done, WaitingApplied? applied)
    {
        if (applied is null || applied.Count + applied.Remaining == 0)
            return done;
        var parts = applied.Outcomes.OrderBy(outcome => outcome.Key).Select(outcome => $"{texts[$"Outcome.{outcome.Key}"].Value}: {Formats.Number(outcome.Value)}");
        var result = texts["Waiting.Applied", Formats.Number(applied.Count), string.Join(", ", parts)].Value;
        return applied.Remaining == 0 ? $"{done} {result}" : $"{done} {result} {texts["Waiting.Remaining", Formats.Number(applied.Remaining)].Value}";
    }
}
