using DealerPortal.Core.Data;
using DealerPortal.Core.Organisations;
using DealerPortal.Web.Access;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Web.Features.Registration;

/// <summary>The one page of people who belong to no organisation: why, and what they can do.</summary>
[Access(Audience.SignedIn)]
public sealed class PendingController(CurrentUser user, PortalDbContext db) : Controller
{
    [HttpGet("/pending")]
    public async Task<IActionResult> Show(CancellationToken ct)
    {
        var person = user.Required;
        if (person.IsMember || person.IsStaff)
            return Redirect("/");
        var rows = await (
            from membership in db.Memberships.AsNoTracking()
            join organisation in db.Organisations.AsNoTracking() on membership.OrganisationId equals organisation.Id
            where membership.UserId == person.UserId && membership.Status != MembershipStatus.Approved
            orderby membership.Status, membership.RequestedAt descending
            select new PendingRequest(organisation.Name, membership.Status, membership.RequestedAt, membership.DecidedAt))
            .ToListAsync(ct);
        return View("Pending", new PendingPage(person.FullName, rows));
    }
}

/// <param name="Requests">Those that wait first, then refused ones, then places taken away.</param>
public sealed record PendingPage(string Name, IReadOnlyList<PendingRequest> Requests)
{
    /// <summary>The text's key: what the person most needs to know.</summary>
    public string State => Requests is [var first, ..] ? first.Status.ToString() : "None";
}

public sealed record PendingRequest(string Organisation, MembershipStatus Status, DateTime RequestedAt, DateTime? DecidedAt);
