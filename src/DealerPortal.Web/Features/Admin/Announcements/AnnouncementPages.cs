using System.Globalization;
using DealerPortal.Core.Content.Announcements;
using DealerPortal.Web.Features.Announcements;
using DealerPortal.Web.Features.Shared;

namespace DealerPortal.Web.Features.Admin.Announcements;

public sealed record AdminAnnouncementRow(Announcement Announcement, string Title, AnnouncementState State);

/// <param name="State">Null for all.</param>
public sealed record AdminAnnouncementsPage(IReadOnlyList<AdminAnnouncementRow> Rows, AnnouncementState? State, int Number, bool HasNext)
{
    public string UrlOf(AnnouncementState? state, int page = 1)
    {
        var query = QueryString.Empty;
        if (state is { } one)
            query = query.Add("state", one.ToString());
        if (page > 1)
            query = query.Add("page", page.ToString(CultureInfo.InvariantCulture));
        return AdminAnnouncementsController.Path + query;
    }
}

/// <summary>One announcement, with what was typed where it was refused.</summary>
/// <param name="Stored">As it stands now; null for one that is being written.</param>
public sealed record AdminAnnouncementPage(StoredAnnouncement? Stored, AnnouncementForm Form, DateTime Now)
{
    /// <summary>Whether somebody saved it since the form was opened.</summary>
    public bool IsChanged { get; init; }

    /// <summary>Whether the page shows what dealers would see.</summary>
    public bool IsPreview { get; init; }

    public int? Id => Stored?.Announcement.Id;
    public string Path => Id is { } id ? string.Create(CultureInfo.InvariantCulture, $"{AdminAnnouncementsController.Path}/{id}") : AdminAnnouncementsController.Path + "/new";
    public AnnouncementState State => Stored?.Announcement.StateAt(Now) ?? AnnouncementState.Draft;

    public IReadOnlyList<AnnouncementPreview> Previews => [.. Form.Texts!.Where(text => text.OneLineTitle.Length > 0).Select(PreviewOf)];

    private AnnouncementPreview PreviewOf(AnnouncementTextForm text)
    {
        var sheet = SheetLink.Of(Form.Texts!.Where(t => t.TakenIn is not null).Select(t => new SheetLink(t.TakenIn!.Name, t.TakenIn.Length, t.Language, null)), text.Language);
        var isDowntime = Form.IsDowntime;
        return new AnnouncementPreview(
            text.Language,
            text.OneLineTitle,
            Form.ChosenKind == AnnouncementKind.Important ? new AnnouncementNotice(text.Language, text.OneLineTitle, text.OneLineSummary, string.IsNullOrWhiteSpace(text.Body) ? null : $"#page-{text.Language}", sheet) : null,
            new AnnouncementRow(null, text.OneLineTitle, text.OneLineSummary, Form.From.Utc ?? Now, CanDismiss: false),
            new AnnouncementArticle(text.OneLineSummary, text.Body ?? "", isDowntime ? Form.DownFrom.Utc : null, isDowntime ? Form.DownUntil.Utc : null, sheet, Heading: 3));
    }
}

/// <param name="Notice">On top of home; null for what is not important.</param>
/// <param name="Row">In home's panel.</param>
public sealed record AnnouncementPreview(string Language, string Title, AnnouncementNotice? Notice, AnnouncementRow Row, AnnouncementArticle Article);

/// <param name="UpdatedBy">Who saved it last.</param>
public sealed record StoredAnnouncement(Announcement Announcement, string UpdatedBy);

/// <summary>How a state looks; texts of <see cref="AdminAnnouncementsTexts"/>.</summary>
public static class AnnouncementBadge
{
    public static StatusBadge Of(AnnouncementState state) => state switch
    {
        AnnouncementState.Draft => new("idle", "pencil", $"State.{state}"),
        AnnouncementState.Planned => new("info", "calendar-event", $"State.{state}"),
        AnnouncementState.Current => new("ok", "circle-check", $"State.{state}"),
        AnnouncementState.Past => new("idle", "history", $"State.{state}"),
        _ => new("idle", "ban", $"State.{state}"),
    };
}
