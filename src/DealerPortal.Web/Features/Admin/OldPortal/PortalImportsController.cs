using CsvHelper;
using DealerPortal.Core;
using DealerPortal.Core.Data;
using DealerPortal.Core.OldPortal;
using DealerPortal.Core.Tables;
using DealerPortal.Core.Work;
using DealerPortal.Web.Access;
using DealerPortal.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Admin.OldPortal;

/// <summary>Files of the portal before this one: taken in, looked at, written and undone.</summary>
[Access(Audience.Staff)]
[Route(Path)]
public sealed class PortalImportsController(
    PortalDbContext db, PortalImports imports, ImportedKinds kinds, CurrentUser user, IStringLocalizer<PortalImportTexts> texts, IStringLocalizer<SharedTexts> shared) : Controller
{
    public const string Path = "/admin/organisations/imports";

    private const int Shown = 50;
    internal const int FaultsShown = 50;

    /// <summary>More than a file may weigh, so that one that is too large is told so at the field.</summary>
    private const long MaxRequestBytes = 2L * PortalImport.MaxBytes;

    private int ActorId => user.Required.UserId;

    [HttpGet("")]
    public async Task<IActionResult> Imports(CancellationToken ct) => View("Imports", await PageAsync(PortalImportKind.Organisations, ct));

    [HttpPost("")]
    [RequestSizeLimit(MaxRequestBytes)]
    [RequestFormLimits(MultipartBodyLengthLimit = MaxRequestBytes)]
    public async Task<IActionResult> Upload([FromForm(Name = "Kind")] string? kind, [FromForm(Name = "File")] IFormFile? file, CancellationToken ct)
    {
        var isKnown = KindOf(kind) is not null;
        var chosen = KindOf(kind) ?? PortalImportKind.Organisations;
        if (!isKnown)
            ModelState.AddModelError("Kind", texts["Kind.Missing"]);
        if (file is not { Length: > 0 })
            ModelState.AddModelError("File", texts["File.Missing"]);
        if (!ModelState.IsValid)
            return await RefusedAsync(chosen, ct);
        await using var content = file!.OpenReadStream();
        var kept = await imports.KeepAsync(ActorId, chosen, System.IO.Path.GetFileName(file.FileName), content, ct);
        if (kept.Id is { } id)
            return Redirect($"{Path}/{id}");
        ModelState.AddModelError("File", texts.RefusalOf(kept));
        return await RefusedAsync(chosen, ct);
    }

    /// <summary>The columns of a kind, in the reader's language, and a row that says what belongs into them.</summary>
    [HttpGet("template")]
    public IActionResult Template(string? kind = nameof(PortalImportKind.Organisations))
    {
        if (KindOf(kind) is not { } chosen)
            return NotFound();
        using var content = new MemoryStream();
        using (var csv = CsvWriter.Create(content, new CsvWriterOptions { Separator = ';', WriteByteOrderMark = true }, leaveOpen: true))
        {
            var fields = kinds[chosen].Columns.Select(column => column.Field).ToList();
            csv.WriteRecord([.. fields.Select(field => texts[$"Field.{field}"].Value)]);
            csv.WriteRecord([.. fields.Select(field => texts[$"Example.{chosen}.{field}"]).Select(example => example.ResourceNotFound ? "" : example.Value)]);
        }

        return File(content.ToArray(), "text/csv; charset=utf-8", texts[$"Template.{chosen}"]);
    }

    [HttpGet("{portalImportId:guid}")]
    public async Task<IActionResult> Import(Guid portalImportId, CancellationToken ct)
    {
        if (await imports.FindAsync(portalImportId, ct) is not { } import)
            return NotFound();
        if (Request.Headers.XRequestedWith == "fetch")
            return PartialView("_ImportProgress", import);
        return import.IsUnderWay || import.State == WorkState.Failed ? View("ImportProgress", import) : await ResultAsync(import, ct);
    }

    [HttpPost("{portalImportId:guid}/confirm")]
    public async Task<IActionResult> Confirm(Guid portalImportId, CancellationToken ct) => await DoneAsync(portalImportId, await imports.ConfirmAsync(portalImportId, ActorId, ct), null, ct);

    [HttpPost("{portalImportId:guid}/undo")]
    public async Task<IActionResult> Undo(Guid portalImportId, CancellationToken ct) => await DoneAsync(portalImportId, await imports.UndoAsync(portalImportId, ActorId, ct), null, ct);

    [HttpPost("{portalImportId:guid}/discard")]
    public async Task<IActionResult> Discard(Guid portalImportId, CancellationToken ct) => await DoneAsync(portalImportId, await imports.DiscardAsync(portalImportId, ActorId, ct), texts["Discarded"], ct);

    /// <summary>The faults and warnings as a file that spreadsheets open.</summary>
    [HttpGet("{portalImportId:guid}/faults")]
    public async Task<IActionResult> Faults(Guid portalImportId, CancellationToken ct) => await imports.FindAsync(portalImportId, ct) is null
        ? NotFound()
        : File(await FaultFile.OfAsync(imports.FaultsOf(portalImportId).AsAsyncEnumerable().Select(texts.LineOf), shared, ct), "text/csv; charset=utf-8", texts["Faults.File"]);

    private static PortalImportKind? KindOf(string? kind) => Enum.TryParse<PortalImportKind>(kind, out var named) && Enum.IsDefined(named) ? named : null;

    private async Task<IActionResult> DoneAsync(Guid id, bool done, string? notice, CancellationToken ct)
    {
        if (done && notice is not null)
            TempData["Notice"] = notice;
        return Redirect(await imports.FindAsync(id, ct) is null ? Path : $"{Path}/{id}");
    }

    private async Task<IActionResult> ResultAsync(PortalImport import, CancellationToken ct)
    {
        var all = imports.FaultsOf(import.Id);
        return View("Import", new PortalImportPage(
            import,
            [.. (await all.Where(PortalImportFault.IsRefusal).Take(FaultsShown).ToListAsync(ct)).Select(texts.LineOf)],
            [.. (await all.Where(PortalImportFault.IsWarning).Take(FaultsShown).ToListAsync(ct)).Select(texts.LineOf)],
            import.Phase == ImportPhase.Check ? await imports.PreviewAsync(import, ct) : null,
            import.CanBeUndone ? await imports.BlockersAsync(import, ct) : null));
    }

    private async Task<IActionResult> RefusedAsync(PortalImportKind kind, CancellationToken ct)
    {
        Response.StatusCode = StatusCodes.Status400BadRequest;
        return View("Imports", await PageAsync(kind, ct));
    }

    private async Task<PortalImportsPage> PageAsync(PortalImportKind kind, CancellationToken ct) => new(
        kind,
        kinds,
        await (
            from import in imports.All.Take(Shown)
            join owner in db.Users on import.OwnerId equals owner.Id
            orderby import.CreatedAt descending
            select new PortalImportLine(import, owner.FirstName + " " + owner.LastName)).ToListAsync(ct));
}

