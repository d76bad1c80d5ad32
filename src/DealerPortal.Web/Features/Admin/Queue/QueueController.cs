using DealerPortal.Core.Accounts;
using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers.Lists;
using DealerPortal.Core.Dossiers.Promises;
using DealerPortal.Core.Organisations;
using DealerPortal.Web.Access;
using DealerPortal.Web.Features.Dossiers.List;
using DealerPortal.Web.Features.Dossiers.New;
using DealerPortal.Web.Hosting;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Web.Features.Admin.Queue;

/// <summary>The dossiers of all organisations, as support works through them.</summary>
[Access(Audience.Staff)]
public sealed class QueueController(
    PortalDbContext db, DossierLists lists, DossierForms forms, QueueTabs tabs, OrganisationLookUp organisations, DossierPromises promises, CurrentUser user, TimeProvider time) : Controller
{
    [HttpGet(QueueQuery.Path)]
    public async Task<IActionResult> Queue([FromQuery] QueueQuery query, CancellationToken ct)
    {
        var person = user.Required;
        if (await db.NumberToOpenAsync(Request, query.Q, person.Reader, ct) is { } number)
            return Redirect($"/admin/dossiers/{number}");
        var clock = await promises.ClockAsync(time, ct);
        var organisation = await organisations.FindAsync(query.Org, ct);
        // Only what is understood restricts, and so only that is in the links to other pages and in saved views.
        query = query with { Org = organisation.Chosen is { } chosen ? OrganisationLookUp.Key(chosen) : null };
        var filter = query.ToFilter(person.UserId, organisation.Chosen?.Id, clock);
        return View(new QueuePage
        {
            Query = query,
            Filter = filter,
            Page = await lists.ReadQueueAsync(person.Reader, filter, ct),
            Tabs = await tabs.ReadAsync(person, query, clock, ct),
            Types = forms.Types,
            Staff = await db.StaffMembersAsync(person.UserId, ct),
            Organisation = organisation,
            Preferences = QueuePreferences.Of(HttpContext),
            Clock = clock,
            WaitingRequests = await db.Memberships.Overdue().CountAsync(ct),
        });
    }

    /// <summary>Organisations for the filter's type-ahead; combo.js holds the contract.</summary>
    [HttpGet("/admin/queue/organisations")]
    [EnableRateLimiting(RateLimits.LookUp)]
    public async Task<IActionResult> Organisations(string? q, [FromServices] OrganisationSearch search, CancellationToken ct) =>
        Json((await search.FindAnyAsync(q, ct)).Select(o => new { value = OrganisationLookUp.Label(o), label = o.Name, detail = string.Join(" · ", new[] { o.Place, o.Vat }.OfType<string>()) }));

    /// <summary>Remembers density or keys, whichever is sent.</summary>
    [HttpPost("/admin/queue/preferences")]
    public IActionResult Preferences(string? density, string? keys, string? returnUrl)
    {
        var kept = QueuePreferences.Of(HttpContext);
        (kept with { IsDense = density is null ? kept.IsDense : density == "dense", HasKeys = keys is null ? kept.HasKeys : keys == "on" }).Remember(HttpContext);
        return LocalRedirect(Url.IsLocalUrl(returnUrl) ? returnUrl : QueueQuery.Path);
    }
}

public static class StaffReading
{
    /// <summary>To whom dossiers can be given, the person who asks first.</summary>
    public static async Task<IReadOnlyList<StaffMember>> StaffMembersAsync(this PortalDbContext db, int me, CancellationToken ct) =>
        await db.Users.AsNoTracking().ActiveStaff().OrderByDescending(u => u.Id == me).ThenBy(u => u.FirstName).ThenBy(u => u.LastName)
            .Select(u => new StaffMember(u.Id, u.FirstName + " " + u.LastName)).ToListAsync(ct);
}
