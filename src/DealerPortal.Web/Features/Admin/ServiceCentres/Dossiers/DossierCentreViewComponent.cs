using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Web.Features.Admin.ServiceCentres.Dossiers;

/// <summary>The service centre of a dossier, on its page for support.</summary>
public sealed class DossierCentreViewComponent(PortalDbContext db) : ViewComponent
{
    public async Task<IViewComponentResult> InvokeAsync(Dossier dossier)
    {
        var centres = await db.ServiceCentres.AsNoTracking().Where(c => c.DeactivatedAt == null || c.Id == dossier.ServiceCentreId).OrderBy(c => c.Name)
            .Select(c => new CentreChoice(c.Id, c.Name)).ToListAsync(HttpContext.RequestAborted);
        return View("/Features/Admin/ServiceCentres/Dossiers/_DossierCentre.cshtml", new DossierCentre(dossier.Number, dossier.ServiceCentreId, dossier.ServiceOrderNumber, centres));
    }
}

public sealed record CentreChoice(int Id, string Name);

public sealed record DossierCentre(string Number, int? CentreId, string? OrderNumber, IReadOnlyList<CentreChoice> Centres);
