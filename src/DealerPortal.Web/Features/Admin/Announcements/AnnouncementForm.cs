using DealerPortal.Core;
using DealerPortal.Core.Content.Announcements;
using DealerPortal.Core.Files;
using DealerPortal.Web.Features.Admin.Dossiers;

namespace DealerPortal.Web.Features.Admin.Announcements;

/// <summary>An announcement as it is typed.</summary>
public sealed class AnnouncementForm
{
    public const string Preview = "preview";
    public const string Draft = "draft";
    public const string Publish = "publish";

    public string? Kind { get; set; }

    /// <summary>Empty for all countries.</summary>
    public string? Country { get; set; }

    public string? FromDay { get; set; }
    public string? FromHour { get; set; }
    public string? UntilDay { get; set; }
    public string? UntilHour { get; set; }
    public string? DownFromDay { get; set; }
    public string? DownFromHour { get; set; }
    public string? DownUntilDay { get; set; }
    public string? DownUntilHour { get; set; }

    /// <summary>In the order of <see cref="Languages.All"/>.</summary>
    public List<AnnouncementTextForm>? Texts { get; set; }

    public Guid Stamp { get; set; }

    /// <summary>One of the three above; anything else only shows what it would look like.</summary>
    public string? Then { get; set; }

    /// <summary>Whether dealers have it already: then it cannot become a draft again.</summary>
    public bool WasPublished { get; private set; }

    public AnnouncementKind? ChosenKind => Typed.Value<AnnouncementKind>(Kind);
    public bool IsDowntime => ChosenKind == AnnouncementKind.Downtime;
    public TypedMoment From => new(FromDay, FromHour);
    public TypedMoment Until => new(UntilDay, UntilHour);
    public TypedMoment DownFrom => new(DownFromDay, DownFromHour);
    public TypedMoment DownUntil => new(DownUntilDay, DownUntilHour);
    public bool IsPreview => Then is not (Draft or Publish);
    public bool Publishes => Then == Publish || (Then == Draft && WasPublished);

    public static AnnouncementForm Of(Announcement? stored) => new AnnouncementForm
    {
        Kind = (stored?.Kind ?? AnnouncementKind.News).ToString(),
        Country = stored?.Country,
        FromDay = TypedMoment.Of(stored?.ShownFrom).Day,
        FromHour = TypedMoment.Of(stored?.ShownFrom).Hour,
        UntilDay = TypedMoment.Of(stored?.ShownUntil).Day,
        UntilHour = TypedMoment.Of(stored?.ShownUntil).Hour,
        DownFromDay = TypedMoment.Of(stored?.DownFrom).Day,
        DownFromHour = TypedMoment.Of(stored?.DownFrom).Hour,
        DownUntilDay = TypedMoment.Of(stored?.DownUntil).Day,
        DownUntilHour = TypedMoment.Of(stored?.DownUntil).Hour,
        Stamp = stored?.Stamp ?? Guid.Empty,
        Texts = stored is null ? null : [.. Languages.All.Select(language => AnnouncementTextForm.Of(stored.Texts.Single(t => t.Language == language)))],
    }.ForLanguages(stored);

    /// <summary>A text for every language, which knows what is asked of it.</summary>
    public AnnouncementForm ForLanguages(Announcement? stored)
    {
        WasPublished = stored?.PublishedAt is not null;
        var isBodyAsked = Publishes && (Texts ?? []).Exists(text => !string.IsNullOrWhiteSpace(text.Body));
        Texts = [.. Languages.All.Select((language, i) => (Texts?.ElementAtOrDefault(i) ?? new AnnouncementTextForm()).For(language, Publishes, isBodyAsked))];
        return this;
    }

    /// <summary>Once it is valid and its sheets are taken in.</summary>
    public AnnouncementContent ToContent(Announcement? stored) => new(
        ChosenKind!.Value,
        string.IsNullOrEmpty(Country) ? null : Country,
        From.Since(stored?.ShownFrom),
        Until.Since(stored?.ShownUntil),
        DownFrom.Since(stored?.DownFrom),
        DownUntil.Since(stored?.DownUntil),
        [.. Texts!.Select(text => text.ToWords())]);
}

/// <summary>One language of it.</summary>
public sealed class AnnouncementTextForm
{
    /// <summary>What <see cref="Kept"/> says of the sheet that is saved.</summary>
    public const string StoredSheet = "stored";

    public string? Title { get; set; }
    public string? Summary { get; set; }
    public string? Body { get; set => field = TypedText.Lines(value); }
    public IFormFile? Sheet { get; set; }

    /// <summary><see cref="StoredSheet"/>, or the ticket of a file that came with a send before; empty without a sheet.</summary>
    public string? Kept { get; set; }

    public string Language { get; private set; } = "";

    /// <summary>Whether title and summary must be there.</summary>
    public bool IsAsked { get; private set; }

    /// <summary>Whether the text of the page must be there, as another language has one.</summary>
    public bool IsBodyAsked { get; private set; }

    /// <summary>The sheet that goes along, or is offered for the next send; set by <see cref="AnnouncementSheetIntake"/>.</summary>
    public FormSheet? TakenIn { get; private set; }

    public string OneLineTitle => TypedText.SingleLine(Title);
    public string OneLineSummary => TypedText.SingleLine(Summary);

    public static AnnouncementTextForm Of(AnnouncementText text) => new()
    {
        Title = text.Title,
        Summary = text.Summary,
        Body = text.Body,
        TakenIn = text.SheetKey is null ? null : new FormSheet(StoredSheet, text.SheetName!, text.SheetLength!.Value, null),
    };

    public AnnouncementTextForm For(string language, bool isAsked, bool isBodyAsked)
    {
        (Language, IsAsked, IsBodyAsked) = (language, isAsked, isBodyAsked);
        return this;
    }

    public void TakeIn(FormSheet? sheet) => TakenIn = sheet;

    public AnnouncementWords ToWords() => new(Language, OneLineTitle, OneLineSummary, Body?.Trim() ?? "", TakenIn?.File, TakenIn is { File: null });
}

/// <param name="Value">By which the page posts it again.</param>
/// <param name="File">Null for the one that is saved.</param>
public sealed record FormSheet(string Value, string Name, long Length, KeptFile? File);
