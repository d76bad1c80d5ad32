using DealerPortal.Core.Exports;
using DealerPortal.Web.Access;
using Microsoft.AspNetCore.Mvc;

namespace DealerPortal.Web.Features.Credits;

/// <summary>What was credited to the organisation.</summary>
[Access(Audience.Member)]
[Route(CreditQuery.Path)]
public sealed class CreditsController(CreditReading reading) : Controller
{
    [HttpGet("")]
    public async Task<IActionResult> Index([FromQuery] CreditQuery query, CancellationToken ct)
    {
        var (page, address) = await reading.ListAsync(isStaff: false, query, Request, ct);
        return page is null ? Redirect(address!) : View(page);
    }

    [HttpGet("export.csv")]
    public IActionResult Csv([FromQuery] CreditQuery query) => reading.Export(isStaff: false, query, ExportFormat.Csv);

    [HttpGet("export.xlsx")]
    public IActionResult Xlsx([FromQuery] CreditQuery query) => reading.Export(isStaff: false, query, ExportFormat.Xlsx);

    [HttpGet("{**grmsNumber}")]
    public async Task<IActionResult> Credit(string grmsNumber, CancellationToken ct) =>
        await reading.FindAsync(isStaff: false, grmsNumber, ct) is { } screen ? View(screen) : NotFound();
}
