using DealerPortal.Core.Exports;
using DealerPortal.Web.Access;
using Microsoft.AspNetCore.Mvc;

namespace DealerPortal.Web.Features.Exports;

/// <summary>The lists as files, at the lists' own addresses: with the same query, what the list shows.</summary>
public sealed class ListExportController(ListExports exports) : Controller
{
    [HttpGet("/dossiers/export.csv")]
    [Access(Audience.Member)]
    public Task<IActionResult> Csv(CancellationToken ct) => ExportAsync(ExportFormat.Csv, ct);

    [HttpGet("/dossiers/export.xlsx")]
    [Access(Audience.Member)]
    public Task<IActionResult> Xlsx(CancellationToken ct) => ExportAsync(ExportFormat.Xlsx, ct);

    [HttpGet("/admin/export.csv")]
    [Access(Audience.Staff)]
    public Task<IActionResult> QueueCsv(CancellationToken ct) => ExportAsync(ExportFormat.Csv, ct);

    [HttpGet("/admin/export.xlsx")]
    [Access(Audience.Staff)]
    public Task<IActionResult> QueueXlsx(CancellationToken ct) => ExportAsync(ExportFormat.Xlsx, ct);

    private Task<IActionResult> ExportAsync(ExportFormat format, CancellationToken ct) => exports.ExportAsync(Request.QueryString.Value ?? "", format, ct);
}
