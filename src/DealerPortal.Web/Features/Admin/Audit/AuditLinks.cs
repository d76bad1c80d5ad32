using DealerPortal.Core.Audit;
using DealerPortal.Core.Content.Announcements;
using DealerPortal.Core.Content.Assistance;
using DealerPortal.Core.Content.Dealercards;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Dossiers.Templates;
using DealerPortal.Core.Mail;
using DealerPortal.Core.Organisations;

namespace DealerPortal.Web.Features.Admin.Audit;

/// <summary>Where the thing is shown that a row is about.</summary>
public static class AuditLinks
{
    /// <summary>Null where there is no page for it, or where it is not there any more.</summary>
    public static string? To(AuditLine line) => line.Entry.SubjectType switch
    {
        nameof(OutboxMail) => $"/admin/outbox/{line.Entry.SubjectId}",
        nameof(AuditCheck) => $"/admin/audit/checks/{line.Entry.SubjectId}",
        nameof(Dealercard) => $"/admin/dealercards/{line.Entry.SubjectId}",
        nameof(AssistanceText) => $"/admin/consumer-assistance/{line.Entry.SubjectId}",
        _ when line.SubjectName is null => null,
        nameof(Dossier) => $"/admin/dossiers/{line.SubjectName}",
        nameof(Organisation) => $"/admin/organisations/{line.Entry.SubjectId}",
        nameof(AnswerTemplate) => $"/admin/templates/{line.Entry.SubjectId}",
        nameof(Announcement) => $"/admin/announcements/{line.Entry.SubjectId}",
        _ => null,
    };
}
