using DealerPortal.Core.Dossiers.Handling;
using DealerPortal.Web.Access;
using Microsoft.AspNetCore.Mvc;

namespace DealerPortal.Web.Features.Dossiers.Print;

/// <summary>The same slip for support, who sends it on where a shop cannot print.</summary>
[Access(Audience.Staff)]
[Route("/admin/dossiers/{number}")]
public sealed class AdminSlipController(SheetReading sheets, DossierViewing viewing, CurrentUser user) : Controller
{
    [HttpGet("slip")]
    public async Task<IActionResult> Slip(string number, CancellationToken ct)
    {
        if (await sheets.SlipAsync(number, user.Required.Reader, ct) is not { } slip)
            return NotFound();
        if (slip.Details.IsAtEndUser)
            await viewing.RecordAsync(user.Required.UserId, slip.Details.Dossier.Id, ct);
        return this.SlipView(slip);
    }
}
