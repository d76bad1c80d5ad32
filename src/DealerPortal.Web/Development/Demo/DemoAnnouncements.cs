using DealerPortal.Core;
using DealerPortal.Core.Content.Announcements;
using DealerPortal.Core.Data;
using DealerPortal.Core.Files;

namespace DealerPortal.Web.Development.Demo;

/// <summary>What this house tells its dealers: something important, news with a sheet, downtime ahead; one that is planned and a draft.</summary>
internal sealed class DemoAnnouncements(int authorId, IReadOnlyDictionary<string, KeptFile> sheets, DateTime now)
{
    /// <summary>The sheet in two of the languages, in the store.</summary>
    public static async Task<IReadOnlyDictionary<string, KeptFile>> StoreSheetsAsync(FileKeeping files, CancellationToken ct)
    {
        var kept = new Dictionary<string, KeptFile>();
        foreach (var (language, name, content) in (IEnumerable<(string, string, byte[])>)
            [
                ("fr", "fiche-retours.pdf", DemoSheet.Of("Fiche de démonstration : les retours", "1. Ouvrez une demande de retour.", "2. Joignez la photo du numéro de série.", "3. Suivez l’enlèvement dans le dossier.")),
                ("nl", "infoblad-retours.pdf", DemoSheet.Of("Demo-infoblad: retours", "1. Open een retouraanvraag.", "2. Voeg een foto van het serienummer toe.", "3. Volg de afhaling in het dossier.")),
            ])
        {
            using var upload = new MemoryStream(content);
            kept[language] = await files.KeepAsync(upload, name, ct) is KeepResult.Kept { File: var file } ? file : throw new InvalidOperationException("A demo sheet was refused.");
        }

        return kept;
    }

