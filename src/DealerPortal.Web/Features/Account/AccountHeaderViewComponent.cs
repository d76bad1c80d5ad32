using DealerPortal.Core.Data;
using DealerPortal.Core.Organisations;
using DealerPortal.Web.Access;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Web.Features.Account;

/// <summary>The head of every account page: whose, and what else there is.</summary>
public sealed class AccountHeaderViewComponent(CurrentUser user, PortalDbContext db) : ViewComponent
{
    /// <param name="current">The tab that is open: profile, security, mails, users, figures, branches, organisations or data.</param>
    public async Task<IViewComponentResult> InvokeAsync(string current)
    {
        var person = user.Required;
        if (person.Organisation is not { } organisation)
            return View(new AccountHeader(current, null, null, false, 0) { IsWaiting = !person.IsStaff });
        var vat = await db.Organisations.AsNoTracking().Where(o => o.Id == organisation.Id).Select(o => o.VatNumber).SingleAsync(HttpContext.RequestAborted);
        var pending = person.IsOrganisationAdministrator
            ? await db.Memberships.CountAsync(m => m.OrganisationId == organisation.Id && m.Status == MembershipStatus.Pending, HttpContext.RequestAborted)
            : 0;
        return View(new AccountHeader(current, organisation.Name, VatNumber.TryParse(vat, out var parsed) ? parsed.Display : vat, person.IsOrganisationAdministrator, pending));
    }
}

/// <param name="Organisation">Null for staff and for people who belong nowhere.</param>
/// <param name="Pending">Requests that wait for this administrator.</param>
public sealed record AccountHeader(string Current, string? Organisation, string? Vat, bool IsAdministrator, int Pending)
{
    /// <summary>Belongs nowhere (yet): most of the account is still to come.</summary>
    public bool IsWaiting { get; init; }
}
