using DealerPortal.Core;
using DealerPortal.Core.Content.Announcements;

namespace DealerPortal.Web.Features.Announcements;

/// <summary>An information sheet to fetch.</summary>
/// <param name="Language">In which it is written.</param>
/// <param name="Url">Null in a preview of what is not saved.</param>
public sealed record SheetLink(string Name, long Length, string Language, string? Url)
{
    /// <summary>The one in the reader's language, or another where there is none; null without any.</summary>
    public static SheetLink? Of(IEnumerable<SheetLink> sheets, string language) => sheets.MaxBy(sheet => sheet.Language == language);

    public static SheetLink? Of(ShownAnnouncement announcement, string language) => Of(
        from text in announcement.Texts
        where text.SheetName is not null
        select new SheetLink(text.SheetName!, text.SheetLength!.Value, text.Language, AnnouncementUrls.Sheet(announcement.Id, text.Language)),
        language);

    public static SheetLink? Of(Announcement announcement, string language) => Of(
        from text in announcement.Texts
        where text.SheetKey is not null
        select new SheetLink(text.SheetName!, text.SheetLength!.Value, text.Language, AnnouncementUrls.Sheet(announcement.Id, text.Language)),
        language);
}

public static class AnnouncementUrls
{
    public static string Page(int id) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"/announcements/{id}");

    public static string Sheet(int id, string language) => $"{Page(id)}/sheets/{language}";
}

/// <summary>An important announcement on top of home.</summary>
/// <param name="Key">Tells it from the others of the page.</param>
/// <param name="Url">Null where the notice says it all.</param>
public sealed record AnnouncementNotice(string Key, string Title, string Summary, string? Url, SheetLink? Sheet)
{
    public static AnnouncementNotice Of(ShownAnnouncement announcement)
    {
        var text = announcement.In(Languages.Current);
        return new AnnouncementNotice(
            announcement.Id.ToString(System.Globalization.CultureInfo.InvariantCulture), text.Title, text.Summary,
            text.HasBody ? AnnouncementUrls.Page(announcement.Id) : null, SheetLink.Of(announcement, Languages.Current));
    }
}

/// <summary>A line of home's panel.</summary>
/// <param name="Id">Null in a preview.</param>
/// <param name="CanDismiss">Whether the reader can put it away.</param>
public sealed record AnnouncementRow(int? Id, string Title, string Summary, DateTime ShownFrom, bool CanDismiss)
{
    public static AnnouncementRow Of(ShownAnnouncement announcement, bool mayWrite)
    {
        var text = announcement.In(Languages.Current);
        return new AnnouncementRow(announcement.Id, text.Title, text.Summary, announcement.ShownFrom, mayWrite && announcement.Kind == AnnouncementKind.News);
    }
}

/// <summary>An announcement with all it says.</summary>
/// <param name="Heading">The level under which its headings stand.</param>
public sealed record AnnouncementArticle(string Summary, string Body, DateTime? DownFrom, DateTime? DownUntil, SheetLink? Sheet, int Heading);

public sealed record AnnouncementPage(Announcement Announcement, bool IsPast)
{
    public AnnouncementText Text { get; } = Announcement.In(Languages.Current)!;

    public AnnouncementArticle Article => new(
        Text.Summary, Text.Body, Announcement.DownFrom, Announcement.DownUntil, SheetLink.Of(Announcement, Languages.Current), Heading: 1);
}

public sealed record AnnouncementListPage(IReadOnlyList<AnnouncementLine> Lines, int Number, bool HasNext);
