using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers.Lists;
using DealerPortal.Core.Organisations;
using DealerPortal.Web.Access;
using DealerPortal.Web.Features.Dossiers.List;
using DealerPortal.Web.Features.Dossiers.New;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Web.Features.Admin.Dossiers;

/// <summary>The dossiers of all organisations.</summary>
[Access(Audience.Staff)]
public sealed class AdminDossiersController(PortalDbContext db, DossierLists lists, DossierForms forms, CurrentUser user) : Controller
{
    /// <summary>How many requests to join nobody decides, for the view.</summary>
    public const string WaitingRequests = nameof(WaitingRequests);

    [HttpGet("/admin")]
    public async Task<IActionResult> Index([FromQuery] DossierListQuery query, CancellationToken ct)
    {
        var reader = user.Required.Reader;
        if (await db.NumberToOpenAsync(Request, query, reader, ct) is { } number)
            return Redirect($"/admin/dossiers/{number}");
        var filter = (query with { By = null, Branch = null }).ToFilter(isStaff: true);
        ViewData[WaitingRequests] = await db.Memberships.Overdue().CountAsync(ct);
        return View(new DossierListPage(query, filter, await lists.ReadAsync(reader, filter, ct), "/admin", forms.Types, [], []));
    }
}
