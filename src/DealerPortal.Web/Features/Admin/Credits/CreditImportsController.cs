using System.Globalization;
using CsvHelper;
using DealerPortal.Core;
using DealerPortal.Core.Credits;
using DealerPortal.Core.Data;
using DealerPortal.Core.Tables;
using DealerPortal.Core.Work;
using DealerPortal.Web.Access;
using DealerPortal.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Admin.Credits;

/// <summary>Files of credits: taken in, their columns named, looked at, written and undone.</summary>
[Access(Audience.Staff)]
[Route(Path)]
public sealed class CreditImportsController(
    PortalDbContext db, CreditImports imports, CurrentUser user, IStringLocalizer<CreditImportTexts> texts, IStringLocalizer<SharedTexts> shared) : Controller
{
    public const string Path = "/admin/credits/imports";

    private const int Shown = 50;
    private const int FaultsShown = 50;

    /// <summary>More than a file may weigh, so that one that is too large is told so at the field.</summary>
    private const long MaxRequestBytes = 2L * CreditImport.MaxBytes;

    private int ActorId => user.Required.UserId;

    [HttpGet("")]
    public async Task<IActionResult> Imports(CancellationToken ct) => View("Imports", await KeptAsync(ct));

    [HttpPost("")]
    [RequestSizeLimit(MaxRequestBytes)]
    [RequestFormLimits(MultipartBodyLengthLimit = MaxRequestBytes)]
    public async Task<IActionResult> Upload([FromForm(Name = "File")] IFormFile? file, CancellationToken ct)
    {
        if (file is not { Length: > 0 })
            return await RefusedAsync(texts["File.Missing"], ct);
        await using var content = file.OpenReadStream();
        var (id, fault) = await imports.KeepAsync(ActorId, System.IO.Path.GetFileName(file.FileName), content, ct);
        return id is { } kept ? Redirect($"{Path}/{kept}") : await RefusedAsync(texts[$"File.{fault}", Formats.FileSize(CreditImport.MaxBytes)], ct);
    }

    /// <summary>Two rows that this portal would take.</summary>
    [HttpGet("example")]
    public IActionResult Example()
    {
        using var content = new MemoryStream();
        using (var csv = CsvWriter.Create(content, new CsvWriterOptions { Separator = ';', WriteByteOrderMark = true }, leaveOpen: true))
        {
            csv.WriteRecord([.. Enum.GetValues<CreditField>().Select(field => texts[$"Field.{field}"].Value)]);
            csv.WriteRecord(["4001932", "100001", texts["Example.Credit"], "LW90T554/BE", "7D6M5AB1800045N", "", "COMPTOIR-088", texts["Example.Shop"], "", "DEMO-2026-00871", "2026-11-18", "256,50", "450,00", "43", "2026-11-12", texts["Example.Issued"], ""]);
            csv.WriteRecord(["4001850", "100001", texts["Example.Credit"], "SB-Q70", "R2T9918K4LP", "", "COMPTOIR-079", texts["Example.Distributor"], "Démo Distribution", "", "", "129,90", "", "10", "2026-10-30", texts["Example.InProcess"], ""]);
        }

        return File(content.ToArray(), "text/csv; charset=utf-8", "credits.csv");
    }

    [HttpGet("{creditImportId:guid}")]
    public async Task<IActionResult> Import(Guid creditImportId, CancellationToken ct)
    {
        if (await imports.FindAsync(creditImportId, ct) is not { } import)
            return NotFound();
        if (Request.Headers.XRequestedWith == "fetch")
            return PartialView("_ImportProgress", import);
        if (import.IsUnderWay || (import.State == WorkState.Failed && import.Phase != ImportPhase.Columns))
            return View("ImportProgress", import);
        return import.Phase == ImportPhase.Columns ? await ColumnsAsync(import, ct) : await ResultAsync(import, ct);
    }

    /// <summary>What the columns mean, to be said anew.</summary>
    [HttpGet("{creditImportId:guid}/columns")]
    public async Task<IActionResult> Columns(Guid creditImportId, CancellationToken ct) =>
        await imports.FindAsync(creditImportId, ct) is { IsUnderWay: false, Phase: <= ImportPhase.Check } import ? await ColumnsAsync(import, ct) : NotFound();

    /// <param name="meanings">What each column means, in their order; empty for nothing.</param>
    [HttpPost("{creditImportId:guid}/columns")]
    public async Task<IActionResult> Map(Guid creditImportId, [FromForm(Name = "Meaning")] string[]? meanings, CancellationToken ct)
    {
        if (await imports.FindAsync(creditImportId, ct) is not { Phase: <= ImportPhase.Check } import)
            return NotFound();
        var said = (meanings ?? []).Select(meaning => Enum.TryParse<CreditField>(meaning, out var field) && Enum.IsDefined(field) ? field : (CreditField?)null).ToList();
        foreach (var (field, places) in said.Select((field, place) => (field, place)).Where(pair => pair.field is not null).GroupBy(pair => pair.field!.Value, pair => pair.place).Where(group => group.Count() > 1).Select(group => (group.Key, group)))
            ModelState.AddModelError(MeaningId(places.Skip(1).First()), texts["Columns.Twice", texts[$"Field.{field}"].Value]);
        var mapping = new CreditMapping(said.Select((field, place) => (field, place)).Where(pair => pair.field is not null).DistinctBy(pair => pair.field).ToDictionary(pair => pair.field!.Value, pair => pair.place));
        foreach (var missing in mapping.Missing)
            ModelState.AddModelError(MeaningId(0), texts["Columns.Missing", texts[$"Field.{missing}"].Value]);
        if (ModelState.IsValid)
        {
            // Where somebody was faster, the import's page says how far it is.
            await imports.MapAsync(import, mapping, ActorId, ct);
            return Redirect($"{Path}/{creditImportId}");
        }

        Response.StatusCode = StatusCodes.Status400BadRequest;
        return await ColumnsAsync(import, ct, said);
    }

    [HttpPost("{creditImportId:guid}/confirm")]
    public async Task<IActionResult> Confirm(Guid creditImportId, CancellationToken ct) => await DoneAsync(creditImportId, await imports.ConfirmAsync(creditImportId, ActorId, ct), null, ct);

    [HttpPost("{creditImportId:guid}/undo")]
    public async Task<IActionResult> Undo(Guid creditImportId, CancellationToken ct) => await DoneAsync(creditImportId, await imports.UndoAsync(creditImportId, ActorId, ct), null, ct);

    [HttpPost("{creditImportId:guid}/discard")]
    public async Task<IActionResult> Discard(Guid creditImportId, CancellationToken ct) => await DoneAsync(creditImportId, await imports.DiscardAsync(creditImportId, ActorId, ct), texts["Discarded"], ct);

    /// <summary>The faults as a file that spreadsheets open.</summary>
    [HttpGet("{creditImportId:guid}/faults")]
    public async Task<IActionResult> Faults(Guid creditImportId, CancellationToken ct) => await imports.FindAsync(creditImportId, ct) is null
        ? NotFound()
        : File(await FaultFile.OfAsync(imports.FaultsOf(creditImportId).AsAsyncEnumerable().Select(texts.LineOf), shared, ct), "text/csv; charset=utf-8", "credits-errors.csv");

    internal static string MeaningId(int place) => string.Create(CultureInfo.InvariantCulture, $"Meaning-{place}");

    private async Task<IActionResult> DoneAsync(Guid id, bool done, string? notice, CancellationToken ct)
    {
        if (done && notice is not null)
            TempData["Notice"] = notice;
        return Redirect(await imports.FindAsync(id, ct) is null ? Path : $"{Path}/{id}");
    }

    private async Task<IActionResult> ColumnsAsync(CreditImport import, CancellationToken ct, IReadOnlyList<CreditField?>? said = null)
    {
        if (await imports.StartAsync(import, ct) is not { } start)
            return NotFound();
        var known = CreditMapping.FromJson(import.Mapping).Columns.ToDictionary(pair => pair.Value, pair => pair.Key);
        return View("Columns", new ColumnsPage(import, start, said ?? [.. start.Headers.Select((_, place) => known.TryGetValue(place, out var field) ? field : (CreditField?)null)]));
    }

    private async Task<IActionResult> ResultAsync(CreditImport import, CancellationToken ct)
    {
        var faults = await imports.FaultsOf(import.Id).Take(FaultsShown).ToListAsync(ct);
        var rows = import.StorageKey is not null && await imports.StartAsync(import, ct) is { } start
            ? start.Rows.Select(new CreditRows(CreditMapping.FromJson(import.Mapping)).Read).ToList()
            : [];
        var blockers = import.CanBeUndone ? await imports.BlockersAsync(import.Id, ct) : null;
        return View("Import", new CreditImportPage(import, [.. faults.Select(texts.LineOf)], rows, blockers));
    }

    private async Task<IActionResult> RefusedAsync(string message, CancellationToken ct)
    {
        ModelState.AddModelError("File", message);
        Response.StatusCode = StatusCodes.Status400BadRequest;
        return View("Imports", await KeptAsync(ct));
    }

    private async Task<IReadOnlyList<CreditImportLine>> KeptAsync(CancellationToken ct) => await (
        from import in imports.All.Take(Shown)
        join owner in db.Users on import.OwnerId equals owner.Id
        orderby import.CreatedAt descending
        select new CreditImportLine(import, owner.FirstName + " " + owner.LastName)).ToListAsync(ct);
}

