using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers;
using DealerPortal.Web.Access;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Web.Features.Dossiers.New.Copying;

/// <summary>A new dossier from one that exists: with the same data for the same or another device, the next one like it, or what follows from it.</summary>
[Access(Audience.Member)]
[Route("/dossiers/{number}")]
public sealed class CopyController(DossierForms forms, DraftPages pages, DraftService drafts, PortalDbContext db, CurrentUser user) : Controller
{
    private const string Same = "same";
    private const string Other = "other";

    [HttpGet("copy")]
    public async Task<IActionResult> Choose(string number, CancellationToken ct) =>
        await SourceAsync(number, ct) is { } source ? View(new CopyPage(source.Number, source.ModelCode, source.SerialNumber, IsRefiling(source))) : NotFound();

    [HttpPost("copy")]
    public async Task<IActionResult> Copy(string number, string? device, CancellationToken ct)
    {
        if (await SourceAsync(number, ct) is not { } source || forms.Find(source.Type) is not { } form)
            return NotFound();
        var same = device switch { Same => true, Other => false, _ => IsRefiling(source) };
        return await OpenAsync(form, source, await form.CopyAsync(source, same ? CopyMode.SameDevice : CopyMode.OtherDevice, ct), ct);
    }

    [HttpPost("next")]
    public async Task<IActionResult> Next(string number, CancellationToken ct) =>
        await SourceAsync(number, ct) is { } source && forms.Find(source.Type) is { } form
            ? await OpenAsync(form, source: null, await form.CopyAsync(source, CopyMode.NextLikeThis, ct), ct)
            : NotFound();

    /// <summary>From an accepted DOA to its return, for example; which forms follow which dossiers they say themselves.</summary>
    [HttpPost("follow")]
    public async Task<IActionResult> Follow(string number, string? formSlug, CancellationToken ct)
    {
        if (await SourceAsync(number, ct) is not { } source)
            return NotFound();
        return forms.Find(formSlug ?? "") is { } next && next.FollowLabel(source) is not null
            ? await OpenAsync(next, source, await next.FollowAsync(source, user.Required, ct), ct)
            : Redirect($"/dossiers/{source.Number}");
    }

    /// <param name="source">What the new dossier will be linked to.</param>
    private async Task<IActionResult> OpenAsync(DossierForm form, Dossier? source, IReadOnlyDictionary<string, string?> answers, CancellationToken ct)
    {
        var draftId = Guid.NewGuid();
        var given = answers.Where(answer => !string.IsNullOrEmpty(answer.Value)).ToDictionary(answer => answer.Key, answer => answer.Value!);
        await drafts.StartCopyAsync(pages.KeyOf(draftId), form.Type, given, source?.Id, ct);
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

public sealed record CopyPage(string Number, string? ModelCode, string? SerialNumber, bool SameDevice)
{
    /// <summary>Otherwise there is nothing to choose.</summary>
    public bool HasDevice => ModelCode is not null || SerialNumber is not null;
}
