using DealerPortal.Core.Organisations;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Core.Dossiers;

/// <summary>What a pickup of a large appliance tells about itself; marks its texts.</summary>
public sealed class AppliancePickupKind(IStringLocalizer<AppliancePickupKind> texts) : DossierKind<AppliancePickup>
{
    public override DossierType Type => DossierType.AppliancePickup;

    public override DossierTrack Track => DossierTrack.Return;

    protected override SlipFacts Slip(AppliancePickup details) => new()
    {
        ReadyFrom = details.ReadyFrom,
        Contact = details.ContactName,
        Phone = details.ContactPhone,
        Access = AccessOf(details),
        Checks = [texts["Slip.Emptied"], texts["Slip.Free"], texts["Slip.Attached"]],
    };

    protected override IEnumerable<DossierAnswer> Answers(AppliancePickup details)
    {
        yield return new(texts["Purpose"], texts[$"Purpose.{details.Purpose}"]);
        yield return new(texts["Reason"], texts[$"Reason.{details.Reason}"]);
        if (details.RelatedNumber is { } number)
            yield return new(texts[details.Reason == PickupReason.DoaAccepted ? "Related.Doa" : "Related.Repair"], number) { DossierNumber = number };
        if (details.ReasonText is { } reason)
            yield return new(texts["ReasonText"], reason, IsLong: true);
        yield return new(texts["Contact"], $"{details.ContactName}, {PhoneNumber.Display(details.ContactPhone)}");
        yield return new(texts["ReadyFrom"], Formats.Date(details.ReadyFrom));
        if (AccessOf(details) is { } access)
            yield return new(texts["Access"], access);
    }

    private string? AccessOf(AppliancePickup details)
    {
        var parts = new[]
        {
            details.Floor is { } floor ? texts["Access.Floor", floor].Value : null,
            details.HasLift switch { true => texts["Access.Lift"].Value, false => texts["Access.NoLift"].Value, null => null },
            details.OpeningHours,
        }.OfType<string>().ToList();
        return parts.Count == 0 ? null : string.Join(", ", parts);
    }
}
