using System.Globalization;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Dossiers.Handling;
using DealerPortal.Core.Dossiers.Templates;
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

    /// <summary>The page again with a template in the answer; for a script, the text and what goes with it.</summary>
    [HttpPost("template")]
    [RequestSizeLimit(MessageFiles.MaxRequestBytes)]
    [RequestFormLimits(MultipartBodyLengthLimit = MessageFiles.MaxRequestBytes)]
    public async Task<IActionResult> Template(string number, [Bind(Prefix = nameof(AdminDossierPage.Answer))] AnswerForm answer, [FromServices] AnswerTemplates templates, CancellationToken ct)
    {
        if (await PageAsync(number, ct) is not { } page)
            return NotFound();
        var language = Core.Languages.Normalise(answer.TemplateLanguage ?? page.Dealer.Language);
        var template = (await templates.ForDossierAsync(page.Details.Dossier, language, ct)).FirstOrDefault(t => t.Id.ToString(CultureInfo.InvariantCulture) == answer.Template);
        if (Request.Headers.XRequestedWith.Count > 0)
            return template is null ? NotFound() : Json(new { template.Text, Resolution = template.Resolution?.ToString() });

        await files.TakeInAsync(answer, number, ModelState, "Answer.Files", ct);
        if (template is null)
        {
            ModelState.AddModelError("Answer.Template", Texts["Template.Missing"]);
            return Refused(page with { Answer = answer });
        }

        answer.Text = string.IsNullOrWhiteSpace(answer.Text) ? template.Text : $"{answer.Text.TrimEnd()}\n\n{template.Text}";
        answer.Resolution = template.Resolution?.ToString() ?? answer.Resolution;
        // What was posted would be shown before what was made of it.
        foreach (var field in (string[])["Answer.Text", "Answer.Resolution"])
            ModelState.Remove(field);
        return View(nameof(Dossier), page with { Answer = answer });
    }

    [HttpPost("assign")]
    public async Task<IActionResult> Assign(string number, [Bind(Prefix = nameof(AdminDossierPage.Assign))] AssignForm assign, [FromServices] IValidator<AssignForm> validator, CancellationToken ct)
    {
        if (await PageAsync(number, ct) is not { } page)
            return NotFound();
        page = page with { Assign = assign };
        (await validator.ValidateAsync(assign, ct)).AddToModelState(ModelState, nameof(page.Assign));
        if (!ModelState.IsValid)
            return Refused(page);

        var outcome = await handling.AssignAsync(new SupportAssignment(Reader, number, assign.Stamp, assign.Assignee), ct);
        if (outcome == HandlingOutcome.Done)
            return Back(number, "Assign.Done");
        if (outcome == HandlingOutcome.NotAllowed)
            ModelState.AddModelError("Assign.To", Texts["Assign.Unknown"]);
        return await RefusedAsync(page, outcome, assign, ct);
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
