using DealerPortal.Core.Dossiers;

namespace DealerPortal.Core.Mail.Mails;

/// <summary>When the technician comes or the service centre's driver calls, also as a calendar entry.</summary>
/// <inheritdoc cref="AppointmentMail"/>
public sealed class AppointmentConfirmed(DossierFacts dossier, DateOnly date, TimeOnly from, TimeOnly until, string place, int sequence, string? comesBy = null, string? text = null)
    : AppointmentMail(dossier, date, from, until, place, sequence, comesBy, text)
{
    public override MailTopics Topic => MailTopics.Appointment;

    protected override string? RepairStatusKey => nameof(RepairStatus.AppointmentScheduled);
}
