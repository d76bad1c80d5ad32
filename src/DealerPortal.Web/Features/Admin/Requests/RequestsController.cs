using DealerPortal.Core.Data;
using DealerPortal.Core.Organisations;
using DealerPortal.Web.Access;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Web.Features.Admin.Requests;

/// <summary>Requests to join that no administrator decided although they were reminded: support rings them up.</summary>
[Access(Audience.Staff)]
public sealed class RequestsController(PortalDbContext db) : Controller
{
    private const int Shown = 100;

    [HttpGet("/admin/requests")]
    public async Task<IActionResult> List(CancellationToken ct)
    {
        var requests = await (
            from membership in db.Memberships.AsNoTracking().Overdue()
            join applicant in db.Users.AsNoTracking() on membership.UserId equals applicant.Id
            join organisation in db.Organisations.AsNoTracking() on membership.OrganisationId equals organisation.Id
            orderby membership.RequestedAt, membership.Id
            select new OverdueRequest(
                membership.OrganisationId, applicant.FirstName + " " + applicant.LastName, applicant.Email!, applicant.PhoneNumber,
                organisation.Name, organisation.VatNumber, membership.RequestedAt)).Take(Shown).ToListAsync(ct);
        return View("Requests", new RequestsPage(requests, await AdministratorsAsync([.. requests.Select(request => request.OrganisationId).Distinct()], ct)));
    }

    private async Task<ILookup<int, Decider>> AdministratorsAsync(IReadOnlyCollection<int> organisations, CancellationToken ct) => (await (
        from membership in db.Memberships.AsNoTracking()
        join person in db.Users.AsNoTracking() on membership.UserId equals person.Id
        where organisations.Contains(membership.OrganisationId) && membership.Status == MembershipStatus.Approved
            && membership.Role == MembershipRole.Administrator && person.DeactivatedAt == null
        orderby person.LastName, person.FirstName
        select new { membership.OrganisationId, Decider = new Decider(person.FirstName + " " + person.LastName, person.Email!, person.PhoneNumber) })
        .ToListAsync(ct)).ToLookup(row => row.OrganisationId, row => row.Decider);
}

/// <param name="Administrators">By organisation.</param>
public sealed record RequestsPage(IReadOnlyList<OverdueRequest> Requests, ILookup<int, Decider> Administrators);

public sealed record OverdueRequest(
    int OrganisationId, string ApplicantName, string ApplicantEmail, string? ApplicantPhone, string OrganisationName, string VatNumber, DateTime RequestedAt);

/// <summary>An administrator who can decide.</summary>
public sealed record Decider(string Name, string Email, string? Phone);
