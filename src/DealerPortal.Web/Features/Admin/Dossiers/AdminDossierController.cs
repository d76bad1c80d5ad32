using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Dossiers.Handling;
using DealerPortal.Web.Access;
using DealerPortal.Web.Features.Dossiers.Details;
using DealerPortal.Web.Features.Shared;
using FluentValidation;
using FluentValidation.AspNetCore;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Admin.Dossiers;

/// <summary>One dossier as support works on it.</summary>
[Access(Audience.Staff)]
[Route("/admin/dossiers/{number}")]
public sealed class AdminDossierController(AdminDossierReading screens, SupportHandling handling, MessageFiles files, CurrentUser user, IStringLocalizer<AdminTexts> texts)
    : DossierDeskController(screens, user, texts)
{
    [HttpGet]
    [RestoresCarriedForm]
    public async Task<IActionResult> Dossier(string number, [FromServices] DossierPresences presences, CancellationToken ct)
    {
        if (await PageAsync(number, ct) is not { } page)
            return NotFound();
        return View(page with { Colleagues = await presences.BeatAsync(page.Details.Dossier.Id, Reader.UserId, isWriting: false, ct) });
    }

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
            ModelState.AddModelError("Answer.Text", Texts["Answer.NotAllowed"]);
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
            ModelState.AddModelError("Status.To", Texts["Status.NotAllowed"]);
        return await RefusedAsync(page, outcome, status, ct);
    }
}
