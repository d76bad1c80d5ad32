using DealerPortal.Core.Data;
using DealerPortal.Web.Access;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Web.Features.Dossiers.New;

/// <summary>Which form, and the drafts that wait to be finished.</summary>
[Access(Audience.Member)]
public sealed class NewDossierController(DossierForms forms, PortalDbContext db, CurrentUser user) : Controller
{
    private const int MaxDrafts = 10;

    [HttpGet("/dossiers/new")]
    public async Task<IActionResult> Overview(CancellationToken ct)
    {
        var open = await db.Drafts.AsNoTracking()
            .Where(d => d.OwnerId == user.Required.UserId && d.ConsumedAt == null)
            .OrderByDescending(d => d.SavedAt).Take(MaxDrafts).ToListAsync(ct);
        var waiting = from draft in open
                      let form = forms.Find(draft.Type)
                      where form is not null
                      select new OpenDraft(form.Title, form.SummaryOf(draft.ReadPairs()), draft.SavedAt, DraftPage.UrlOf(form.Slug, draft.Id));
        return View(new OverviewPage([.. waiting], [.. forms.All.GroupBy(form => form.Group).OrderBy(group => group.Key)]));
    }

    /// <summary>Gives the form an address of its own. Nothing is stored before something is typed.</summary>
    [HttpGet("/dossiers/new/{slug}")]
    public IActionResult Start(string slug) =>
        forms.Find(slug) is { } form ? Redirect(DraftPage.UrlOf(form.Slug, Guid.NewGuid())) : NotFound();
}

public sealed record OverviewPage(IReadOnlyList<OpenDraft> Drafts, IReadOnlyList<IGrouping<FormGroup, DossierForm>> Groups);

/// <param name="SavedAt">UTC.</param>
public sealed record OpenDraft(string Title, string? Summary, DateTime SavedAt, string Url);
