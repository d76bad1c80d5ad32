using DealerPortal.Core;
using DealerPortal.Web.Features.Shared;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Content;

/// <summary>What the portal itself says until the house has written a text of its own, as Markdown to begin that one from.</summary>
public sealed class InitialAssistance(IStringLocalizer<ConsumerAssistanceTexts> texts, IStringLocalizer<SharedTexts> shared)
{
    public LocalizedText Text => new() { Fr = In("fr"), Nl = In("nl"), De = In("de"), En = In("en") };

    private string In(string language)
    {
        using var _ = SpokenLanguage.Use(language);
        return $"""
            ## {texts["Prepare"]}

            - {texts["Prepare.Plate"]}
            - {texts["Prepare.Proof"]}
            - {texts["Prepare.Fault"]}
            - {texts["Prepare.Address"]}

            ## {texts["Repair"]}

            **{shared["Offer.PickUp"]}**

            {texts["Repair.PickUp"]}

            **{shared["Offer.InHome"]}**

            {texts["Repair.InHome"]}
            """.ReplaceLineEndings("\n");
    }
}
