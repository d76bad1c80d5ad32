using CsvHelper;
using DealerPortal.Core;
using DealerPortal.Core.Catalogue;
using DealerPortal.Core.Data;
using DealerPortal.Web.Access;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Admin.Catalogue;

/// <summary>Models from a CSV file: the file is taken in here and looked at on <see cref="ImportPreviewController"/>.</summary>
[Access(Audience.PortalAdministrator)]
[Route("/admin/catalogue/import")]
public sealed class ImportController(PortalDbContext db, CatalogueImports imports, CurrentUser user, IStringLocalizer<ImportTexts> texts) : Controller
{
    /// <summary>More than a file may weigh, so that one that is too large is told so at the field.</summary>
    private const long MaxRequestBytes = 4L * CatalogueImport.MaxBytes;

    [HttpGet]
    public async Task<IActionResult> Import(CancellationToken ct) => View("Import", await KeptAsync(ct));

    [HttpPost]
    [RequestSizeLimit(MaxRequestBytes)]
    [RequestFormLimits(MultipartBodyLengthLimit = MaxRequestBytes)]
    public async Task<IActionResult> Upload([FromForm(Name = "File")] IFormFile? file, CancellationToken ct)
    {
        if (file is not { Length: > 0 and <= CatalogueImport.MaxBytes })
            return await RefusedAsync(file is { Length: > 0 } ? texts["File.TooLarge"] : texts["File.Missing"], ct);
        using var content = new MemoryStream((int)file.Length);
        await file.CopyToAsync(content, ct);
        var bytes = content.ToArray();
        if (CatalogueFile.Read(bytes).Fault is var fault and not CatalogueFileFault.None)
            return await RefusedAsync(texts[$"Fault.{fault}", Formats.Number(CatalogueFile.MaxRows)], ct);
        var id = await imports.KeepAsync(user.Required.UserId, Path.GetFileName(file.FileName), bytes, ct);
        return Redirect($"/admin/catalogue/import/{id}");
    }

    /// <summary>Two rows that this portal would take.</summary>
    [HttpGet("example")]
    public async Task<IActionResult> Example(CancellationToken ct)
    {
        var category = await db.Categories.OrderBy(c => c.Code).Select(c => c.Code).FirstOrDefaultAsync(ct) ?? "washing-machine";
        using var content = new MemoryStream();
        using (var csv = CsvWriter.Create(content, new CsvWriterOptions { Separator = ';', WriteByteOrderMark = true }, leaveOpen: true))
        {
            csv.WriteRecord([.. CatalogueFile.Columns]);
            csv.WriteRecord(["LW90T555/BE", category, "Lave-linge frontal 9 kg", "Wasmachine voorlader 9 kg", "Waschmaschine Frontlader 9 kg", "Front-loading washing machine 9 kg", "InHome", "3", "yes"]);
            csv.WriteRecord(["SB-Q500", category, "Barre de son 500 W", "Soundbar 500 W", "Soundbar 500 W", "Soundbar 500 W", "PickUp", "5", "yes"]);
        }

        return File(content.ToArray(), "text/csv; charset=utf-8", "catalogue.csv");
    }

    private async Task<ViewResult> RefusedAsync(string message, CancellationToken ct)
    {
        ModelState.AddModelError("File", message);
        Response.StatusCode = StatusCodes.Status400BadRequest;
        return View("Import", await KeptAsync(ct));
    }

    private Task<List<KeptImport>> KeptAsync(CancellationToken ct) =>
        imports.Of(user.Required.UserId).AsKept().ToListAsync(ct);
}
