using System.Globalization;
using DealerPortal.Core.Accounts;
using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Dossiers.Lists;
using DealerPortal.Core.Organisations;
using DealerPortal.Web.Access;
using DealerPortal.Web.Features.Dossiers.New;
using DealerPortal.Web.Features.Home;
using DealerPortal.Web.Features.Live;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Web.Features.Dossiers.List;

/// <summary>The dossiers of the organisation, or the reader's own.</summary>
[Access(Audience.Member)]
public sealed class DossierListController(PortalDbContext db, DossierLists lists, DossierForms forms, SavedViews views, MovesReading moves, CurrentUser user, TimeProvider time) : Controller
{
    [HttpGet("/dossiers")]
    public async Task<IActionResult> Index([FromQuery] DossierListQuery query, CancellationToken ct)
    {
        var person = user.Required;
        if (await db.NumberToOpenAsync(Request, query.Q, person.Reader, ct) is { } number)
            return Redirect($"/dossiers/{number}");
        var filter = query.ToFilter();
        var page = await lists.ReadAsync(person.Reader, filter, ct);
        // What nobody has narrowed or turned round begins with what waits for its reader.
        var waiting = query.Canonical.Length == 0 && filter.Page == 1 && PulseFilter.Of(HttpContext) is not { WaitingCount: 0 }
            ? new MoveList(await moves.ReadAsync(person.Reader, ct), time.GetUtcNow().UtcDateTime)
            : null;
        return View(new DossierListPage(
            query, filter, page, forms.Types, await ColleaguesAsync(person, filter, ct), await BranchesAsync(filter, ct), await views.OfAsync(person.UserId, ViewedList.Dossiers, ct), waiting));
    }

    private async Task<IReadOnlyList<SelectListItem>> ColleaguesAsync(SessionSnapshot person, DossierFilter filter, CancellationToken ct)
    {
        if (!person.IsOrganisationAdministrator)
            return [];
        var organisation = person.Organisation!.Id;
        var rows = await (
            from membership in db.Memberships.AsNoTracking()
            join member in db.Users.AsNoTracking() on membership.UserId equals member.Id
            where membership.OrganisationId == organisation && (membership.Status == MembershipStatus.Approved || membership.Status == MembershipStatus.Deactivated)
            orderby member.FirstName, member.LastName
            select new { member.Id, Name = member.FirstName + " " + member.LastName }).ToListAsync(ct);
        return [.. rows.Select(row => Option(row.Id, row.Name, filter.OwnerId))];
    }

    private async Task<IReadOnlyList<SelectListItem>> BranchesAsync(DossierFilter filter, CancellationToken ct)
    {
        var rows = await db.Branches.AsNoTracking().OrderBy(b => b.Town).ThenBy(b => b.Street).Select(b => new { b.Id, b.Street, b.Town }).ToListAsync(ct);
        return [.. rows.Select(row => Option(row.Id, $"{row.Street}, {row.Town}", filter.BranchId))];
    }

    private static SelectListItem Option(int id, string text, int? chosen) => new(text, id.ToString(CultureInfo.InvariantCulture), id == chosen);
}

public static class NumberLookUp
{
    /// <summary>The number of the dossier that a search for nothing but its number opens; null for every other search.</summary>
    public static async Task<string?> NumberToOpenAsync(this PortalDbContext db, HttpRequest request, string? typed, Reader reader, CancellationToken ct) =>
        request.Query.Count == 1 && DossierNumber.TryParse(typed, out var number) && await db.Dossiers.VisibleTo(reader).AnyAsync(d => d.Number == number, ct)
            ? number
            : null;
}