/// <param name="Kind">What is chosen.</param>
public sealed record PortalImportsPage(PortalImportKind Kind, ImportedKinds Kinds, IReadOnlyList<PortalImportLine> Kept);

/// <param name="OwnerName">Who uploaded it.</param>
public sealed record PortalImportLine(PortalImport Import, string OwnerName);

/// <param name="Faults">The first ones.</param>
/// <param name="Warnings">The first ones.</param>
/// <param name="Preview">Before it is written, while the file is there.</param>
/// <param name="Blockers">What keeps it from being undone; null where there is nothing to undo.</param>
public sealed record PortalImportPage(
    PortalImport Import, IReadOnlyList<FaultLine> Faults, IReadOnlyList<FaultLine> Warnings, ImportPreview? Preview, IReadOnlyList<UndoBlocker>? Blockers)
{
    /// <summary>Whether nothing of it can be undone.</summary>
    public bool IsBlocked => Blockers?.Any(blocker => blocker.Stops) == true;
}

internal static class PortalImportWords
{
    /// <summary>Why a file is not taken.</summary>
    public static string RefusalOf(this IStringLocalizer<PortalImportTexts> texts, KeptImport kept) => kept.Missing.Count > 0
        ? texts["File.Columns", string.Join(", ", kept.Missing.Select(field => texts[$"Field.{field}"].Value))]
        : texts[$"File.{kept.Fault}", Formats.FileSize(PortalImport.MaxBytes)];

    public static FaultLine LineOf(this IStringLocalizer<PortalImportTexts> texts, PortalImportFault fault) => new(
        fault.Line,
        fault.Field is { } field ? texts[$"Field.{field}"].Value : null,
        fault.Fault == PortalFault.Twice ? null : fault.Value,
        fault.Fault == PortalFault.Twice ? texts["Fault.Twice", fault.Value ?? ""] : texts[$"Fault.{fault.Fault}"]);

    /// <summary>What a field says, where that is a word of the portal's own.</summary>
    public static string? ValueOf(PortalField field, string? value, IStringLocalizer<SharedTexts> shared) => (field, value) switch
    {
        (_, null) => null,
        (PortalField.Role, _) => shared[$"Role.{value}"],
        (PortalField.Type, _) => shared[$"Type.{value}"],
        (PortalField.Status, _) => shared[$"StaffStatus.{value}"],
        _ => value,
    };

    /// <summary>Icon, tone and words of its state.</summary>
    public static StatusBadge BadgeOf(PortalImport import) => (import.Phase, import.State) switch
    {
        (_, WorkState.Waiting or WorkState.Running) => new("info", "progress", "Import.UnderWay"),
        (_, WorkState.Failed) => new("stop", "alert-triangle", "Import.Failed"),
        (ImportPhase.Check, _) => new("attn", "hourglass", "Import.Checked"),
        (ImportPhase.Undo, _) => new("idle", "arrow-back-up", "Import.Undone"),
        _ => new("ok", "circle-check", "Import.Written"),
    };

    /// <summary>Icon, tone and words of what becomes of a row.</summary>
    public static StatusBadge BadgeOf(PortalRow row) => row.Effect switch
    {
        RowEffect.New => new("ok", "circle-check", row.BeginsOrganisation ? "Effect.Organisation" : "Effect.New"),
        RowEffect.Changed => new("info", "progress", "Effect.Changed"),
        RowEffect.Unchanged => new("idle", "circle-check", "Effect.Unchanged"),
        _ => new("stop", "alert-triangle", "Effect.Faulty"),
    };
}
