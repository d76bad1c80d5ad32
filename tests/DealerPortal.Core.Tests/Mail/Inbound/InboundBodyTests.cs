using System.Diagnostics;
using System.Text;
using DealerPortal.Core.Mail.Inbound;
using MimeKit;

namespace DealerPortal.Core.Tests.Mail.Inbound;

/// <summary>What is left of an answer, by the shapes in which mail programs write one.</summary>
public sealed class InboundBodyTests
{
    private const string Mine = "Bonjour,\n\nVoici la preuve d’achat.\nMerci";

    /// <summary>The mail that was answered, as it is quoted; none of it may stay.</summary>
    private const string Old = "Une question sur votre dossier\nJoignez la preuve d’achat.";

    private static string Quoted => string.Join('\n', Old.Split('\n').Select(line => "> " + line));

    public static TheoryData<string, string> PlainShapes => new()
    {
        { "nothing quoted", Mine },
        { "Gmail fr", $"{Mine}\n\nLe lun. 23 nov. 2026 à 10:00, Dealerportal <portal@dealerportal.example> a écrit :\n\n{Quoted}\n" },
        { "Gmail fr, broken", $"{Mine}\n\nLe lun. 23 nov. 2026 à 10:00, Dealerportal Service Après-Vente <\nreply+abc@dealerportal.example> a écrit :\n\n{Quoted}\n" },
        { "Gmail nl", $"{Mine}\n\nOp ma 23 nov 2026 om 10:00 schreef Dealerportal <portal@dealerportal.example>:\n\n{Quoted}\n" },
        { "Gmail de", $"{Mine}\n\nAm Mo., 23. Nov. 2026 um 10:00 Uhr schrieb Dealerportal <\nportal@dealerportal.example>:\n\n{Quoted}\n" },
        { "Gmail en", $"{Mine}\n\nOn Mon, Nov 23, 2026 at 10:00 AM Dealerportal <portal@dealerportal.example>\nwrote:\n\n{Quoted}\n" },
        { "Gmail by number", $"{Mine}\n\n2026-11-23 10:00 GMT+01:00 Dealerportal <portal@dealerportal.example>:\n\n{Quoted}\n" },
        { "Apple Mail fr", $"{Mine}\n\n> Le 23 nov. 2026 à 10:00, Dealerportal <portal@dealerportal.example> a écrit :\n> \n{Quoted}\n" },
        { "Apple Mail nl", $"{Mine}\n\nOp 23 nov 2026, om 10:00 heeft Dealerportal <portal@dealerportal.example> het volgende geschreven:\n\n{Quoted}\n" },
        { "Thunderbird fr", $"{Mine}\n\nLe 23/11/2026 à 10:00, Dealerportal a écrit :\n{Quoted}\n" },
        { "Thunderbird nl", $"{Mine}\n\nOp 23-11-2026 om 10:00 schreef Dealerportal:\n{Quoted}\n" },
        { "Thunderbird de", $"{Mine}\n\nAm 23.11.26 um 10:00 schrieb Dealerportal:\n{Quoted}\n" },
        { "Thunderbird en, answer below", $"On 23/11/2026 10:00, Dealerportal wrote:\n{Quoted}\n\n{Mine}\n" },
        { "Outlook fr", $"{Mine}\n\n________________________________\nDe : Dealerportal <portal@dealerportal.example>\nEnvoyé : lundi 23 novembre 2026 10:00\nÀ : Jean Exemple\nObjet : 26-0001234-2\n\n{Old}\n" },
        { "Outlook nl", $"{Mine}\n\nVan: Dealerportal <portal@dealerportal.example>\nVerzonden: maandag 23 november 2026 10:00\nAan: Jean Exemple\nOnderwerp: 26-0001234-2\n\n{Old}\n" },
        { "Outlook de", $"{Mine}\n\nVon: Dealerportal <portal@dealerportal.example>\nGesendet: Montag, 23. November 2026 10:00\nAn: Jean Exemple\nBetreff: 26-0001234-2\n\n{Old}\n" },
        { "Outlook en, bold", $"{Mine}\n\n*From:* Dealerportal <portal@dealerportal.example>\n*Sent:* Monday, November 23, 2026 10:00\n*To:* Jean Exemple\n*Subject:* 26-0001234-2\n\n{Old}\n" },
        { "older Outlook nl", $"{Mine}\n\n-----Oorspronkelijk bericht-----\nVan: Dealerportal\n\n{Old}\n" },
        { "older Outlook de", $"{Mine}\n\n-----Ursprüngliche Nachricht-----\n{Old}\n" },
        { "older Outlook fr", $"{Mine}\n\n-----Message d'origine-----\n{Old}\n" },
        { "Samsung en", $"{Mine}\n\n\nSent from my Galaxy\n\n\n-------- Original message --------\nFrom: Dealerportal <portal@dealerportal.example>\nDate: 23/11/2026 10:00\nSubject: x\n\n{Old}\n" },
        { "iPhone fr", $"{Mine}\n\nEnvoyé de mon iPhone\n\n> Le 23 nov. 2026 à 10:00, Dealerportal <portal@dealerportal.example> a écrit :\n> \n{Quoted}\n" },
        { "iPhone nl", $"{Mine}\n\nVerstuurd vanaf mijn iPhone\n\n{Quoted}\n" },
        { "iPhone de", $"{Mine}\n\nVon meinem iPhone gesendet\n\n{Quoted}\n" },
        { "Outlook for iOS", $"{Mine}\n\nGet Outlook for iOS<https://aka.ms/o0ukef>\n________________________________\nFrom: Dealerportal <portal@dealerportal.example>\nSent: Monday, November 23, 2026 10:00:00 AM\nTo: Jean\nSubject: x\n\n{Old}\n" },
        { "unquoted below the line with an address", $"{Mine}\n\nAm 23.11.2026 um 10:00 schrieb Dealerportal <portal@dealerportal.example>:\n\n{Old}\n" },
        { "signature", $"{Mine}\n\n-- \nJean Exemple\nDémo Électro Liège\n" },
        { "between the quoted lines", $"Le 23/11/2026 à 10:00, Dealerportal a écrit :\n> Bonjour,\nBonjour,\n\n> Joignez la preuve.\nVoici la preuve d’achat.\nMerci\n" },
    };

