using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Dossiers.Handling;
using DealerPortal.Core.Mail;
using DealerPortal.Core.Mail.Mails;

namespace DealerPortal.Core.ServiceCentres;

/// <summary>What an event means, as far as it is known before the write.</summary>
internal sealed record CentrePlan
{
    public required int CentreId { get; init; }
    public required DossierTarget Target { get; init; }

    /// <summary>Null where there is none for this centre.</summary>
    public long? DossierId { get; init; }

    /// <summary>What follows the dossier's request.</summary>
    public DossierTrack Track { get; init; }

    /// <summary>Null for a code that nobody has mapped.</summary>
    public CodeMeaning? Meaning { get; init; }

    /// <summary>What the dealer reads, in their language.</summary>
    public string? Text { get; init; }

    /// <summary>Of the appointment, as the mail has it.</summary>
    public int Sequence { get; init; }

    /// <summary>What the code asks for and the event does not bring.</summary>
    public IReadOnlyList<ReportProblem> Lacks { get; init; } = [];

    public bool IsOf(Dossier dossier) => dossier.ServiceCentreId is null || dossier.ServiceCentreId == CentreId;

    /// <summary>Whatever the event may have to tell; the write decides.</summary>
    public IReadOnlyList<Func<DossierFacts, PortalMail>> Mails(CentreReport report)
    {
        var mails = new List<Func<DossierFacts, PortalMail>>();
        if (Meaning?.Step(report, Text)?.Mail(Sequence) is { } news)
            mails.Add(facts => news(With(facts)));
        if (Meaning is not null && report.GrmsNumber is not null)
            mails.Add(facts => new GrmsNumberKnown(With(facts)));
        return mails;

        DossierFacts With(DossierFacts facts) => facts with
        {
            GrmsNumber = report.GrmsNumber?.Value ?? facts.GrmsNumber,
            ServiceOrderNumber = facts.ServiceOrderNumber ?? report.OrderNumber,
        };
    }
}
