using System.Globalization;
using CsvHelper;
using DealerPortal.Core;
using DealerPortal.Core.Catalogue;
using DealerPortal.Core.Work;
using DealerPortal.Web.Access;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Admin.Catalogue;

/// <summary>What a file of models would change, for who uploaded it; how far it is once they say so; and what came of it.</summary>
[Access(Audience.PortalAdministrator)]
[Route("/admin/catalogue/import/{id:guid}")]
public sealed class ImportPreviewController(CatalogueImports imports, CurrentUser user, TimeProvider time, IStringLocalizer<ImportTexts> texts) : Controller
{
    [HttpGet]
    public async Task<IActionResult> Preview(Guid id, string? show, int? page, CancellationToken ct)
    {
        if (await imports.Of(user.Required.UserId).Where(i => i.Id == id).AsKept().SingleOrDefaultAsync(ct) is not { } kept)
            return NotFound();
        if (Request.Headers.XRequestedWith == "fetch")
            return PartialView("_ImportProgress", kept);
        if (kept.IsUnderWay || kept.State == WorkState.Failed)
            return View("ImportProgress", kept);
        if (await imports.PreviewAsync(id, user.Required.UserId, ct) is not { } preview)
            return NotFound();
        var shown = PageOf(preview, show, page);
        return View("ImportPreview", kept.State == WorkState.Overtaken ? Overtaken(shown, preview.Import.PreviewedAt ?? preview.Import.CreatedAt) : shown);
    }

    /// <param name="seen">What the preview looked at.</param>
    /// <param name="previewed">When, in ticks.</param>
    [HttpPost]
    public async Task<IActionResult> Confirm(Guid id, string? seen, string? previewed, CancellationToken ct)
    {
        var since = long.TryParse(previewed, NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) && ticks <= DateTime.MaxValue.Ticks
            ? new DateTime(ticks, DateTimeKind.Utc) : time.GetUtcNow().UtcDateTime;
        var outcome = await imports.OrderAsync(id, user.Required.UserId, seen, since, ct);
        if (outcome == ImportOutcome.Ordered)
            return Redirect($"/admin/catalogue/import/{id}");
        if (outcome == ImportOutcome.Gone || await imports.PreviewAsync(id, user.Required.UserId, ct) is not { } preview)
            return NotFound();
        Response.StatusCode = StatusCodes.Status409Conflict;
        return View("ImportPreview", Overtaken(PageOf(preview, null, null), since));
    }

    /// <summary>The errors as a file that spreadsheets open, without formulas in it.</summary>
    [HttpGet("errors")]
    public async Task<IActionResult> Errors(Guid id, CancellationToken ct)
    {
        if (await imports.PreviewAsync(id, user.Required.UserId, ct) is not { } preview)
            return NotFound();
        using var content = new MemoryStream();
        using (var csv = CsvWriter.Create(content, new CsvWriterOptions { Separator = ';', WriteByteOrderMark = true, Injection = CsvInjection.Escape }, leaveOpen: true))
        {
            csv.WriteRecord([texts["Column.Line"], texts["Column.Column"], texts["Column.Value"], texts["Column.Reason"]]);
            foreach (var error in preview.Comparison.Lines.SelectMany(line => line.Errors))
                csv.WriteRecord([error.Line.ToString(CultureInfo.InvariantCulture), error.Column, error.Value, texts.ReasonOf(error)]);
        }

        return File(content.ToArray(), "text/csv; charset=utf-8", "catalogue-errors.csv");
    }

    [HttpPost("discard")]
    public async Task<IActionResult> Discard(Guid id, CancellationToken ct)
    {
        if (!await imports.DiscardAsync(id, user.Required.UserId, ct))
            return Redirect($"/admin/catalogue/import/{id}");
        TempData["Notice"] = texts["Discarded"].Value;
        return Redirect("/admin/catalogue/import");
    }

    /// <summary>With what others changed since; behind what the import itself has written.</summary>
    private static ImportPreviewPage Overtaken(ImportPreviewPage page, DateTime since) => page with
    {
        Overtaken = true,
        Meanwhile = page.Comparison.Lines.Where(line => line.Line > page.Preview.Import.WrittenLine && line.Existing?.ChangedAt >= since)
            .DistinctBy(line => line.Existing!.Id).ToDictionary(line => line.Existing!.Id, line => line.Code),
    };

    private ImportPreviewPage PageOf(CataloguePreview preview, string? show, int? page)
    {
        var states = Enum.GetValues<CatalogueLineState>();
        var first = states.FirstOrDefault(state => preview.Comparison.Count(state) > 0);
        var shown = states.Where(state => state.ToString() == show).DefaultIfEmpty(first).First();
        return new ImportPreviewPage(
            preview, shown, Math.Clamp(page ?? 1, 1, CatalogueFile.MaxRows), time.GetUtcNow().UtcDateTime, Overtaken: false, new Dictionary<int, string>());
    }
}

internal static class ImportWords
{
    public static IQueryable<KeptImport> AsKept(this IQueryable<CatalogueImport> imports) => imports.Select(i =>
        new KeptImport(i.Id, i.FileName, i.CreatedAt, i.OrderedAt, i.AppliedAt, i.State, i.Written, i.Total, i.Added, i.Changed));

    /// <summary>«La catégorie « four » n’existe pas.»</summary>
    public static string ReasonOf(this IStringLocalizer<ImportTexts> texts, CatalogueError error) => error.Fault switch
    {
        CatalogueFault.LeadTimeWrong => texts["Error.LeadTimeWrong", ProductModel.MaxLeadTimeDays],
        CatalogueFault.NameTooLong => texts["Error.NameTooLong", LocalizedText.MaxLength],
        CatalogueFault.CodeTwice => texts["Error.CodeTwice", error.Value!],
        _ => texts[$"Error.{error.Fault}"],
    };
}