    [Theory]
    [MemberData(nameof(PlainShapes))]
    public void OwnText_OfPlainText_IsWhatTheSenderWrote(string shape, string text) => Assert.True(Mine == OwnOf("plain", text), $"{shape}: «{OwnOf("plain", text)}»");

    private const string MineHtml = "<div dir=\"ltr\">Bonjour,<br><br>Voici la preuve d&#8217;achat.<br>Merci</div>";
    private const string OldHtml = "<div><h1>Une question sur votre dossier</h1><div><p>Joignez la preuve d’achat.</p></div></div>";

    public static TheoryData<string, string> HtmlShapes => new()
    {
        { "nothing quoted", $"<html><head><title>x</title><style>p{{}}</style></head><body>{MineHtml}<script>alert(1)</script></body></html>" },
        { "Gmail", $"{MineHtml}<br><div class=\"gmail_quote gmail_quote_container\"><div dir=\"ltr\" class=\"gmail_attr\">Le lun. 23 nov. 2026, Dealerportal a écrit&nbsp;:<br></div><blockquote class=\"gmail_quote\">{OldHtml}</blockquote></div>" },
        { "Gmail with a signature", $"{MineHtml}<br clear=\"all\"><div><div dir=\"ltr\" class=\"gmail_signature\"><div>Jean Exemple</div></div></div><div class=\"gmail_quote\">{OldHtml}</div>" },
        { "Apple Mail", $"<body>{MineHtml}<div><br><blockquote type=\"cite\"><div>On 23 Nov 2026, at 10:00, Dealerportal wrote:</div>{OldHtml}</blockquote></div></body>" },
        { "Thunderbird", $"<p>Bonjour,</p><p>Voici la preuve d’achat.<br>Merci</p><div class=\"moz-cite-prefix\">Am 23.11.26 um 10:00 schrieb Dealerportal:<br></div><blockquote type=\"cite\" cite=\"mid:x\">{OldHtml}</blockquote>" },
        { "Outlook on the web", $"{MineHtml}<div id=\"appendonsend\"></div><hr><div id=\"divRplyFwdMsg\"><b>Van:</b> Dealerportal</div>{OldHtml}" },
        { "Outlook", $"<div class=\"WordSection1\"><p class=\"MsoNormal\">Bonjour,</p><p class=MsoNormal>Voici la preuve d’achat.<br>Merci</p><div><div style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm'><p><b>De&nbsp;:</b> Dealerportal</p></div></div>{OldHtml}</div>" },
        { "Outlook for Android", $"{MineHtml}<div id=\"ms-outlook-mobile-signature\">Obtenir Outlook pour Android</div><hr><div id=\"divRplyFwdMsg\"><b>De:</b> Dealerportal</div>{OldHtml}" },
        { "a head without marks", $"{MineHtml}<div><b>De&nbsp;:</b> Dealerportal<br><b>Envoyé&nbsp;:</b> lundi<br><b>Objet&nbsp;:</b> x</div>{OldHtml}" },
    };

