using DealerPortal.Core.ServiceCentres;
using DealerPortal.Web.Features.Shared;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Admin.ServiceCentres;

/// <summary>How outcomes, meanings and rows look: icon and tone beside the words.</summary>
/// <param name="Tone">A class of the style sheet.</param>
public sealed record CentreBadge(string Tone, string Icon, string Text)
{
    public static CentreBadge Of(CentreEventOutcome outcome, IStringLocalizer<CentreTexts> t)
    {
        var (tone, icon) = outcome switch
        {
            CentreEventOutcome.Applied => ("ok", "circle-check"),
            CentreEventOutcome.Late or CentreEventOutcome.Repeated => ("info", "history"),
            CentreEventOutcome.UnknownCode => ("attn", "hourglass"),
            CentreEventOutcome.Ignored => ("idle", "circle-minus"),
            _ => ("attn", "alert-triangle"),
        };
        return new(tone, icon, t[$"Outcome.{outcome}"]);
    }

    public static CentreBadge Of(CodeMeaning meaning, IStringLocalizer<CentreTexts> t, IStringLocalizer<SharedTexts> shared)
    {
        var badge = meaning.Repair() is { } repair ? StatusBadge.Of(repair) : meaning.Return() is { } returned ? StatusBadge.Of(returned) : null;
        return badge is not null
            ? new(badge.Tone, badge.Icon, TextOf(meaning, t, shared))
            : new("idle", meaning == CodeMeaning.Information ? "info-circle" : "circle-minus", TextOf(meaning, t, shared));
    }

    public static CentreBadge Of(CentreRowResult row, IStringLocalizer<CentreTexts> t) => row switch
    {
        { State: CentreRowState.In, Outcome: { } outcome } => Of(outcome, t),
        { State: CentreRowState.Good } => new("ok", "circle-check", t["Row.Good"]),
        { State: CentreRowState.UnknownCode } => new("attn", "hourglass", t["Row.UnknownCode"]),
        { State: CentreRowState.Known } => new("idle", "copy-check", t["Row.Known"]),
        _ => new("attn", "alert-circle", t[$"Row.{row.State}"]),
    };

    /// <summary>«Return: refused», for «Refused» alone could be anything; a repair's words say so themselves.</summary>
    public static string TextOf(CodeMeaning meaning, IStringLocalizer<CentreTexts> t, IStringLocalizer<SharedTexts> shared) => meaning switch
    {
        _ when meaning.Repair() is { } repair => shared[StatusBadge.Of(repair).TextKey],
        _ when meaning.Return() is { } returned => t["Meaning.Return", shared[StatusBadge.Of(returned).TextKey].Value],
        _ => t[$"Meaning.{meaning}"],
    };
}