/// <param name="OwnerName">Who uploaded it.</param>
public sealed record CreditImportLine(CreditImport Import, string OwnerName);

/// <param name="Meanings">Of each column, null for nothing.</param>
public sealed record ColumnsPage(CreditImport Import, TableStart Start, IReadOnlyList<CreditField?> Meanings);

/// <param name="Faults">The first ones.</param>
/// <param name="Rows">The first rows as they were understood.</param>
/// <param name="Blockers">What keeps it from being undone; null where there is nothing to undo.</param>
public sealed record CreditImportPage(CreditImport Import, IReadOnlyList<FaultLine> Faults, IReadOnlyList<CreditRow> Rows, UndoBlockers? Blockers);

internal static class CreditImportWords
{
    public static FaultLine LineOf(this IStringLocalizer<CreditImportTexts> texts, CreditImportFault fault) =>
        new(fault.Line, fault.Field is { } field ? texts[$"Field.{field}"].Value : null, fault.Fault == CreditFault.Twice ? null : fault.Value, texts.ReasonOf(fault));

    private static string ReasonOf(this IStringLocalizer<CreditImportTexts> texts, CreditImportFault fault) => fault.Fault switch
    {
        CreditFault.Twice => texts["Fault.Twice", fault.Value ?? ""],
        CreditFault.OutOfRange => texts[fault.Field is CreditField.Depreciation ? "Fault.Percent" : fault.Field is CreditField.InvoiceDate or CreditField.RequestedOn ? "Fault.Year" : "Fault.Amount"],
        _ => texts[$"Fault.{fault.Fault}"],
    };

    /// <summary>Icon, tone and words of its state.</summary>
    public static StatusBadge BadgeOf(CreditImport import) => (import.Phase, import.State) switch
    {
        (_, WorkState.Waiting or WorkState.Running) => new("info", "progress", "Import.UnderWay"),
        (_, WorkState.Failed) => new("stop", "alert-triangle", "Import.Failed"),
        (ImportPhase.Columns, _) => new("attn", "hourglass", "Import.Columns"),
        (ImportPhase.Check, _) => new("attn", "hourglass", "Import.Checked"),
        (ImportPhase.Undo, _) => new("idle", "arrow-back-up", "Import.Undone"),
        _ => new("ok", "circle-check", "Import.Written"),
    };
}

internal static class CreditColumnSample
{
    private const int Shown = 24;

    /// <summary>What stands in a cell, shortened.</summary>
    public static string? Of(object? cell) => cell switch
    {
        null => null,
        DateTime at => Formats.Date(DateOnly.FromDateTime(at)),
        decimal number => number.ToString("0.########", CultureInfo.CurrentCulture),
        var other => other.ToString() is { Length: > Shown } text ? text[..Shown] + "…" : other.ToString(),
    };
}
