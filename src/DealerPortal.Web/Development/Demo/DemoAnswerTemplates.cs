using DealerPortal.Core;
using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Dossiers.Templates;

namespace DealerPortal.Web.Development.Demo;

/// <summary>What a support of this kind writes every week; one of them no longer in use.</summary>
internal static class DemoAnswerTemplates
{
    public static void Add(WriteScope write, int authorId, DateTime now)
    {
        var at = now.AddMonths(-3).Date.AddHours(8);
        foreach (var template in All())
        {
            template.UpdatedAt = at = at.AddDays(5);
            template.UpdatedById = authorId;
            write.Db.Add(template);
        }
    }

    private static IEnumerable<AnswerTemplate> All() =>
    [
        New("Preuve d’achat illisible", TemplatePurpose.Question, null, null,
            "Bonjour {name},\n\nLa preuve d’achat jointe au dossier {number} n’est pas lisible. Pourriez-vous en ajouter une photo nette ou un PDF, sur lequel on voit la date, le modèle et le prix ? Nous reprenons le traitement dès que nous l’avons reçue.",
            "Dag {name},\n\nHet aankoopbewijs bij dossier {number} is niet leesbaar. Kunt u een scherpe foto of een pdf toevoegen waarop datum, model en prijs te zien zijn? Zodra we het hebben, behandelen we uw dossier verder.",
            "Guten Tag {name},\n\nder Kaufbeleg zum Vorgang {number} ist nicht lesbar. Könnten Sie ein scharfes Foto oder ein PDF hinzufügen, auf dem Datum, Modell und Preis zu erkennen sind? Sobald er uns vorliegt, bearbeiten wir den Vorgang weiter.",
            "Dear {name},\n\nThe proof of purchase added to dossier {number} cannot be read. Could you add a sharp photo or a PDF that shows the date, the model and the price? We carry on as soon as we have it."),
        New("Numéro de série à confirmer", TemplatePurpose.Question, null, null,
            "Bonjour {name},\n\nLe numéro de série {serial} ne correspond pas au modèle {model}. Pourriez-vous le vérifier sur la plaque signalétique et joindre une photo de celle-ci ?",
            "Dag {name},\n\nSerienummer {serial} hoort niet bij model {model}. Kunt u het nakijken op het typeplaatje en daar een foto van toevoegen?",
            "Guten Tag {name},\n\ndie Seriennummer {serial} passt nicht zum Modell {model}. Könnten Sie sie auf dem Typenschild überprüfen und ein Foto davon hinzufügen?",
            "Dear {name},\n\nThe serial number {serial} does not belong to model {model}. Could you check it on the serial plate and add a photo of the plate?"),
        New("DOA acceptée", TemplatePurpose.Closing, Resolution.Accepted, DossierType.TechnicalDoa,
            "Bonjour {name},\n\nLa DOA est acceptée pour l’appareil {model}[ (n° de série {serial})]. Vous pouvez maintenant introduire la demande de retour depuis le dossier {number} : vos données y sont déjà reprises.[\n\nNuméro GRMS : {grms}]",
            "Dag {name},\n\nDe DOA is aanvaard voor toestel {model}[ (serienummer {serial})]. U kunt nu vanuit dossier {number} de retouraanvraag indienen: uw gegevens zijn al ingevuld.[\n\nGRMS-nummer: {grms}]",
            "Guten Tag {name},\n\nder DOA für das Gerät {model}[ (Seriennummer {serial})] ist angenommen. Sie können die Rücksendung jetzt aus dem Vorgang {number} heraus anlegen: Ihre Angaben sind bereits übernommen.[\n\nGRMS-Nummer: {grms}]",
            "Dear {name},\n\nThe DOA is accepted for device {model}[ (serial number {serial})]. You can now file the return from dossier {number}: your data is already filled in.[\n\nGRMS number: {grms}]"),
        New("DOA refusée, délai dépassé", TemplatePurpose.Closing, Resolution.Refused, DossierType.TechnicalDoa,
            "Bonjour {name},\n\nLa DOA ne peut pas être acceptée : l’appareil {model} a été acheté avant le délai prévu par les conditions. La garantie reste entière ; vous pouvez introduire une demande de réparation avec les mêmes données.",
            "Dag {name},\n\nDe DOA kan niet worden aanvaard: toestel {model} is langer geleden gekocht dan de voorwaarden toelaten. De garantie blijft gelden; u kunt met dezelfde gegevens een herstelaanvraag indienen.",
            "Guten Tag {name},\n\nder DOA kann nicht angenommen werden: Das Gerät {model} wurde vor der Frist gekauft, die die Bedingungen vorsehen. Die Garantie gilt unverändert; Sie können mit denselben Angaben einen Reparaturauftrag anlegen.",
            "Dear {name},\n\nThe DOA cannot be accepted: device {model} was bought longer ago than the conditions allow. The guarantee stands; you can file a repair request with the same data."),
        New("Annulé, coordonnées du consommateur incomplètes", TemplatePurpose.Closing, Resolution.Cancelled, null,
            "Bonjour {name},\n\nNous annulons le dossier {number} ({type}), car les coordonnées du consommateur sont incomplètes et nous ne pouvons pas le joindre. Ouvrez un nouveau dossier avec les mêmes données et complétez l’adresse et le téléphone.",
            "Dag {name},\n\nWe annuleren dossier {number} ({type}), omdat de gegevens van de consument onvolledig zijn en we hem niet kunnen bereiken. Open een nieuw dossier met dezelfde gegevens en vul adres en telefoon aan.",
            "Guten Tag {name},\n\nwir stornieren den Vorgang {number} ({type}), weil die Angaben zum Verbraucher unvollständig sind und wir ihn nicht erreichen können. Eröffnen Sie mit denselben Angaben einen neuen Vorgang und ergänzen Sie Anschrift und Telefon.",
            "Dear {name},\n\nWe are cancelling dossier {number} ({type}) because the consumer’s details are incomplete and we cannot reach them. Open a new dossier with the same data and complete the address and the phone number."),
        New("Pièce commandée", TemplatePurpose.Answer, null, DossierType.RepairRequest,
            "Bonjour {name},\n\nLa pièce pour l’appareil {model} a été commandée aujourd’hui, {date}. Le centre de service fixe le rendez-vous dès qu’elle est arrivée ; vous le verrez dans le dossier {number}.",
            "Dag {name},\n\nHet onderdeel voor toestel {model} is vandaag, {date}, besteld. Zodra het er is, maakt het servicecentrum een afspraak; u ziet die in dossier {number}.",
            "Guten Tag {name},\n\ndas Ersatzteil für das Gerät {model} wurde heute, am {date}, bestellt. Sobald es eingetroffen ist, vereinbart die Servicestelle einen Termin; Sie sehen ihn im Vorgang {number}.",
            "Dear {name},\n\nThe part for device {model} was ordered today, {date}. The service centre makes the appointment as soon as it has arrived; you will see it in dossier {number}."),
        New("Rendez-vous fixé par téléphone", TemplatePurpose.Answer, null, DossierType.RepairRequest,
            "Bonjour {name},\n\nLe centre de service téléphonera au consommateur dans les deux jours ouvrables pour fixer le rendez-vous. Il s’agit du dossier {number}[ (votre référence : {reference})].",
            "Dag {name},\n\nHet servicecentrum belt de consument binnen twee werkdagen om een afspraak te maken. Het gaat om dossier {number}[ (uw referentie: {reference})].",
            "Guten Tag {name},\n\ndie Servicestelle ruft den Verbraucher innerhalb von zwei Werktagen an, um einen Termin zu vereinbaren. Es geht um den Vorgang {number}[ (Ihre Referenz: {reference})].",
            "Dear {name},\n\nThe service centre will phone the consumer within two working days to make the appointment. This is about dossier {number}[ (your reference: {reference})]."),
        New("Accessoire envoyé", TemplatePurpose.Closing, Resolution.Answered, DossierType.MissingAccessory,
            "Bonjour {name},\n\nL’accessoire manquant pour l’appareil {model} part aujourd’hui. Comptez trois jours ouvrables ; il n’y a rien à renvoyer.",
            "Dag {name},\n\nHet ontbrekende accessoire voor toestel {model} vertrekt vandaag. Reken op drie werkdagen; u hoeft niets terug te sturen.",
            "Guten Tag {name},\n\ndas fehlende Zubehör für das Gerät {model} geht heute auf den Weg. Rechnen Sie mit drei Werktagen; Sie müssen nichts zurückschicken.",
            "Dear {name},\n\nThe missing accessory for device {model} leaves today. Allow three working days; there is nothing to send back."),
        New("Fermeture annuelle", TemplatePurpose.Answer, null, null,
            "Bonjour {name},\n\nNotre atelier est fermé cette semaine. Nous répondons au dossier {number} dès la réouverture.",
            "Dag {name},\n\nOnze werkplaats is deze week gesloten. We beantwoorden dossier {number} zodra we weer open zijn.",
            "Guten Tag {name},\n\nunsere Werkstatt ist diese Woche geschlossen. Wir antworten auf den Vorgang {number}, sobald wir wieder geöffnet haben.",
            "Dear {name},\n\nOur workshop is closed this week. We will answer dossier {number} as soon as it is open again.",
            isActive: false),
    ];

    private static AnswerTemplate New(
        string name, TemplatePurpose purpose, Resolution? resolution, DossierType? type, string fr, string nl, string de, string en, bool isActive = true) => new()
        {
            Name = name,
            Purpose = purpose,
            Resolution = resolution,
            Type = type,
            Text = new LocalizedText { Fr = fr, Nl = nl, De = de, En = en },
            UpdatedAt = DateTime.MinValue,
            DeactivatedAt = isActive ? null : new DateTime(2026, 9, 1, 8, 0, 0, DateTimeKind.Utc),
        };
}
