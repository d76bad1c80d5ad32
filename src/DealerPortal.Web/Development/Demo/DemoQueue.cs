using DealerPortal.Core;
using DealerPortal.Core.Calendar;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Dossiers.Promises;

namespace DealerPortal.Web.Development.Demo;

/// <summary>Puts what waits for a step into a queue as a busy team has it: a few late, most for today and the next days, some nobody's.</summary>
internal sealed class DemoQueue(DemoPeople people, DossierKinds kinds, DateTime now)
{
    private const int Span = 11;
    private static readonly WorkingDays _calendar = new(new HashSet<DateOnly>());
    private static readonly TimeSpan _step = TimeSpan.FromMinutes(20);

    private readonly PromiseTerms _terms = new(
        new PromiseTargets(new PromiseOptions(), new Dictionary<(DossierType, PromiseStep), int?>()), _calendar, "BE", type => kinds[type].Track);

    public void Place(Dossier dossier)
    {
        // Three places of eleven are before now.
        var place = dossier.Id * 7 % Span;
        var day = _calendar.Add(DateOnly.FromDateTime(Formats.ToBrussels(now)), (int)(place / 2) - 1, "BE");
        dossier.Follow(_terms, SinceOf(dossier, place == 4 ? now.AddMinutes(40) : Formats.ToUtc(day.ToDateTime(new PromiseOptions().Closes))));
        dossier.AssigneeId = dossier.WaitingOn is not null && dossier.Id % 4 != 0 ? people.Support[(int)(dossier.Id % 3 / 2)].Id : null;
    }

    /// <summary>When its step must have begun to be due then.</summary>
    private DateTime SinceOf(Dossier dossier, DateTime due)
    {
        var since = now < due ? now : due;
        while (_terms.StepOf(dossier) is { } step && _terms.DueAt(dossier.Type, step, since, 0) > due)
            since -= _step;
        return since;
    }
}
