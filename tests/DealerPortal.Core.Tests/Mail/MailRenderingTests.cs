using System.Globalization;
using System.Text.RegularExpressions;
using AngleSharp.Html.Parser;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Mail;
using DealerPortal.Core.Mail.Mails;

namespace DealerPortal.Core.Tests.Mail;

public sealed partial class MailRenderingTests : IAsyncLifetime
{
    private MailBench _bench = null!;

    public async Task InitializeAsync() => _bench = await MailBench.CreateAsync();

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    [Theory]
    [MemberData(nameof(MailSamples.ClassesAndLanguages), MemberType = typeof(MailSamples))]
    public void Render_ForEveryMailAndLanguage_SaysTheSameInBothBodies(string className, string language)
    {
        var mail = MailSamples.Of(className);
        var texts = Texts(language);

        var rendered = _bench.Queue.Render(mail, MailSamples.Recipient with { Language = language });

        var page = new HtmlParser().ParseDocument(rendered.Content.Html);
        var spaced = rendered.Content.Html.Replace("<br>", " ", StringComparison.Ordinal).Replace("</", " </", StringComparison.Ordinal);
        var html = Flat(new HtmlParser().ParseDocument(spaced).Body!.TextContent);
        var text = Flat(rendered.Content.Text.Replace("\n> ", "\n", StringComparison.Ordinal));
        var said = mail.Blocks(texts).SelectMany(Words).Append(mail.Heading(texts)).Append("Jean Exemple").Append(texts.Brand.DealerlinePhone).Append(mail.FooterReason(texts) ?? "");
        Assert.All(said, words =>
        {
            Assert.Contains(Flat(words), html, StringComparison.Ordinal);
            Assert.Contains(Flat(words), text, StringComparison.Ordinal);
        });
        var links = mail.Blocks(texts).OfType<Button>().Select(button => button.Url).ToList();
        Assert.Equal(links, page.QuerySelectorAll("a").Select(a => a.GetAttribute("href")!));
        Assert.All(links, link => Assert.Contains($"\n{link}\n", rendered.Content.Text, StringComparison.Ordinal));
        Assert.Equal(Languages.CultureOf(language).Name, page.DocumentElement.GetAttribute("lang"));
        Assert.Equal(rendered.Subject, page.Title);
        Assert.Equal(mail.Subject(texts), rendered.Subject);
        Assert.Equal(className, rendered.Kind);
        Assert.DoesNotContain(rendered.Content.Text.Split('\n'), line => line.Length > 78 && !line.StartsWith(MailBench.BaseUrl, StringComparison.Ordinal));
    }

    [Fact]
    public void Texts_InFourLanguages_HaveTheSameKeysAndPlaceholders()
    {
        var assembly = typeof(MailsTexts).Assembly;
        var all = Languages.All.ToDictionary(language => language, language =>
        {
            var satellite = assembly.GetSatelliteAssembly(CultureInfo.GetCultureInfo(language));
            using var set = new System.Resources.ResourceSet(satellite.GetManifestResourceStream($"{typeof(MailsTexts).FullName}.{language}.resources")!);
            return set.Cast<System.Collections.DictionaryEntry>().ToDictionary(entry => (string)entry.Key, entry => Placeholders((string)entry.Value!));
        });

        Assert.True(all["fr"].Count > 100);
        Assert.All(Languages.All, language => Assert.Equal(all["fr"].OrderBy(p => p.Key, StringComparer.Ordinal), all[language].OrderBy(p => p.Key, StringComparer.Ordinal)));
    }

    [Fact]
    public void Text_WhenTheKeyIsUnknown_Throws() => Assert.Throws<KeyNotFoundException>(() => Texts("fr")["Nothing.Of.The.Kind"]);

