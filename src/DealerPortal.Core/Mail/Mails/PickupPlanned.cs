using DealerPortal.Core.Dossiers;

namespace DealerPortal.Core.Mail.Mails;

/// <summary>When the driver calls, also as a calendar entry.</summary>
/// <inheritdoc cref="AppointmentMail"/>
public sealed class PickupPlanned(DossierFacts dossier, DateOnly date, TimeOnly from, TimeOnly until, string place, int sequence, string? comesBy = null, string? text = null)
    : AppointmentMail(dossier, date, from, until, place, sequence, comesBy, text)
{
    public override MailTopics Topic => MailTopics.Return;

    protected override string? ReturnStatusKey => nameof(ReturnStatus.PickupPlanned);

    protected override IEnumerable<MailBlock> Notes(MailTexts t) => [Slip(t), .. base.Notes(t)];
}
