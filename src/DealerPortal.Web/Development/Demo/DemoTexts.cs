namespace DealerPortal.Web.Development.Demo;

/// <summary>What people write in demo dossiers, in the language of who writes. Each line stands alone, so that any may follow any.</summary>
internal sealed class DemoTexts
{
    public required IReadOnlyDictionary<string, string[]> Complaints { get; init; }
    public required string[] DealerMessages { get; init; }
    public required string[] Questions { get; init; }
    public required string[] Answers { get; init; }
    public required string[] Accepted { get; init; }
    public required string[] Refused { get; init; }
    public required string[] Cancelled { get; init; }
    public required string[] RepairCancelled { get; init; }
    public required string[] EndUsers { get; init; }
    public required string Reference { get; init; }

    public static DemoTexts In(string language) => language switch { "nl" => Dutch, "de" => German, _ => French };

    /// <summary>Which complaints fit a category.</summary>
    public static string TopicOf(string category) => category switch
    {
        "washing-machine" or "dryer" or "washer-dryer" or "dishwasher" => "wet",
        "fridge" or "freezer" => "cold",
        "oven" or "hob" or "microwave" => "heat",
        "television" or "monitor" => "picture",
        "soundbar" => "sound",
        "vacuum-cleaner" => "motor",
        _ => "mobile",
    };

    private static readonly DemoTexts French = new()
    {
        Complaints = new Dictionary<string, string[]>
        {
            ["wet"] = ["Code 5C après dix minutes : l’eau n’est pas évacuée. Filtre nettoyé, tuyau contrôlé.", "L’appareil s’arrête au milieu du programme et la porte reste bloquée.", "Bruit très fort à l’essorage depuis deux semaines, l’appareil se déplace.", "De l’eau coule sous l’appareil à la fin du programme."],
            ["cold"] = ["Le compartiment du bas ne refroidit plus, la température affichée reste à 12 degrés.", "Givre sur la paroi du fond et bruit de ventilateur continu.", "La lampe intérieure clignote et l’alarme de porte sonne, porte fermée."],
            ["heat"] = ["Ne chauffe plus ; le ventilateur tourne normalement.", "Le disjoncteur saute dès que l’appareil est mis en marche.", "Les touches ne réagissent plus du côté gauche."],
            ["picture"] = ["Écran noir, le son est normal. Autre prise et autre câble essayés.", "Une ligne verticale verte à droite de l’image, présente aussi dans le menu.", "L’appareil redémarre seul toutes les cinq minutes."],
            ["sound"] = ["Plus aucun son par HDMI, le Bluetooth fonctionne.", "Le caisson de basses ne se connecte plus.", "Grésillement à gauche, quel que soit le volume."],
            ["motor"] = ["La batterie est vide après trois minutes.", "La brosse ne tourne plus, même nettoyée.", "Perte d’aspiration et odeur de chaud."],
            ["mobile"] = ["Ne charge plus, ni par câble ni sans fil.", "L’écran ne réagit plus au toucher dans la moitié inférieure.", "Arrêts répétés à 40 % de batterie.", "Le microphone ne fonctionne plus pendant les appels."],
        },
        DealerMessages = ["Le client passe samedi, avez-vous déjà une date ?", "Une photo du filtre en plus. La cliente est absente le mercredi.", "L’appareil est au magasin, emballé et prêt.", "Merci, c’est noté."],
        Questions = ["Bonjour, pouvez-vous ajouter une photo de la plaque signalétique ? Le numéro de série ne correspond pas au modèle.", "Bonjour, l’adresse de l’utilisateur final est-elle exacte ? Le technicien n’a trouvé personne à ce numéro.", "Bonjour, depuis quand le problème existe-t-il, et l’appareil a-t-il été déplacé ?"],
        Answers = ["Bonjour, la commande est transmise au centre de service. Le technicien téléphone la veille.", "Bonjour, le transporteur enlève l’appareil à votre point de vente ; gardez l’emballage ouvert pour le contrôle.", "Bonjour, la pièce est commandée. Vous recevez un mail dès que la date est connue."],
        Accepted = ["La réparation est prise en charge sous garantie.", "Prise en charge acceptée ; le centre de service vous contacte."],
        Refused = ["Le dommage vient d’un choc et n’est pas couvert. Un devis peut être demandé.", "La garantie est échue depuis le mois passé."],
        Cancelled = ["Demande annulée à votre demande.", "Annulé : les données du consommateur sont incomplètes. Ouvrez un nouveau dossier avec les mêmes données."],
        RepairCancelled = ["Le consommateur a refusé le devis.", "Personne n’était présent au deuxième passage.", "Aucun défaut constaté après 48 heures d’essai."],
        EndUsers = ["Mme Spécimen", "M. Modèle", "Mme Essai", "M. Gabarit", "Mme Témoin", "M. Paramètre", "Mme Maquette"],
        Reference = "COMPTOIR",
    };

