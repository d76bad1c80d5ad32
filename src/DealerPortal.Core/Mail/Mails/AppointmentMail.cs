namespace DealerPortal.Core.Mail.Mails;

/// <summary>An appointment, also as a calendar entry; one that was moved replaces the entry before it.</summary>
/// <param name="from">Local time in Brussels, as <paramref name="until"/>.</param>
/// <param name="comesBy">The technician or the carrier, where that is known.</param>
/// <param name="text">What the service centre or support wrote beside it.</param>
/// <param name="sequence">0 for the first appointment of the dossier, growing with every move.</param>
public abstract class AppointmentMail(DossierFacts dossier, DateOnly date, TimeOnly from, TimeOnly until, string place, int sequence, string? comesBy, string? text)
    : DossierMail(dossier)
{
    public override string Subject(MailTexts t) => t[Key(IsMoved ? "Moved.Subject" : "Subject"), Dossier.Number, Formats.LongDate(date, t.Culture)];

    public override string Heading(MailTexts t) => t[Key(IsMoved ? "Moved.Heading" : "Heading")];

    public override string? Preheader(MailTexts t) =>
        $"{Capitalised(Join(Formats.LongDate(date, t.Culture), Formats.HourRange(from, until, t.Culture)), t)}. {base.Preheader(t)}".TrimEnd();

    public override IEnumerable<MailFile> Files(MailTexts t)
    {
        var entry = new CalendarEntry(
            $"dossier-{Dossier.Id}@{t.Host}",
            sequence,
            t.NowUtc,
            Formats.ToUtc(date.ToDateTime(from)),
            Formats.ToUtc(date.ToDateTime(until)),
            t[Key("Calendar"), Dossier.Number],
            place,
            Join(Dossier.ModelCode, Dossier.SerialNumber, Reference(t), comesBy is null ? null : t[Key("ComesBy"), comesBy]),
            t.Url(Dossier.Path));
        yield return entry.ToFile(t[Key("File")], t.Brand.Name);
    }

    private bool IsMoved => sequence > 0;

    protected override IEnumerable<MailBlock> News(MailTexts t) =>
    [
        new Highlight(
            Capitalised(Formats.LongDate(date, t.Culture), t),
            Formats.HourRange(from, until, t.Culture),
            comesBy is null ? place : Join(place, t[Key("ComesBy"), comesBy])),
        .. Quoted(text),
    ];

    protected override IEnumerable<MailBlock> Notes(MailTexts t) =>
    [
        new Paragraph(t[Key("Attached"), t[Key("File")]], IsNote: true),
        new Paragraph(t[Key("NotConvenient")]),
    ];

    private static string Capitalised(string text, MailTexts t) => char.ToUpper(text[0], t.Culture) + text[1..];
}
