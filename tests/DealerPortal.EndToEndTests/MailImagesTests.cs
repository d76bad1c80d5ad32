using System.Net;
using DealerPortal.Core.Mail;
using DealerPortal.Core.Mail.Mails;
using DealerPortal.Core.Tests.Mail;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace DealerPortal.EndToEndTests;

/// <summary>
/// Every mail as a program shows it. With DEALERPORTAL_MAIL_IMAGES, a folder, each is also drawn in two languages: on a wide and on a
/// narrow screen, and as plain text.
/// </summary>
public sealed class MailImagesTests(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    private const string Fit = """
        async () => {
          const frames = [...document.querySelectorAll('iframe')];
          await Promise.all(frames.map(f => f.contentDocument.readyState === 'complete' && f.contentDocument.body.children.length > 0 ? null : new Promise(done => f.onload = done)));
          frames.forEach(f => f.style.height = f.contentDocument.documentElement.scrollHeight + 'px');
          return frames.filter(f => f.contentDocument.documentElement.scrollWidth > f.clientWidth).map(f => f.title);
        }
        """;

    private static readonly string? _folder = Environment.GetEnvironmentVariable("DEALERPORTAL_MAIL_IMAGES");

    [Fact]
    public async Task EveryMail_FitsANarrowScreen_AndIsDrawnWhereAskedFor()
    {
        await using var context = await browser.Browser.NewContextAsync(new() { ViewportSize = new() { Width = 1700, Height = 900 } });
        var page = await context.NewPageAsync();
        var mails = await MailsAsync("de");
        await page.SetContentAsync(string.Concat(mails.Select(mail => Frame(mail.Name, mail.Content.Html, 320))));
        var tooWide = await page.EvaluateAsync<string[]>(Fit);
        if (_folder is not null)
            await DrawAsync(page, _folder);
        Assert.Empty(tooWide);
    }

    private static async Task DrawAsync(IPage page, string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (var language in (string[])["fr", "nl"])
        {
            foreach (var mail in await MailsAsync(language))
            {
                await page.SetContentAsync($"""
                    <body style="margin:16px;font:14px sans-serif;background:#fff"><h1 style="font-size:18px">{WebUtility.HtmlEncode($"{mail.Name} ({language}): {mail.Subject}")}</h1>
                    <div style="display:flex;gap:16px;align-items:flex-start">{Frame(mail.Name, mail.Content.Html, 720)}{Frame(mail.Name, mail.Content.Html, 320)}<pre style="margin:0;font-size:12px">{WebUtility.HtmlEncode(mail.Content.Text)}</pre></div></body>
                    """);
                await page.EvaluateAsync<string[]>(Fit);
                await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{mail.Name}-{language}.png"), FullPage = true });
            }
        }
    }

    private static string Frame(string title, string html, int width) =>
        $"""<iframe title="{title}" style="flex:none;border:0;width:{width}px;height:100px" srcdoc="{WebUtility.HtmlEncode(html)}"></iframe>""";

    /// <summary>A sample of each class, and some that tell several news.</summary>
    private static async Task<IReadOnlyList<(string Name, string Subject, MailContent Content)>> MailsAsync(string language)
    {
        await using var bench = await MailBench.CreateAsync(new Dictionary<string, string?>
        {
            ["Mail:GatherFor"] = "00:01:00",
            ["Mail:Inbound:Host"] = "localhost",
            ["Mail:Inbound:User"] = "portal",
            ["Mail:Inbound:Address"] = "reply@dealerportal.example",
        });
        await bench.AddDossierAsync();
        var to = MailSamples.Recipient with { Language = language, UserId = 1 };
        var mails = MailSamples.Classes.OrderBy(type => type.Name, StringComparer.Ordinal).Select(type => bench.Queue.Render(MailSamples.Of(type.Name), to))
            .Select(mail => (mail.Kind, mail.Subject, mail.Content)).ToList();
        var protection = bench.Database.Services.GetRequiredService<IDataProtectionProvider>();
        await bench.EnqueueAsync(new RepairOrderReceived(MailSamples.Dossier with { ServiceOrderNumber = "R-4711" }, null), to);
        await bench.EnqueueAsync(MailSamples.Appointment(0), to);
        await bench.EnqueueAsync(MailSamples.Appointment(1, "Rue de la Démo 14, 4000 Liège"), to);
        var news = await bench.OnlyRowAsync();
        mails.Add(("Gathered", news.Subject, MailContent.Read(news, protection)!));
        await bench.EnqueueAsync(new DossierQuestion(MailSamples.Dossier, "Pouvez-vous joindre la preuve d’achat ?"), to);
        var question = await bench.OnlyRowAsync();
        mails.Add(("GatheredQuestion", question.Subject, MailContent.Read(question, protection)!));
        return mails;
    }
}
