using DealerPortal.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Core.Content.Announcements;

/// <summary>What a person's home says.</summary>
/// <param name="Important">All of them.</param>
/// <param name="News">The latest few of the others, without what the person has put away.</param>
public sealed record HomeAnnouncements(IReadOnlyList<ShownAnnouncement> Important, IReadOnlyList<ShownAnnouncement> News);

/// <summary>A line of the list.</summary>
public sealed record AnnouncementLine(int Id, AnnouncementKind Kind, string Title, string Summary, DateTime ShownFrom, bool IsPast);

/// <summary>Announcements as members read them: published, from their moment on, for their country.</summary>
public sealed class AnnouncementReading(PortalDbContext db, CurrentAnnouncements current, TimeProvider time)
{
    public const int PageSize = 20;

    /// <summary>So many stand on home beside the important ones.</summary>
    public const int OnHome = 4;

    /// <summary>At most two queries by key, and none where nothing is announced.</summary>
    public async Task<HomeAnnouncements> HomeAsync(int userId, int organisationId, CancellationToken ct)
    {
        var shown = await current.ReadAsync();
        if (shown.Any(a => a.Country is not null))
        {
            var country = await db.Organisations.Where(o => o.Id == organisationId).Select(o => o.Country).SingleAsync(ct);
            shown = [.. shown.Where(a => a.Country is null || a.Country == country)];
        }

        var news = shown.Where(a => a.Kind != AnnouncementKind.Important).ToList();
        if (news.Exists(a => a.Kind == AnnouncementKind.News))
        {
            var ids = news.ConvertAll(a => a.Id);
            var away = await db.AnnouncementDismissals.Where(d => d.UserId == userId && ids.Contains(d.AnnouncementId)).Select(d => d.AnnouncementId).ToListAsync(ct);
            news.RemoveAll(a => a.Kind == AnnouncementKind.News && away.Contains(a.Id));
        }

        return new HomeAnnouncements([.. shown.Where(a => a.Kind == AnnouncementKind.Important)], [.. news.Take(OnHome)]);
    }

    /// <summary>Current and past ones, the newest first.</summary>
    /// <param name="page">From 1.</param>
    public async Task<(IReadOnlyList<AnnouncementLine> Lines, bool HasNext)> ListAsync(int organisationId, string language, int page, CancellationToken ct)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var lines = await (
            from a in Visible(organisationId, now)
            join text in db.Set<AnnouncementText>() on a.Id equals text.AnnouncementId
            where text.Language == language
            orderby a.ShownFrom descending, a.Id descending
            select new AnnouncementLine(a.Id, a.Kind, text.Title, text.Summary, a.ShownFrom!.Value, a.ShownUntil <= now))
            .Skip((page - 1) * PageSize).Take(PageSize + 1).ToListAsync(ct);
        return ([.. lines.Take(PageSize)], lines.Count > PageSize);
    }

    /// <summary>One with its texts; null where there is none, or none for this reader.</summary>
    public Task<Announcement?> FindAsync(int id, int organisationId, CancellationToken ct) =>
        Visible(organisationId, time.GetUtcNow().UtcDateTime).Include(a => a.Texts).SingleOrDefaultAsync(a => a.Id == id, ct);

    private IQueryable<Announcement> Visible(int organisationId, DateTime now) => db.Announcements.AsNoTracking()
        .Where(a => a.PublishedAt != null && a.WithdrawnAt == null && a.ShownFrom <= now)
        .Where(a => a.Country == null || db.Organisations.Any(o => o.Id == organisationId && o.Country == a.Country));
}
