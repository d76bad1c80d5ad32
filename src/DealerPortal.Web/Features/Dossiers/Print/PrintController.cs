using DealerPortal.Core.Dossiers;
using DealerPortal.Web.Access;
using Microsoft.AspNetCore.Mvc;

namespace DealerPortal.Web.Features.Dossiers.Print;

/// <summary>The sheets that a dealer prints: the slip for the driver, the receipt for the consumer.</summary>
[Access(Audience.Member)]
[Route("/dossiers/{number}")]
public sealed class PrintController(SheetReading sheets, CurrentUser user) : Controller
{
    private Reader Reader => user.Required.Reader;

    [HttpGet("slip")]
    public async Task<IActionResult> Slip(string number, CancellationToken ct) =>
        await sheets.SlipAsync(number, Reader, ct) is { } slip ? this.SlipView(slip) : NotFound();

    [HttpGet("receipt")]
    public async Task<IActionResult> Receipt(string number, string? lang, CancellationToken ct) =>
        await sheets.ReceiptAsync(number, Reader, lang is not null && Core.Languages.All.Contains(lang) ? lang : Core.Languages.Current, ct) is { } receipt
            ? View(receipt)
            : NotFound();
}

internal static class SlipViews
{
    /// <summary>
    /// The slip while a driver is to come. Before and after that the address says why there is none, since mails lead to it
    /// and a driver must not be handed the slip of a device that may not leave, or has left.
    /// </summary>
    public static IActionResult SlipView(this Controller controller, SlipPage slip)
    {
        if (slip.Details.Dossier.AwaitsPickup())
            return controller.View("Slip", slip);
        controller.Response.StatusCode = StatusCodes.Status404NotFound;
        return controller.View("NoSlip", slip);
    }
}
