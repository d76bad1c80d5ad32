using DealerPortal.Core;
using DealerPortal.Core.Calendar;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Dossiers.Promises;

namespace DealerPortal.Web.Development.Demo;

/// <summary>Puts what waits on support into a queue as a busy team has it: a few late, most for today and the next days, some nobody's.</summary>
internal static class DemoQueue
{
    private const int Span = 11;
    private static readonly WorkingDays _calendar = new(new HashSet<DateOnly>());

    public static void Place(Dossier dossier, DemoPeople people, DateTime now)
    {
        // Three places of eleven are before now.
        var place = dossier.Id * 7 % Span;
        var day = _calendar.Add(DateOnly.FromDateTime(Formats.ToBrussels(now)), (int)(place / 2) - 1, "BE");
        dossier.Promise(place == 4 ? now.AddMinutes(40) : Formats.ToUtc(day.ToDateTime(PromiseTerms.EndOfDay)));
        dossier.AssigneeId = dossier.WaitingOn is not null && dossier.Id % 4 != 0 ? people.Support[(int)(dossier.Id % 3 / 2)].Id : null;
    }
}
