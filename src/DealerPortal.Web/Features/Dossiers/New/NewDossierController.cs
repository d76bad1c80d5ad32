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
        var ordered = await forms.MostUsedFirstAsync(db, user.Required.FilesForUserId, forms.All.Count, ct);
        var entries = ordered.SelectMany(form => form.Entries).GroupBy(entry => entry.Group).OrderBy(group => group.Key);
        var waiting = from draft in open
                      let form = forms.Find(draft.Type)
                      where form is not null
                      select new OpenDraft(form.Title, form.SummaryOf(draft.ReadPairs()), draft.SavedAt, DraftPage.UrlOf(form.Slug, draft.Id));
        return View(new OverviewPage([.. waiting], [.. entries]));
    }

    /// <summary>Gives the form an address of its own. Nothing is stored before something is typed.</summary>
    [HttpGet("/dossiers/new/{slug}")]
    public IActionResult Start(string slug) =>
        forms.FindEntry(slug) is { } form
            ? Redirect(DraftPage.UrlOf(form.Slug, Guid.NewGuid()) + StartOf(form, slug))
            : NotFound();

    /// <summary>By which entry, and with which answers from the page before.</summary>
    private QueryString StartOf(DossierForm form, string slug)
    {
        var given = form.Prefills.Where(field => Request.Query[field].Count == 1).Select(field => KeyValuePair.Create<string, string?>(field, Request.Query[field]));
        return QueryString.Create(slug == form.Slug ? given : given.Prepend(KeyValuePair.Create<string, string?>("entry", slug)));
    }
}

public sealed record OverviewPage(IReadOnlyList<OpenDraft> Drafts, IReadOnlyList<IGrouping<FormGroup, FormEntry>> Groups);

/// <param name="SavedAt">UTC.</param>
public sealed record OpenDraft(string Title, string? Summary, DateTime SavedAt, string Url);
