using DealerPortal.Core;
using DealerPortal.Core.Credits;
using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Exports;
using DealerPortal.Web.Access;
using DealerPortal.Web.Features.Exports;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Web.Features.Credits;

/// <summary>Reads lists and single credits for their pages, for dealers and for staff alike.</summary>
public sealed class CreditReading(PortalDbContext db, CreditLists lists, CreditExports exports, CurrentUser user, TimeProvider time)
{
    /// <summary>The page, or the address of the one credit that a look-up by nothing but its number, serial number or reference finds.</summary>
    public async Task<(CreditListPage? Page, string? Address)> ListAsync(bool isStaff, CreditQuery query, HttpRequest request, CancellationToken ct)
    {
        var filter = query.ToFilter(isStaff);
        if (filter.Text is { } text && request.Query.Count == 1 && await lists.OnlyAsync(isStaff, text, ct) is { } number)
            return (null, CreditListPage.UrlOf(isStaff, number));
        var organisation = filter.OrganisationId is { } id ? await db.Organisations.Where(o => o.Id == id).Select(o => o.Name).SingleOrDefaultAsync(ct) : null;
        var gaps = new Dictionary<CreditGap, int>();
        if (isStaff)
        {
            foreach (var gap in Enum.GetValues<CreditGap>())
                gaps[gap] = await lists.CountAsync(gap, ct);
        }

        return (new CreditListPage(isStaff, query, filter, await lists.ReadAsync(isStaff, filter, ct), organisation, gaps), null);
    }

    /// <returns>Null when there is no such credit for the reader.</returns>
    public async Task<CreditScreen?> FindAsync(bool isStaff, string? typed, CancellationToken ct)
    {
        if (!GrmsNumber.TryParse(typed, out var number) || await lists.VisibleTo(isStaff).SingleOrDefaultAsync(c => c.GrmsNumber == number.Value, ct) is not { } credit)
            return null;
        var reader = user.Required.Reader;
        var dossiers = db.Dossiers.AsNoTracking().ScopedTo(reader);
        var visible = db.Dossiers.AsNoTracking().VisibleTo(reader);
        var dossier = credit.DossierId is { } id
            ? await dossiers.Where(d => d.Id == id).Select(d => new CreditDossier(d.Number, d.Type, d.CreatedAt, d.Status, d.Resolution, visible.Any(v => v.Id == d.Id))).SingleOrDefaultAsync(ct)
            : null;
        var questions = credit.OrganisationId is { } owner
            ? await visible.Where(d => d.OrganisationId == owner && d.Type == DossierType.CreditQuestion && d.GrmsNumber == credit.GrmsNumber)
                .OrderByDescending(d => d.CreatedAt).Take(5).Select(d => new CreditDossier(d.Number, d.Type, d.CreatedAt, d.Status, d.Resolution, true)).ToListAsync(ct)
            : [];
        return new CreditScreen(
            isStaff, credit, await db.Organisations.Where(o => o.Id == credit.OrganisationId).Select(o => o.Name).SingleOrDefaultAsync(ct), dossier, questions,
            isStaff ? await db.Set<CreditImport>().Where(i => i.Id == credit.ImportId).Select(i => i.FileName).SingleOrDefaultAsync(ct) : null);
    }

    /// <summary>The list as a file, with its filters.</summary>
    public IActionResult Export(bool isStaff, CreditQuery query, ExportFormat format) => new CreditFile(
        exports, user.Required.Reader with { StaffRole = isStaff ? user.Required.StaffRole : Core.Accounts.StaffRole.None }, query.ToFilter(isStaff), format,
        FormattableString.Invariant($"credits-{Formats.ToBrussels(time.GetUtcNow().UtcDateTime):yyyy-MM-dd-HHmm}.{ListExports.NameOf(format)}"));

    private sealed class CreditFile(CreditExports exports, Reader reader, CreditFilter filter, ExportFormat format, string fileName) : IActionResult
    {
        public async Task ExecuteResultAsync(ActionContext context)
        {
            var response = context.HttpContext.Response;
            response.ContentType = ListExports.ContentTypeOf(format);
            response.Headers.ContentDisposition = $"attachment; filename=\"{fileName}\"";
            await exports.WriteAsync(reader, filter, format, Languages.Current, response.Body, context.HttpContext.RequestAborted);
        }
    }
}
