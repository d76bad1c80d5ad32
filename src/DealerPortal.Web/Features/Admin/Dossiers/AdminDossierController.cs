using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Dossiers.Handling;
using DealerPortal.Web.Access;
using DealerPortal.Web.Features.Dossiers.Details;
using DealerPortal.Web.Features.Shared;
using FluentValidation;
using FluentValidation.AspNetCore;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Admin.Dossiers;

/// <summary>One dossier as support works on it.</summary>
[Access(Audience.Staff)]
[Route("/admin/dossiers/{number}")]
public sealed class AdminDossierController(
    PortalDbContext db,
    DossierReading reading,
    DossierViewing viewing,
    SupportHandling handling,
    MessageFiles files,
    CurrentUser user,
    IStringLocalizer<AdminTexts> texts) : Controller
{
    private const int SameSerialShown = 10;

    private Reader Reader => user.Required.Reader;

    [HttpGet]
    [RestoresCarriedForm]
    public async Task<IActionResult> Dossier(string number, CancellationToken ct) => await PageAsync(number, ct) is { } page ? View(page) : NotFound();

    [HttpPost("answer")]
    [RequestSizeLimit(MessageFiles.MaxRequestBytes)]
    [RequestFormLimits(MultipartBodyLengthLimit = MessageFiles.MaxRequestBytes)]
    public async Task<IActionResult> Answer(string number, [Bind(Prefix = nameof(AdminDossierPage.Answer))] AnswerForm answer, [FromServices] IValidator<AnswerForm> validator, CancellationToken ct)
    {
        if (await PageAsync(number, ct) is not { } page)
            return NotFound();
        page = page with { Answer = answer };
        await files.TakeInAsync(answer, number, ModelState, "Answer.Files", ct);
        (await validator.ValidateAsync(answer, ct)).AddToModelState(ModelState, nameof(page.Answer));
        if (!ModelState.IsValid)
            return Refused(page);

        var outcome = await handling.AnswerAsync(
            new SupportAnswer(Reader, number, answer.Stamp, answer.Text!, [.. answer.TakenIn.Select(file => file.File)], answer.Next, answer.Reached), ct);
        if (outcome == HandlingOutcome.Done)
            return Back(number, "Answer.Sent");
        if (outcome is HandlingOutcome.TooManyFiles or HandlingOutcome.FilesUsed)
            ModelState.AddModelError("Answer.Files", files.Refusal(answer, outcome, page.Details.Files.Count));
        else if (outcome == HandlingOutcome.NotAllowed)
            ModelState.AddModelError("Answer.Text", texts["Answer.NotAllowed"]);
        return await RefusedAsync(page, outcome, answer, ct);
    }

    [HttpPost("note")]
    public async Task<IActionResult> Note(string number, [Bind(Prefix = nameof(AdminDossierPage.Note))] NoteForm note, [FromServices] IValidator<NoteForm> validator, CancellationToken ct)
    {
        if (await PageAsync(number, ct) is not { } page)
            return NotFound();
        (await validator.ValidateAsync(note, ct)).AddToModelState(ModelState, nameof(page.Note));
        if (!ModelState.IsValid)
            return Refused(page with { Note = note });
        await handling.AddNoteAsync(Reader, number, note.Text!, ct);
        return Back(number, "Note.Added");
    }

    [HttpPost("status")]
    public async Task<IActionResult> Status(string number, [Bind(Prefix = nameof(AdminDossierPage.Status))] StatusForm status, [FromServices] IValidator<StatusForm> validator, CancellationToken ct)
    {
        if (await PageAsync(number, ct) is not { } page)
            return NotFound();
        page = page with { Status = status };
        (await validator.ValidateAsync(status, ct)).AddToModelState(ModelState, nameof(page.Status));
        if (!ModelState.IsValid)
            return Refused(page);

        var outcome = await handling.ChangeStatusAsync(
            new SupportStatusChange(Reader, number, status.Stamp, status.Next!.Value, Typed.OrNull(status.Text), status.Reached), ct);
        if (outcome == HandlingOutcome.Done)
            return Back(number, "Status.Changed");
        if (outcome == HandlingOutcome.NotAllowed)
            ModelState.AddModelError("Status.To", texts["Status.NotAllowed"]);
        return await RefusedAsync(page, outcome, status, ct);
    }

    [HttpPost("repair")]
    public async Task<IActionResult> Repair(string number, [Bind(Prefix = nameof(AdminDossierPage.Repair))] RepairStepForm repair, [FromServices] IValidator<RepairStepForm> validator, CancellationToken ct)
    {
        if (await PageAsync(number, ct) is not { } page)
            return NotFound();
        page = page with { Repair = repair };
        (await validator.ValidateAsync(repair, ct)).AddToModelState(ModelState, nameof(page.Repair));
        if (!ModelState.IsValid)
            return Refused(page);

        var outcome = page.CanMoveRepair
            ? await handling.ChangeRepairAsync(
                new SupportRepairChange(Reader, number, repair.Stamp, repair.Next!.Value, Typed.OrNull(repair.Text), repair.Appointment), ct)
            : HandlingOutcome.NotAllowed;
        return await MovedAsync(page, outcome, repair, "Repair.Status", ct);
    }

    [HttpPost("return")]
    public async Task<IActionResult> Return(string number, [Bind(Prefix = nameof(AdminDossierPage.Return))] ReturnStepForm step, [FromServices] IValidator<ReturnStepForm> validator, CancellationToken ct)
    {
        if (await PageAsync(number, ct) is not { } page)
            return NotFound();
        page = page with { Return = step };
        (await validator.ValidateAsync(step, ct)).AddToModelState(ModelState, nameof(page.Return));
        if (!ModelState.IsValid)
            return Refused(page);

        var outcome = page.CanMoveReturn
            ? await handling.ChangeReturnAsync(
                new SupportReturnChange(Reader, number, step.Stamp, step.Next!.Value, Typed.OrNull(step.Text), step.Appointment, step.GrmsNumber), ct)
            : HandlingOutcome.NotAllowed;
        return await MovedAsync(page, outcome, step, "Return.Status", ct);
    }

    private async Task<IActionResult> MovedAsync(AdminDossierPage page, HandlingOutcome outcome, TrackStepForm step, string field, CancellationToken ct)
    {
        if (outcome == HandlingOutcome.Done)
            return Back(page.Details.Dossier.Number, "Step.Changed");
        if (outcome == HandlingOutcome.NotAllowed)
            ModelState.AddModelError(field, texts["Step.NotAllowed"]);
        return await RefusedAsync(page, outcome, step, ct);
    }

    private async Task<AdminDossierPage?> PageAsync(string number, CancellationToken ct)
    {
        if (await reading.ReadAsync(number, Reader, ct) is not { } details)
            return null;
        if (details.Dossier.EndUserName is not null)
            await viewing.RecordAsync(user.Required.UserId, details.Dossier.Id, ct);
        return new AdminDossierPage
        {
            Details = details,
            Dealer = await DealerAsync(details.Dossier, ct),
            SameSerial = await SameSerialAsync(details.Dossier, ct),
            Repair = new RepairStepForm { Place = details.Appointment?.Place ?? details.Place },
            Return = new ReturnStepForm { Place = details.Appointment?.Place ?? details.Place, Grms = details.Dossier.GrmsNumber },
        };
    }

    private async Task<DealerFacts> DealerAsync(Dossier dossier, CancellationToken ct) => await (
        from organisation in db.Organisations.AsNoTracking()
        from owner in db.Users.AsNoTracking()
        where organisation.Id == dossier.OrganisationId && owner.Id == dossier.OwnerId
        select new DealerFacts(
            organisation.Name, organisation.VatNumber, organisation.CustomerNumber, organisation.ConfirmedAt != null,
            owner.FirstName + " " + owner.LastName, owner.PhoneNumber, owner.Email!, owner.Language)).SingleAsync(ct);

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

    private ViewResult Refused(AdminDossierPage page, int status = StatusCodes.Status400BadRequest)
    {
        Response.StatusCode = status;
        return View("Dossier", page);
    }

    /// <summary>The page again with what was typed; as it stands now and with what changed, when it was not what the person had before them.</summary>
    private async Task<IActionResult> RefusedAsync(AdminDossierPage page, HandlingOutcome outcome, StampedForm form, CancellationToken ct)
    {
        if (outcome is HandlingOutcome.NotAllowed or HandlingOutcome.TooManyFiles or HandlingOutcome.FilesUsed)
            return Refused(page);
        if (await reading.ReadAsync(page.Details.Dossier.Number, Reader, ct) is not { } now)
            return NotFound();
        return Refused(page with { Details = now, ChangedSince = [.. now.Timeline.Where(item => item.Entry.Id > form.Seen)] }, StatusCodes.Status409Conflict);
    }

    private RedirectResult Back(string number, string notice)
    {
        TempData["Notice"] = texts[notice].Value;
        return Redirect($"/admin/dossiers/{number}");
    }
}
