using DealerPortal.Core.Accounts;
using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Dossiers.Handling;
using DealerPortal.Core.Dossiers.Promises;
using DealerPortal.Core.Dossiers.Templates;
using DealerPortal.Core.Organisations;
using DealerPortal.Core.Privacy;
using DealerPortal.Web.Access;
using DealerPortal.Web.Features.Admin.Queue;
using DealerPortal.Web.Features.Dossiers.Details;
using DealerPortal.Web.Features.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;

namespace DealerPortal.Web.Features.Admin.Dossiers;

/// <summary>Reads all that support has of a dossier on one screen, and puts the look at end-user data on record.</summary>
public sealed class AdminDossierReading(
    PortalDbContext db,
    DossierReading reading,
    DossierViewing viewing,
    DossierLinking links,
    AnswerTemplates templates,
    QueueNeighbours neighbours,
    DossierPromises promises,
    IOptions<RetentionOptions> retention,
    CurrentUser user,
    IStringLocalizer<AdminTexts> texts,
    IStringLocalizer<QueueTexts> queueTexts,
    TimeProvider time)
{
    private const int SameSerialShown = 10;

    private Reader Reader => user.Required.Reader;

    /// <summary>The dossier as it stands now; null when there is no such.</summary>
    public Task<DossierDetails?> DetailsAsync(string number, CancellationToken ct) => reading.ReadAsync(number, Reader, ct);

    /// <inheritdoc cref="DetailsAsync"/>
    /// <param name="trail">The list it was opened from, if it was.</param>
    public async Task<AdminDossierPage?> ReadAsync(string number, QueueTrail? trail, CancellationToken ct)
    {
        if (await DetailsAsync(number, ct) is not { } details)
            return null;
        if (details.Dossier.EndUserName is not null)
            await viewing.RecordAsync(user.Required.UserId, details.Dossier.Id, ct);
        var dealer = await DealerAsync(details.Dossier, ct);
        var sameSerial = await SameSerialAsync(details.Dossier, ct);
        var staff = await db.StaffMembersAsync(user.Required.UserId, ct);
        var clock = await promises.ClockAsync(time, ct);
        var terms = await promises.OfOrganisationAsync(details.Dossier.OrganisationId, ct);
        return new AdminDossierPage
        {
            Details = details,
            Dealer = dealer,
            SameSerial = sameSerial,
            Place = await neighbours.FindAsync(trail, details.Dossier.Id, ct),
            Promise = new PromiseMarkup(queueTexts, clock).Line(details.Dossier.WaitingOn, details.Dossier.DueAt, details.Dossier.StatusSince),
            Clock = DossierClock.Of(details.Dossier, terms, clock.Now),
            Hold = await (
                from hold in db.Set<DossierHold>().AsNoTracking()
                join person in db.Users.AsNoTracking() on hold.ById equals person.Id
                where hold.DossierId == details.Dossier.Id
                select new HoldFacts(hold.Reason, person.FirstName + " " + person.LastName, hold.At)).SingleOrDefaultAsync(ct),
            AnonymisedOn = details.Dossier is { AnonymisedAt: null, ClosedAt: { } closed } ? retention.Value.DueOn(closed) : null,
            Staff = staff,
            FormerAssignee = details.Dossier.AssigneeId is { } assignee && staff.All(person => person.Id != assignee) ? await PersonAsync(assignee, ct) : null,
            Assign = new AssignForm { To = AssignForm.NameOf(details.Dossier.AssigneeId) },
            Templates = await templates.ForTypeAsync(details.Dossier.Type, purpose: null, ct),
            Answer = new AnswerForm { TemplateLanguage = dealer.Language },
            Linked = await links.LinkedToAsync(Reader, details.Dossier, ct),
            Repair = new RepairStepForm { Place = details.Appointment?.Place ?? details.Place, ComesBy = details.Appointment?.ComesBy },
            Return = new ReturnStepForm { Place = details.Appointment?.Place ?? details.Place, ComesBy = details.Appointment?.ComesBy, Grms = details.Dossier.GrmsNumber },
            Merge = new MergeForm { Text = MergeText(dealer.Language), Survivor = sameSerial.FirstOrDefault(other => !other.IsOtherOrganisation)?.Number },
        };
    }

    /// <summary>What a dealer reads on a duplicate, in their language, for support to send or to change.</summary>
    private string MergeText(string language)
    {
        using var spoken = SpokenLanguage.Use(language);
        return texts["Merge.TextProposed"];
    }

    private async Task<DealerFacts> DealerAsync(Dossier dossier, CancellationToken ct) => await (
        from organisation in db.Organisations.AsNoTracking()
        from owner in db.Users.AsNoTracking()
        where organisation.Id == dossier.OrganisationId && owner.Id == dossier.OwnerId
        select new DealerFacts(
            organisation.Name, organisation.VatNumber, organisation.CustomerNumber, organisation.ConfirmedAt != null,
            PersonName.Shown(owner.FirstName + " " + owner.LastName), owner.PhoneNumber, owner.ErasedAt == null ? owner.Email : null, owner.Language,
            db.Memberships.Where(m => m.UserId == owner.Id && m.OrganisationId == organisation.Id && m.Status == MembershipStatus.Approved).Select(m => (int?)m.Id).FirstOrDefault(),
            owner.BouncedAddress == owner.Email ? owner.BouncedAt : null))
        .SingleAsync(ct);

    private async Task<StaffMember> PersonAsync(int id, CancellationToken ct) =>
        await db.Users.AsNoTracking().Where(u => u.Id == id).Select(u => new StaffMember(u.Id, u.FirstName + " " + u.LastName)).SingleAsync(ct);

    private async Task<IReadOnlyList<SameDevice>> SameSerialAsync(Dossier dossier, CancellationToken ct)
    {
        if (dossier.SerialNumber is not { } serial)
            return [];
        var found = await (
            from other in db.Dossiers.AsNoTracking().VisibleTo(Reader)
            join organisation in db.Organisations.AsNoTracking() on other.OrganisationId equals organisation.Id
            where other.SerialNumber == serial && other.Id != dossier.Id
            orderby other.CreatedAt descending
            select new { Other = other, organisation.Name }).Take(SameSerialShown).ToListAsync(ct);
        return
        [
            .. found.Select(row => new SameDevice(
                row.Other.Number, row.Other.Type, row.Other.CreatedAt, row.Name, row.Other.OrganisationId != dossier.OrganisationId, RepeatRepair.Since(dossier, row.Other)?.Days)),
        ];
    }
}