    [Fact]
    public void Render_InsideARequestInAnotherLanguage_FollowsTheRecipientAndLeavesTheRequestAlone()
    {
        var (culture, uiCulture) = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en-GB");

            var rendered = _bench.Queue.Render(MailSamples.Appointment(0), MailSamples.Recipient with { Language = "nl" });

            Assert.Equal("26-0001234-2: afspraak bevestigd, donderdag 26 november 2026", rendered.Subject);
            Assert.Contains("tussen 8 en 12\u00A0uur", rendered.Content.Text, StringComparison.Ordinal);
            Assert.Equal("en-GB", CultureInfo.CurrentUICulture.Name);
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, uiCulture);
        }
    }

    [Fact]
    public void Render_WhenInputHoldsMarkup_ShowsItAsText()
    {
        const string Payload = "<script>alert(1)</script><a href='https://evil.example'>x</a>";
        var facts = MailSamples.Dossier with { Reference = Payload, SerialNumber = Payload, ModelName = Payload };

        foreach (var mail in (PortalMail[])[new DossierAnswered(facts, Payload), new MembershipRequested(Payload, Payload, Payload, "/x"), new OrganisationCreated(Payload, "/")])
        {
            var rendered = _bench.Queue.Render(mail, MailSamples.Recipient with { Name = Payload });

            var page = new HtmlParser().ParseDocument(rendered.Content.Html);
            Assert.Empty(page.QuerySelectorAll("script"));
            Assert.All(page.QuerySelectorAll("a"), a => Assert.StartsWith(MailBench.BaseUrl + "/", a.GetAttribute("href"), StringComparison.Ordinal));
            Assert.Contains(Payload, page.Body!.TextContent, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Render_WhenANameHoldsLineBreaks_ForgesNoLineInTheText()
    {
        var rendered = _bench.Queue.Render(
            new MembershipRequested("Jean\r\n\r\nVisit https://evil.example\u2028now", "jean@demo.example", "Démo", "/x"),
            MailSamples.Recipient with { Name = "A\r\nBcc: x@evil.example" });

        Assert.DoesNotContain("\nVisit", rendered.Content.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(rendered.Subject, char.IsControl);
        Assert.DoesNotContain(rendered.To.Name, char.IsControl);
    }

    [Fact]
    public void Render_WhenSupportWroteLines_KeepsThem()
    {
        var rendered = _bench.Queue.Render(new DossierAnswered(MailSamples.Dossier, "Un\r\nDeux\n\nTrois"), MailSamples.Recipient);

        Assert.Contains("\n> Un\n> Deux\n> \n> Trois\n", rendered.Content.Text, StringComparison.Ordinal);
        Assert.Contains(">Un<br>Deux<br><br>Trois<", rendered.Content.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://evil.example/x")]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("https://dealerportal.example.evil.example/")]
    [InlineData("https://dealerportal.example@evil.example/")]
    [InlineData("javascript:alert(1)")]
    [InlineData("/x\r\nBcc: a@b.example")]
    [InlineData("")]
    public void Url_WhenItLeadsOutOfThePortal_Throws(string path) => Assert.Throws<ArgumentException>(() => Texts("fr").Url(path));

    [Fact]
    public void Url_OfAPath_StartsWithTheConfiguredAddress()
    {
        Assert.Equal("https://dealerportal.example/a?b=1", Texts("fr").Url("/a?b=1"));
        Assert.Equal("https://dealerportal.example/", Texts("fr").Url("/"));
    }

    [Fact]
    public void Render_WhenAButtonLeadsOutOfThePortal_Throws() =>
        Assert.Throws<InvalidOperationException>(() => _bench.Queue.Render(new Phishing(), MailSamples.Recipient));

    [Theory]
    [InlineData("26-0001234-2", "fr", "Bonjour Jean Exemple,")]
    [InlineData("26-0001234-2", "de", "Guten Tag Jean Exemple,")]
    public void Render_WhenTheNameIsKnown_GreetsByIt(string number, string language, string greeting)
    {
        var rendered = _bench.Queue.Render(new DossierSubmitted(MailSamples.Dossier), MailSamples.Recipient with { Language = language });

        Assert.Contains(greeting, rendered.Content.Text, StringComparison.Ordinal);
        Assert.StartsWith(number, rendered.Subject, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_WhenTheNameIsUnknown_GreetsWithoutOne() =>
        Assert.Contains("\nBonjour,\n", _bench.Queue.Render(new RegistrationCode("482913", "/r"), new MailRecipient("a@demo.example", "", "fr")).Content.Text, StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(MailSamples.ClassesAndLanguages), MemberType = typeof(MailSamples))]
    public void Subject_OfASecretMail_HoldsNoSecret(string className, string language)
    {
        var mail = MailSamples.Of(className);
        var subject = mail.Subject(Texts(language));

        Assert.NotEmpty(subject);
        if (mail.IsSecret)
            Assert.DoesNotContain(mail.Blocks(Texts(language)).OfType<Code>(), code => subject.Contains(code.Value, StringComparison.Ordinal));
    }

    [Fact]
    public void Files_OfAnAppointment_AreACalendarEntryInUtcWithFoldedAndEscapedLines()
    {
        var place = "Rue de la Démo 12; étage 3, «L’Été»\\nord, " + new string('é', 60);

        var file = Assert.Single(_bench.Queue.Render(MailSamples.Appointment(2, place), MailSamples.Recipient).Content.Files);

        var calendar = System.Text.Encoding.UTF8.GetString(file.Content);
        Assert.Equal("rendez-vous.ics", file.Name);
        Assert.Equal("PUBLISH", file.ContentTypeParameters!["method"]);
        Assert.All(calendar.Split("\r\n"), line => Assert.True(System.Text.Encoding.UTF8.GetByteCount(line) <= 75, line));
        Assert.DoesNotContain('\n', calendar.Replace("\r\n", "", StringComparison.Ordinal));
        var lines = calendar.Replace("\r\n ", "", StringComparison.Ordinal).Split("\r\n");
        Assert.Contains("UID:dossier-1@dealerportal.example", lines);
        Assert.Contains("SEQUENCE:2", lines);
        Assert.Contains("DTSTAMP:20261123T090000Z", lines);
        // Brussels is an hour ahead in November.
        Assert.Contains("DTSTART:20261126T070000Z", lines);
        Assert.Contains("DTEND:20261126T110000Z", lines);
        Assert.Contains("LOCATION:" + place.Replace("\\", "\\\\", StringComparison.Ordinal).Replace(";", "\\;", StringComparison.Ordinal).Replace(",", "\\,", StringComparison.Ordinal), lines);
        Assert.Contains("URL:https://dealerportal.example/dossiers/26-0001234-2", lines);
        Assert.Equal(["BEGIN:VCALENDAR", "VERSION:2.0"], lines[..2]);
        Assert.Equal(["END:VEVENT", "END:VCALENDAR", ""], lines[^3..]);
    }

    [Fact]
    public void Appointment_WhenMoved_SaysSo()
    {
        Assert.Contains("confirmé", MailSamples.Appointment(0).Heading(Texts("fr")), StringComparison.Ordinal);
        Assert.Contains("déplacé", MailSamples.Appointment(1).Heading(Texts("fr")), StringComparison.Ordinal);
    }

    [Fact]
    public void DossierMail_ForEveryTypeAndResolution_HasLabels()
    {
        foreach (var language in Languages.All)
        {
            foreach (var type in Enum.GetNames<DossierType>())
                Assert.NotEmpty(Texts(language)[$"Type.{type}"]);
            foreach (var resolution in Enum.GetNames<Resolution>())
                Assert.NotEmpty(Texts(language)[$"Resolution.{resolution}"]);
        }
    }

    private static MailTexts Texts(string language) => new(
        language, new BrandOptions(), new PortalOptions { BaseUrl = MailBench.BaseUrl }, new DateTime(2026, 11, 23, 9, 0, 0, DateTimeKind.Utc));

    private static IEnumerable<string> Words(MailBlock block) => block switch
    {
        Paragraph paragraph => [paragraph.Text],
        Highlight highlight => [highlight.Title, .. highlight.Lines],
        Button button => [button.Text],
        Code code => [code.Value],
        Quote quote => quote.Text.Split('\n'),
        List list => list.Items,
        Facts facts => facts.Items.SelectMany(fact => (string[])[fact.Label, fact.Value]),
        _ => throw new NotSupportedException(block.GetType().Name),
    };

    private static string Flat(string text) => Whitespace().Replace(text, " ").Trim();

    private static string Placeholders(string text) => string.Join(' ', Placeholder().Matches(text).Select(match => match.Value).Distinct().Order(StringComparer.Ordinal));

    [GeneratedRegex(@"\s+", RegexOptions.NonBacktracking)]
    private static partial Regex Whitespace();

    [GeneratedRegex(@"\{\d\}", RegexOptions.NonBacktracking)]
    private static partial Regex Placeholder();

    private sealed class Phishing : PortalMail
    {
        public override string Subject(MailTexts t) => "x";

        public override string Heading(MailTexts t) => "x";

        public override IEnumerable<MailBlock> Blocks(MailTexts t) => [new Button("x", "https://evil.example/")];
    }
}
