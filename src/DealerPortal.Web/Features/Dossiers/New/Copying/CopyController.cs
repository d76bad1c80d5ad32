using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers;
using DealerPortal.Web.Access;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Web.Features.Dossiers.New.Copying;

/// <summary>«Open a new dossier with the same data»: for the same device, or for another one.</summary>
[Access(Audience.Member)]
[Route("/dossiers/{number}/copy")]
public sealed class CopyController(DossierForms forms, DraftPages pages, DraftService drafts, PortalDbContext db, CurrentUser user) : Controller
{
    private const string Same = "same";
    private const string Other = "other";

    [HttpGet]
    public async Task<IActionResult> Choose(string number, CancellationToken ct) =>
        await SourceAsync(number, ct) is { } source ? View(new CopyPage(source.Number, source.ModelCode, source.SerialNumber, IsRefiling(source))) : NotFound();

    [HttpPost]
    public async Task<IActionResult> Copy(string number, string? device, CancellationToken ct)
    {
        if (await SourceAsync(number, ct) is not { } source || forms.Find(source.Type) is not { } form)
            return NotFound();
        var same = device switch { Same => true, Other => false, _ => IsRefiling(source) };
        var draftId = Guid.NewGuid();
        await drafts.StartCopyAsync(pages.KeyOf(draftId), form.Type, await form.CopyAsync(source, same, ct), source.Id, ct);
        return Redirect(DraftPage.UrlOf(form.Slug, draftId));
    }

    private async Task<Dossier?> SourceAsync(string number, CancellationToken ct)
    {
        var source = await db.Dossiers.AsNoTracking().VisibleTo(user.Required.Reader).SingleOrDefaultAsync(d => d.Number == number, ct);
        return source is not null && forms.Find(source.Type) is not null ? source : null;
    }

    /// <summary>A cancelled dossier is filed again for its device, as after incomplete details.</summary>
    private static bool IsRefiling(Dossier source) =>
        source.Resolution == Resolution.Cancelled || source.RepairStatus == RepairStatus.RepairCancelled;
}

public sealed record CopyPage(string Number, string? ModelCode, string? SerialNumber, bool SameDevice);
