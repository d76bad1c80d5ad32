using DealerPortal.Core.Dossiers.Handling;
using DealerPortal.Web.Access;
using DealerPortal.Web.Features.Dossiers.New;
using Microsoft.AspNetCore.Mvc;

namespace DealerPortal.Web.Features.Dossiers.Details;

/// <summary>Reads a dossier's page as its reader may see and use it.</summary>
public sealed class DetailsScreen(DossierReading reading, DossierForms forms, DossierHandOver handOver, CurrentUser user, TimeProvider time)
{
    /// <summary>The dossier as it stands now; null when there is no such for this person.</summary>
    public async Task<DetailsPage?> ReadAsync(string number, CancellationToken ct)
    {
        var person = user.Required;
        if (await reading.ReadAsync(number, person.Reader, ct) is not { } details)
            return null;
        return new DetailsPage(details, time.GetUtcNow().UtcDateTime)
        {
            Follows = [.. from form in forms.All
                          let label = form.FollowLabel(details.Dossier)
                          where label is not null
                          select new FollowUp(form.Slug, form.Icon, label)],
            Colleagues = person.IsOrganisationAdministrator && !details.IsFrozen ? await handOver.ColleaguesAsync(details.Dossier, ct) : [],
        };
    }
}

internal static class DetailsAnswers
{
    /// <summary>The page again, with what was typed and what is wrong with it.</summary>
    public static ViewResult Refused(this Controller controller, DetailsPage page, int status = StatusCodes.Status400BadRequest)
    {
        controller.Response.StatusCode = status;
        return controller.View("Details", page);
    }
}
