using System.Globalization;
using CsvHelper;
using DealerPortal.Core;
using DealerPortal.Core.Catalogue;
using DealerPortal.Web.Access;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Admin.Catalogue;

/// <summary>What a file of models would change, for who uploaded it; its good rows are written once they say so.</summary>
[Access(Audience.PortalAdministrator)]
[Route("/admin/catalogue/import/{id:guid}")]
public sealed class ImportPreviewController(CatalogueImports imports, CurrentUser user, TimeProvider time, IStringLocalizer<ImportTexts> texts) : Controller
{
    [HttpGet]
    public async Task<IActionResult> Preview(Guid id, string? show, int? page, CancellationToken ct) =>
        await imports.PreviewAsync(id, user.Required.UserId, ct) is { } preview ? View("ImportPreview", PageOf(preview, show, page)) : NotFound();

    /// <param name="seen">What the preview looked at.</param>
    /// <param name="previewed">When, in ticks.</param>
    [HttpPost]
    public async Task<IActionResult> Confirm(Guid id, string? seen, string? previewed, CancellationToken ct)
    {
        var outcome = await imports.ApplyAsync(id, user.Required.UserId, seen, ct);
        if (outcome == ImportOutcome.Gone || await imports.PreviewAsync(id, user.Required.UserId, ct) is not { } preview)
            return NotFound();
        if (outcome == ImportOutcome.Done)
        {
            TempData["Notice"] = texts["Applied", Formats.Number(preview.Import.Added), Formats.Number(preview.Import.Changed)].Value;
            return Redirect($"/admin/catalogue/import/{id}");
        }

        var since = long.TryParse(previewed, NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) && ticks <= DateTime.MaxValue.Ticks
            ? new DateTime(ticks, DateTimeKind.Utc) : preview.Import.CreatedAt;
        Response.StatusCode = StatusCodes.Status409Conflict;
        return View("ImportPreview", PageOf(preview, null, null) with
        {
            Overtaken = true,
            Meanwhile = preview.Comparison.Lines.Where(line => line.Existing?.ChangedAt >= since).DistinctBy(line => line.Existing!.Id).ToDictionary(line => line.Existing!.Id, line => line.Code),
        });
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
        await imports.DiscardAsync(id, user.Required.UserId, ct);
        TempData["Notice"] = texts["Discarded"].Value;
        return Redirect("/admin/catalogue/import");
    }

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
    /// <summary>«La catégorie « four » n’existe pas.»</summary>
    public static string ReasonOf(this IStringLocalizer<ImportTexts> texts, CatalogueError error) => error.Fault switch
    {
        CatalogueFault.LeadTimeWrong => texts["Error.LeadTimeWrong", ProductModel.MaxLeadTimeDays],
        CatalogueFault.NameTooLong => texts["Error.NameTooLong", LocalizedText.MaxLength],
        CatalogueFault.CodeTwice => texts["Error.CodeTwice", error.Value!],
        _ => texts[$"Error.{error.Fault}"],
    };
}