    public void Add(WriteScope write)
    {
        var today = Formats.ToBrussels(now).Date;
        var friday = today.AddDays(7 + (((int)DayOfWeek.Friday - (int)today.DayOfWeek + 7) % 7));
        var (down, up) = (Formats.ToUtc(friday.AddHours(21)), Formats.ToUtc(friday.AddDays(3).AddHours(9)));
        write.Db.AddRange(
            New(AnnouncementKind.Important, now.AddDays(-4), now.AddMonths(2),
                ("Numéro de série obligatoire à partir du 4 janvier (démo)", "Les demandes de réparation sans numéro de série ne seront plus traitées.", "Le numéro se trouve sur la **plaque signalétique** de l’appareil.\n\n- Au comptoir : scannez le code-barres.\n- Chez le client : demandez-lui une photo de la plaque.\n\nUne question ? [Posez-la au support](/dossiers/new/general-question)."),
                ("Serienummer verplicht vanaf 4 januari (demo)", "Herstelaanvragen zonder serienummer worden niet meer behandeld.", "Het nummer staat op het **typeplaatje** van het toestel.\n\n- Aan de balie: scan de barcode.\n- Bij de klant: vraag een foto van het plaatje.\n\nEen vraag? [Stel ze aan de support](/dossiers/new/general-question)."),
                ("Seriennummer ab dem 4. Januar erforderlich (Demo)", "Reparaturaufträge ohne Seriennummer werden nicht mehr bearbeitet.", "Die Nummer steht auf dem **Typenschild** des Geräts.\n\n- An der Theke: scannen Sie den Strichcode.\n- Beim Kunden: bitten Sie um ein Foto des Schilds.\n\nEine Frage? [Stellen Sie sie dem Support](/dossiers/new/general-question)."),
                ("Serial number required from 4 January (demo)", "Repair requests without a serial number will no longer be handled.", "The number is on the **serial plate** of the device.\n\n- At the counter: scan the barcode.\n- At the customer’s: ask for a photo of the plate.\n\nA question? [Ask support](/dossiers/new/general-question).")),
            New(AnnouncementKind.News, now.AddDays(-14), null,
                ("Tous les retours passent par le portail (démo)", "Demande de retour et enlèvement : une seule liste, un seul suivi.", "## Ce qui change\n\nVous n’envoyez plus de mail : la demande de retour contient tout ce qu’il faut, et le dossier montre quand le transporteur passe.\n\n## Ce qui reste\n\nLes conditions DOA sont les mêmes."),
                ("Alle retours verlopen via het portaal (demo)", "Retouraanvraag en afhaling: één lijst, één opvolging.", "## Wat er verandert\n\nU stuurt geen mails meer: de retouraanvraag bevat alles wat nodig is, en het dossier toont wanneer de vervoerder komt.\n\n## Wat er blijft\n\nDe DOA-voorwaarden blijven dezelfde."),
                ("Alle Rücksendungen laufen über das Portal (Demo)", "Rücksendung und Abholung: eine Liste, ein Verlauf.", "## Was sich ändert\n\nSie schicken keine E-Mails mehr: die Rücksendung enthält alles Nötige, und der Vorgang zeigt, wann der Spediteur kommt.\n\n## Was bleibt\n\nDie DOA-Bedingungen sind dieselben."),
                ("All returns go through the portal (demo)", "Return request and pickup: one list, one place to follow them.", "## What changes\n\nNo more mails: the return request holds all that is needed, and the dossier shows when the carrier comes.\n\n## What stays\n\nThe DOA conditions are the same.")),
            New(AnnouncementKind.Downtime, now.AddDays(-1), up,
                ("Maintenance du portail (démo)", "Les brouillons sont conservés ; le téléphone répond.", ""),
                ("Onderhoud van het portaal (demo)", "Concepten blijven bewaard; de telefoon blijft bemand.", ""),
                ("Wartung des Portals (Demo)", "Entwürfe bleiben erhalten; das Telefon ist besetzt.", ""),
                ("Portal maintenance (demo)", "Drafts are kept; the phone is answered.", ""), announcement => (announcement.DownFrom, announcement.DownUntil) = (down, up)),
            New(AnnouncementKind.News, now.AddDays(20), null,
                ("Fermeture de fin d’année (démo)", "Le centre de service reprend le 4 janvier.", "Les enlèvements prévus avant le 24 décembre ont lieu."),
                ("Eindejaarssluiting (demo)", "Het servicecentrum herneemt op 4 januari.", "Afhalingen die vóór 24 december gepland zijn, gaan door."),
                ("Betriebsruhe zum Jahresende (Demo)", "Das Servicezentrum arbeitet wieder ab dem 4. Januar.", "Abholungen, die vor dem 24. Dezember geplant sind, finden statt."),
                ("Closing at the end of the year (demo)", "The service centre is back on 4 January.", "Pickups planned before 24 December take place.")),
            New(AnnouncementKind.News, null, null, ("Nouveaux délais au Luxembourg (démo)", "", ""), ("", "", ""), ("", "", ""), ("", "", ""), announcement => (announcement.PublishedAt, announcement.Country) = (null, "LU")));
    }

    private Announcement New(
        AnnouncementKind kind, DateTime? from, DateTime? until, (string, string, string) fr, (string, string, string) nl, (string, string, string) de, (string, string, string) en, Action<Announcement>? change = null)
    {
        var at = from < now ? from.Value.AddHours(-3) : now.AddDays(-1);
        var announcement = new Announcement
        {
            Kind = kind,
            ShownFrom = from,
            ShownUntil = until,
            CreatedAt = at,
            CreatedById = authorId,
            UpdatedAt = at,
            UpdatedById = authorId,
            PublishedAt = at,
        };
        foreach (var (language, (title, summary, body)) in Languages.All.Zip([fr, nl, de, en]))
        {
            // The sheet is about returns.
            var sheet = kind == AnnouncementKind.News && from < now ? sheets.GetValueOrDefault(language) : null;
            announcement.Texts.Add(new AnnouncementText
            {
                Language = language,
                Title = title,
                Summary = summary,
                Body = body,
                SheetKey = sheet?.StorageKey,
                SheetName = sheet?.Name,
                SheetLength = sheet?.Length,
                SheetSha256 = sheet?.Sha256,
            });
        }

        change?.Invoke(announcement);
        return announcement;
    }
}
