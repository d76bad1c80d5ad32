using DealerPortal.Core.Credits;
using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Dossiers.Handling;
using DealerPortal.Core.Exports;
using DealerPortal.Web.Access;
using DealerPortal.Web.Features.Credits;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Admin.Credits;

/// <summary>The credits of all organisations, and what is still to be found for them.</summary>
[Access(Audience.Staff)]
[Route(CreditQuery.AdminPath)]
public sealed class AdminCreditsController(
    PortalDbContext db, CreditReading reading, CreditLinking linking, CurrentUser user, IStringLocalizer<CreditsTexts> texts) : Controller
{
    private const string List = "~/Features/Credits/Index.cshtml";
    private const string Page = "~/Features/Credits/Credit.cshtml";

    [HttpGet("")]
    public async Task<IActionResult> Index([FromQuery] CreditQuery query, CancellationToken ct)
    {
        var (page, address) = await reading.ListAsync(isStaff: true, query, Request, ct);
        return page is null ? Redirect(address!) : View(List, page);
    }

    [HttpGet("export.csv")]
    public IActionResult Csv([FromQuery] CreditQuery query) => reading.Export(isStaff: true, query, ExportFormat.Csv);

    [HttpGet("export.xlsx")]
    public IActionResult Xlsx([FromQuery] CreditQuery query) => reading.Export(isStaff: true, query, ExportFormat.Xlsx);

    [HttpGet("{**grmsNumber}")]
    public async Task<IActionResult> Credit(string grmsNumber, CancellationToken ct) => await reading.FindAsync(isStaff: true, grmsNumber, ct) is { } screen ? View(Page, screen) : NotFound();

    /// <summary>Says which dossier ended in the credit.</summary>
    [HttpPost("link")]
    public async Task<IActionResult> Link([FromForm(Name = "GrmsNumber")] string? grms, [FromForm(Name = "Number")] string? typed, CancellationToken ct)
    {
        if (await reading.FindAsync(isStaff: true, grms, ct) is not { } screen)
            return NotFound();
        var credit = screen.Credit;
        var isNumber = DossierNumber.TryParse(typed, out var number);
        if (isNumber && await linking.LinkAsync(credit.Id, number, user.Required.Reader, ct) == HandlingOutcome.Done)
        {
            TempData["Notice"] = texts["Linked", number].Value;
            return Redirect(CreditListPage.UrlOf(isStaff: true, credit.GrmsNumber));
        }

        ModelState.AddModelError("Number", string.IsNullOrWhiteSpace(typed) ? texts["Link.Missing"] : !isNumber ? texts["Link.Wrong"] : await ReasonAsync(number, credit, ct));
        Response.StatusCode = StatusCodes.Status400BadRequest;
        return View(Page, screen with { Number = typed });
    }

    private async Task<string> ReasonAsync(string number, Credit credit, CancellationToken ct) =>
        await db.Dossiers.VisibleTo(user.Required.Reader).Where(d => d.Number == number).Select(d => new { d.OrganisationId, IsMerged = d.MergedIntoId != null }).SingleOrDefaultAsync(ct) switch
        {
            null => texts["Link.NotFound"],
            { IsMerged: true } => texts["Link.Merged"],
            var found when found.OrganisationId != credit.OrganisationId => texts["Link.Foreign"],
            _ => texts["Link.Failed"],
        };
}
