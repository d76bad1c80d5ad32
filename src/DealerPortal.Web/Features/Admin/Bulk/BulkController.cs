using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Dossiers.Queue.Bulk;
using DealerPortal.Core.Dossiers.Templates;
using DealerPortal.Web.Access;
using DealerPortal.Web.Features.Admin.Queue;
using DealerPortal.Web.Features.Shared;
using FluentValidation;
using FluentValidation.AspNetCore;
using Microsoft.AspNetCore.Mvc;

namespace DealerPortal.Web.Features.Admin.Bulk;

/// <summary>One step on several dossiers: first what it would do, then the step, then what became of each.</summary>
[Access(Audience.Staff)]
[Route(BulkQuery.Path)]
public sealed class BulkController(PortalDbContext db, BulkHandling bulk, AnswerTemplates templates, IValidator<BulkForm> validator, CurrentUser user) : Controller
{
    private static readonly BulkOutcome[] Unfinished = [BulkOutcome.Stale, BulkOutcome.Failed];

    private Reader Reader => user.Required.Reader;

    [HttpGet("")]
    [RestoresCarriedForm]
    public async Task<IActionResult> Preview([FromQuery] BulkQuery query, CancellationToken ct)
    {
        if (query.Kind is null)
            return Redirect(QueueQuery.Path);
        return View(await PreviewAsync(new BulkForm { Step = query.Step, To = query.To, Status = query.Status, Template = query.Template, N = query.N, Back = query.Back }, ct));
    }

    [HttpPost("")]
    public async Task<IActionResult> Run([Bind(Prefix = nameof(BulkPreview.Form))] BulkForm form, CancellationToken ct)
    {
        if (form.Kind is null)
            return BadRequest();
        var preview = await PreviewAsync(form, ct);
        (await validator.ValidateAsync(form, ct)).AddToModelState(ModelState, nameof(BulkPreview.Form));
        if (!ModelState.IsValid || preview.Step is not { } step)
        {
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return View("Preview", preview);
        }

        var resolution = preview.Template?.Resolution ?? form.Reached;
        var text = step.TemplateId is null && !string.IsNullOrWhiteSpace(form.Text) ? form.Text : null;
        var run = await bulk.RunAsync(Reader, step with { Resolution = step.Kind == BulkStepKind.Close ? resolution : null, Text = text }, form.Targets);
        return Redirect($"{BulkQuery.Path}/{run:D}{QueryString.Create("back", form.Back ?? "")}");
    }

    [HttpGet("{runId:guid}")]
    public async Task<IActionResult> Report(Guid runId, string? back, CancellationToken ct)
    {
        if (await bulk.FindAsync(Reader, runId, ct) is not { } run)
            return NotFound();
        var results = run.Read();
        return View(new BulkReport(run, results, [.. results.Where(result => Unfinished.Contains(result.Outcome)).Select(result => result.Number)], QueueQuery.Parse(back)));
    }

    private async Task<BulkPreview> PreviewAsync(BulkForm form, CancellationToken ct)
    {
        var numbers = (form.N ?? []).Where(number => number.Length <= Dossier.NumberMaxLength).Distinct().Take(BulkHandling.MaxDossiers).ToList();
        var rows = await bulk.ReadAsync(Reader, numbers, form.TemplateId, ct);
        var staff = form.Kind == BulkStepKind.Assign ? await db.StaffMembersAsync(user.Required.UserId, ct) : [];
        var offered = await OfferedAsync(form, rows, ct);
        var step = form.TemplateId is { } id && offered.All(template => template.Id != id) ? null : form.ToStep(staff);
        return new BulkPreview(form, step, rows, [.. numbers.Except(rows.Select(row => row.Number))], staff, offered);
    }

    /// <summary>The templates for the step: for every type, and where all dossiers are of one type also its own.</summary>
    private async Task<IReadOnlyList<AnswerTemplate>> OfferedAsync(BulkForm form, IReadOnlyList<BulkRow> rows, CancellationToken ct)
    {
        TemplatePurpose? purpose = form.Kind switch
        {
            BulkStepKind.Close => TemplatePurpose.Closing,
            BulkStepKind.ChangeStatus when form.StatusValue == RequestStatus.WaitingForDealer => TemplatePurpose.Question,
            _ => null,
        };
        if (purpose is null)
            return [];
        var types = rows.Select(row => row.Type).Distinct().ToList();
        return await templates.ForTypeAsync(types is [var only] ? only : null, purpose, ct);
    }
}