    private static readonly DemoTexts Dutch = new()
    {
        Complaints = new Dictionary<string, string[]>
        {
            ["wet"] = ["Code 5C na tien minuten: het water wordt niet afgepompt. Filter gereinigd, slang nagekeken.", "Het toestel stopt midden in het programma en de deur blijft vergrendeld.", "Zeer luid bij het zwieren sinds twee weken, het toestel verschuift.", "Er loopt water onder het toestel uit aan het einde van het programma."],
            ["cold"] = ["Het onderste vak koelt niet meer, de temperatuur blijft op 12 graden staan.", "IJs op de achterwand en de ventilator draait de hele tijd.", "De binnenlamp knippert en het deuralarm gaat af met de deur dicht."],
            ["heat"] = ["Verwarmt niet meer; de ventilator draait normaal.", "De zekering springt zodra het toestel aangaat.", "De toetsen links reageren niet meer."],
            ["picture"] = ["Zwart beeld, het geluid is normaal. Ander stopcontact en andere kabel geprobeerd.", "Een groene verticale lijn rechts in beeld, ook in het menu.", "Het toestel herstart vanzelf om de vijf minuten."],
            ["sound"] = ["Geen geluid meer via HDMI, Bluetooth werkt wel.", "De subwoofer maakt geen verbinding meer.", "Gekraak links, bij elk volume."],
            ["motor"] = ["De batterij is leeg na drie minuten.", "De borstel draait niet meer, ook niet na reiniging.", "Minder zuigkracht en een warme geur."],
            ["mobile"] = ["Laadt niet meer op, niet met kabel en niet draadloos.", "Het scherm reageert onderaan niet meer op aanraking.", "Valt telkens uit bij 40 % batterij.", "De microfoon werkt niet meer tijdens gesprekken."],
        },
        DealerMessages = ["De klant komt zaterdag langs, is er al een datum?", "Nog een foto van de filter. De klant is woensdag niet thuis.", "Het toestel staat ingepakt klaar in de winkel.", "Bedankt, genoteerd."],
        Questions = ["Goedendag, kunt u een foto van het typeplaatje toevoegen? Het serienummer hoort niet bij dit model.", "Goedendag, klopt het adres van de eindgebruiker? De technicus trof niemand op dit nummer.", "Goedendag, sinds wanneer is het probleem er, en is het toestel verplaatst?"],
        Answers = ["Goedendag, de opdracht is doorgegeven aan het servicecentrum. De technicus belt de dag ervoor.", "Goedendag, de vervoerder haalt het toestel bij uw vestiging op; laat de verpakking open voor de controle.", "Goedendag, het onderdeel is besteld. U krijgt een mail zodra de datum bekend is."],
        Accepted = ["De herstelling valt onder de garantie.", "Aanvaard; het servicecentrum neemt contact met u op."],
        Refused = ["De schade komt van een schok en valt niet onder de garantie. Een offerte is mogelijk.", "De garantie is sinds vorige maand verlopen."],
        Cancelled = ["Geannuleerd op uw verzoek.", "Geannuleerd: de gegevens van de consument zijn onvolledig. Open een nieuw dossier met dezelfde gegevens."],
        RepairCancelled = ["De consument heeft de offerte geweigerd.", "Bij het tweede bezoek was niemand aanwezig.", "Geen defect gevonden na 48 uur testen."],
        EndUsers = ["Mevr. Voorbeeld", "Dhr. Proef", "Mevr. Schets", "Dhr. Ontwerp", "Mevr. Monster"],
        Reference = "BALIE",
    };

    private static readonly DemoTexts German = new()
    {
        Complaints = new Dictionary<string, string[]>
        {
            ["wet"] = ["Code 5C nach zehn Minuten: Das Wasser wird nicht abgepumpt. Filter gereinigt, Schlauch geprüft.", "Das Gerät bleibt mitten im Programm stehen und die Tür bleibt verriegelt.", "Seit zwei Wochen sehr laut beim Schleudern, das Gerät wandert."],
            ["cold"] = ["Das untere Fach kühlt nicht mehr, die Anzeige bleibt bei 12 Grad.", "Eis an der Rückwand, der Lüfter läuft ständig."],
            ["heat"] = ["Heizt nicht mehr; der Lüfter läuft normal.", "Die Sicherung fällt, sobald das Gerät eingeschaltet wird."],
            ["picture"] = ["Schwarzes Bild, der Ton ist normal. Andere Steckdose und anderes Kabel versucht.", "Das Gerät startet alle fünf Minuten neu."],
            ["sound"] = ["Kein Ton mehr über HDMI, Bluetooth funktioniert.", "Knistern links bei jeder Lautstärke."],
            ["motor"] = ["Der Akku ist nach drei Minuten leer.", "Die Bürste dreht sich nicht mehr."],
            ["mobile"] = ["Lädt nicht mehr, weder mit Kabel noch drahtlos.", "Der Bildschirm reagiert im unteren Teil nicht mehr."],
        },
        DealerMessages = ["Der Kunde kommt am Samstag vorbei, gibt es schon einen Termin?", "Das Gerät steht verpackt im Geschäft bereit.", "Danke, ist notiert."],
        Questions = ["Guten Tag, können Sie ein Foto des Typenschilds hinzufügen? Die Seriennummer passt nicht zum Modell.", "Guten Tag, stimmt die Adresse des Endkunden? Der Techniker hat niemanden angetroffen."],
        Answers = ["Guten Tag, der Auftrag ist an das Servicezentrum übergeben. Der Techniker ruft am Vortag an.", "Guten Tag, das Ersatzteil ist bestellt. Sie erhalten eine E-Mail, sobald der Termin bekannt ist."],
        Accepted = ["Die Reparatur wird als Garantiefall übernommen."],
        Refused = ["Der Schaden kommt von einem Stoß und ist nicht gedeckt. Ein Kostenvoranschlag ist möglich."],
        Cancelled = ["Auf Ihren Wunsch storniert."],
        RepairCancelled = ["Der Kunde hat den Kostenvoranschlag abgelehnt.", "Beim zweiten Besuch war niemand anwesend."],
        EndUsers = ["Frau Muster", "Herr Beispiel", "Frau Probe"],
        Reference = "THEKE",
    };
}
