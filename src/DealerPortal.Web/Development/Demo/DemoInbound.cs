using DealerPortal.Core.Mail.Inbound;

namespace DealerPortal.Web.Development.Demo;

/// <summary>Mails that came in and became no message, for the reasons that are common.</summary>
internal static class DemoInbound
{
    public static IEnumerable<InboundMail> Mails(DateTime now) =>
    [
        Mail(1, now.AddMinutes(-35), InboundReason.UnknownSender, "Comptoir Liège", "comptoir@liege.demo-electro.example", "Re: votre réponse est attendue",
            "Bonjour,\n\nJean est en congé cette semaine, je réponds à sa place : la machine est au comptoir, emballée.\n\nBien à vous,\nLe comptoir\n\n> Pouvez-vous préparer l’appareil pour l’enlèvement ?", "bon-de-livraison.pdf\nIMG_2041.jpg"),
        Mail(2, now.AddHours(-4), InboundReason.UnknownToken, "Piet Voorbeeld", "piet.voorbeeld@demo-elektro.example", "toestel klaar",
            "Beste,\n\nHet toestel staat klaar. Wanneer komt u langs?\n\nGroeten,\nPiet", null),
        Mail(3, now.AddHours(-21), InboundReason.ClosedTooLong, "Eva Muster", "eva.muster@electro-demo.example", "AW: Ihr Vorgang ist abgeschlossen",
            "Guten Tag,\n\ndas Gerät zeigt den Fehler wieder. Was nun?\n\nEva Muster", null),
        Mail(4, now.AddDays(-2), InboundReason.NothingToSay, "Claire Modèle", "claire.modele@demo-electro.example", "Re: rendez-vous confirmé", "> Rendez-vous confirmé", "logo.svg"),
        Mail(5, now.AddDays(-1), InboundReason.AutomaticReply, null, "jean.exemple@demo-electro.example", "Absent jusqu’à lundi", null, null),
    ];

    private static InboundMail Mail(int number, DateTime at, InboundReason reason, string? name, string address, string subject, string? text, string? files)
    {
        var id = Guid.CreateVersion7(at);
        return new InboundMail
        {
            Id = id,
            Mailbox = "demo",
            UidValidity = 1,
            Uid = number,
            Fingerprint = $"{id:N}{id:N}",
            ReceivedAt = at,
            SentAt = at.AddMinutes(-1),
            Outcome = reason == InboundReason.AutomaticReply ? InboundOutcome.Ignored : InboundOutcome.Kept,
            Reason = reason,
            Sender = address,
            SenderName = name,
            Recipient = "reply@dealerportal.example",
            Subject = subject,
            MessageId = $"{id:N}@mail.example",
            Text = text,
            Files = files,
        };
    }
}