    [Theory]
    [MemberData(nameof(HtmlShapes))]
    public void OwnText_OfHtmlAlone_IsWhatTheSenderWrote(string shape, string html) => Assert.True(Mine == OwnOf("html", html), $"{shape}: «{OwnOf("html", html)}»");

    [Theory]
    [InlineData("Le client a écrit :\nmon écran est noir")]
    [InlineData("De: l’atelier\nnous attendons la pièce")]
    [InlineData("Merci 👩‍👩‍👧 ça marche 🎉")]
    [InlineData("שלום, המכשיר לא עובד\u200f.\nتم الإصلاح")]
    [InlineData("1 > 2, non ?\n-- pas une signature")]
    [InlineData("J’ai envoyé le colis depuis l’atelier.")]
    [InlineData("On Monday we call 12 people and wrote:\nnothing yet")]
    public void OwnText_OfWordsThatOnlyLookLikeAQuote_IsAllOfThem(string text) => Assert.Equal(text, OwnOf("plain", text));

    [Fact]
    public void OwnText_OfFlowedText_HasItsLinesWhole()
    {
        var message = Parse("Content-Type: text/plain; charset=utf-8; format=flowed\n\nCette ligne est longue et \nse poursuit ici.\n\nFin\n-- \nJean\n");

        Assert.Equal("Cette ligne est longue et se poursuit ici.\n\nFin", InboundBody.Of(message).OwnText);
    }

    [Fact]
    public void Files_AreWhatWasAttached_WithoutTheLogoOfASignature()
    {
        var logo = new MimePart("image", "png") { ContentId = "logo@x", Content = new MimeContent(new MemoryStream(new byte[900])), FileName = "logo.png", ContentTransferEncoding = ContentEncoding.Base64 };
        var screen = new MimePart("image", "png") { ContentId = "big@x", Content = new MimeContent(new MemoryStream(new byte[90_000])), FileName = "écran.png", ContentTransferEncoding = ContentEncoding.Base64 };
        var proof = new MimePart("application", "pdf") { Content = new MimeContent(new MemoryStream([1, 2, 3])), FileName = "preuve\r\n.pdf", ContentTransferEncoding = ContentEncoding.Base64, ContentDisposition = new ContentDisposition("attachment") };
        var html = new TextPart("html") { Text = "<p>Voici</p><img src=\"cid:logo@x\"><img src=\"cid:big@x\">" };
        var message = new MimeMessage
        {
            Body = new Multipart("mixed")
            {
                new MultipartAlternative { new TextPart("plain") { Text = "Voici" }, new MultipartRelated { html, logo, screen } },
                proof,
                new TextPart("plain") { Text = "et la suite" },
                new MessagePart("rfc822") { Message = new MimeMessage { Subject = "Transféré" } },
            },
        };

        var body = InboundBody.Of(message);

        Assert.Equal(["écran.png", "preuve .pdf", "Transféré"], body.Files.Select(file => file.Name));
        Assert.Equal("Voici\net la suite", body.OwnText);
    }

    [Fact]
    public void OwnText_OfHostileText_TakesNoTime()
    {
        foreach (var unit in (string[])["> ", "On 1 ", "From: a\n", "Le 1 a écrit :\n", "<div>", "<blockquote type=cite>", "&#", "_", "-- \n", "Am 1\n", "\ud83d"])
        {
            var text = string.Concat(Enumerable.Repeat(unit, 100_000 / unit.Length));
            foreach (var subtype in (string[])["plain", "html"])
            {
                OwnOf(subtype, text);
                var watch = Stopwatch.StartNew();
                OwnOf(subtype, text);
                Assert.True(watch.Elapsed < TimeSpan.FromSeconds(2), $"«{unit}» as {subtype} took {watch.Elapsed}.");
            }
        }
    }

    private static string OwnOf(string subtype, string text) => InboundBody.Of(new MimeMessage { Body = new TextPart(subtype) { Text = text } }).OwnText;

    private static MimeMessage Parse(string raw) => MimeMessage.Load(new MemoryStream(Encoding.UTF8.GetBytes(raw.ReplaceLineEndings("\r\n"))));
}
