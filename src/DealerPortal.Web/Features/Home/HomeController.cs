using DealerPortal.Core;
using DealerPortal.Core.Accounts;
using DealerPortal.Core.Content.Announcements;
using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Dossiers.Lists;
using DealerPortal.Core.Organisations;
using DealerPortal.Web.Access;
using DealerPortal.Web.Features.Dealercards;
using DealerPortal.Web.Features.Dossiers.New;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Web.Features.Home;

/// <summary>Where a dealer starts: whose move it is, and what can be begun.</summary>
[Access(Audience.MemberOrStaff)]
public sealed class HomeController(
    PortalDbContext db, DossierForms forms, MovesReading waitingMoves, DealercardReading dealercards, AnnouncementReading announcements, CurrentUser user, TimeProvider time) : Controller
{
    private const int Shown = 5;
    private const int QuickForms = 3;
    private const int DraftsShown = 3;
    private const int CreditDays = 30;
    private const int DealercardsShown = 3;

    [HttpGet("/")]
    public async Task<IActionResult> Index(CancellationToken ct)
    {
        var person = user.Required;
        if (person.IsStaff)
            return Redirect("/admin");
        var visible = db.Dossiers.AsNoTracking().VisibleTo(person.Reader);
        var waiting = visible.Where(d => d.Status == RequestStatus.WaitingForDealer);
        var open = visible.Open();
        var moves = await waitingMoves.ReadAsync(person.Reader, ct);
        var openDossiers = await OpenAsync(open, ct);
        var requests = person.IsOrganisationAdministrator ? await RequestsAsync(person.Organisation!.Id, ct) : [];
        return View(new HomePage
        {
            Now = time.GetUtcNow().UtcDateTime,
            Moves = moves,
            MoveCount = moves.Count < MovesReading.Shown ? moves.Count : await CountAsync(waiting, ct),
            Requests = requests,
            Open = openDossiers,
            OpenCount = openDossiers.Count < Shown ? openDossiers.Count : await CountAsync(open, ct),
            Drafts = await DraftsAsync(person, ct),
            Dealercards = await dealercards.LatestAsync(DealercardsShown, ct),
            Credits = await CreditsAsync(ct),
            Forms = await forms.MostUsedFirstAsync(db, person.UserId, QuickForms, ct),
            Announcements = await announcements.HomeAsync(person.UserId, person.Organisation!.Id, ct),
        });
    }

    private async Task<List<OpenDossier>> OpenAsync(IQueryable<Dossier> open, CancellationToken ct) => await (
        from dossier in open.OrderByDescending(d => d.UpdatedAt).ThenByDescending(d => d.Id).Take(Shown)
        from appointment in db.Appointments.Where(a => a.DossierId == dossier.Id).DefaultIfEmpty()
        orderby dossier.UpdatedAt descending, dossier.Id descending
        select new OpenDossier(
            dossier.Number, dossier.Type, dossier.ModelCode, dossier.Reference, dossier.EndUserName, dossier.Status, dossier.Resolution,
            dossier.RepairStatus, dossier.ReturnStatus, appointment == null ? null : new AppointmentTime(appointment.Date, appointment.From, appointment.Until))).ToListAsync(ct);

    private async Task<List<JoinRequest>> RequestsAsync(int organisationId, CancellationToken ct) => await (
        from membership in db.Memberships.AsNoTracking()
        join applicant in db.Users.AsNoTracking() on membership.UserId equals applicant.Id
        where membership.OrganisationId == organisationId && membership.Status == MembershipStatus.Pending
        orderby membership.RequestedAt
        select new JoinRequest(membership.Id, applicant.FirstName + " " + applicant.LastName, membership.RequestedAt)).Take(Shown).ToListAsync(ct);

    private async Task<List<DraftLine>> DraftsAsync(SessionSnapshot person, CancellationToken ct)
    {
        var drafts = await db.Drafts.AsNoTracking().Where(d => d.OwnerId == person.UserId && d.ConsumedAt == null)
            .OrderByDescending(d => d.SavedAt).Take(DraftsShown).ToListAsync(ct);
        return [.. from draft in drafts
                   let form = forms.Find(draft.Type)
                   where form is not null
                   select new DraftLine(DraftPage.UrlOf(form.Slug, draft.Id), form.Title, form.SummaryOf(draft.ReadPairs()), draft.SavedAt)];
    }

    private async Task<RecentCredits> CreditsAsync(CancellationToken ct)
    {
        var since = Formats.Today(time).AddDays(-CreditDays);
        var sum = await db.Credits.Where(c => c.RequestedOn >= since).GroupBy(_ => 1).Select(all => new { Count = all.Count(), Cents = all.Sum(c => c.AmountCents) }).SingleOrDefaultAsync(ct);
        return new RecentCredits(since, sum?.Count ?? 0, sum?.Cents ?? 0);
    }

    private static Task<int> CountAsync(IQueryable<Dossier> dossiers, CancellationToken ct) => dossiers.Take(DossierLists.CountLimit + 1).CountAsync(ct);
}
