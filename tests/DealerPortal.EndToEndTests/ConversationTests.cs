using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using MimeKit;
using static Microsoft.Playwright.Assertions;

namespace DealerPortal.EndToEndTests;

/// <summary>A repair from sending to «completed»: a dealer and two agents in browsers of their own, a service centre's machine, and every mail as it was sent.</summary>
public sealed class ConversationTests(BrowserFixture browser, OwnDemoPortal demo) : IClassFixture<BrowserFixture>, IClassFixture<OwnDemoPortal>
{
    private const string Reference = "CONVERSATION-1";
    private static readonly TimeSpan _eventToMail = TimeSpan.FromSeconds(5);
    private readonly Inspection _look = new(scripts: true);

    private PortalRun Portal => demo.Portal;

    [Fact]
    public async Task A_repair_from_sending_to_completed()
    {
        await using var dealerContext = await NewContextAsync();
        await using var agentContext = await NewContextAsync();
        await using var colleagueContext = await NewContextAsync();
        var (dealer, agent, colleague) = (await dealerContext.NewPageAsync(), await agentContext.NewPageAsync(), await colleagueContext.NewPageAsync());
        await dealer.SignInAsDealerAsync();
        await Portal.SignInAsSupportAsync(agent);
        await Portal.SignInAsStaffAsync(colleague, PortalRun.AdministratorLogin);

        var number = await FileAsync(dealer);
        await ReadAsync(number, "nous avons reçu votre demande", Reference);

        await TakeAsync(agent, number);
        await AskAsync(agent);
        await ReplyAsync(dealer, await ReadAsync(number, "votre réponse est attendue", "Quelle est la date d’achat ?"));
        await AnswerTogetherAsync(agent, colleague, dealer, number);
        await ReadAsync(number, "le support vous a répondu", "La commande part aujourd’hui.");

        using var machine = await MachineAsync(colleague);
        await ReportAsync(machine, number, "ORDER-RECEIVED", "le centre de service a reçu la commande", "Arrivée à l’atelier.");
        await AppointAsync(agent, dealer, number);
        await ReportAsync(machine, number, "COMPLETED", "la réparation est terminée", "La pompe est remplacée.");
        await CompleteAsync(agent, dealer, number);

        await ReadMailboxAsync(dealer, number);
    }

    private static async Task<string> FileAsync(IPage dealer)
    {
        await dealer.GotoAsync("/dossiers/new/repair");
        await dealer.Locator("#ModelCode").FillAsync("LW90T554/BE");
        await dealer.Locator("#SerialNumber").FillAsync("8F1M5AB1800045N");
        await dealer.Locator("#Sold-no").CheckAsync();
        await dealer.Locator("#Location").CheckAsync();
        await dealer.Locator("#Description").FillAsync("L’eau n’est pas évacuée.");
        await dealer.Locator("#Reference").FillAsync(Reference);
        await dealer.Locator("#Confirm").CheckAsync();
        return await dealer.SendAsync();
    }

    /// <summary>From the queue, where the newest stands first, to the dossier's own page.</summary>
    private async Task TakeAsync(IPage agent, string number)
    {
        await agent.GotoAsync("/admin?waits=support&sort=newest");
        await agent.Locator("tbody a.key", new() { HasText = number }).ClickAsync();
        await Expect(agent.Locator("h1")).ToContainTextAsync(number);
        await Expect(agent.Locator(".leaf span")).ToHaveTextAsync(new Regex(@"^\d+ sur \d+$"));
        await agent.Locator("#Answer_Text").FillAsync("Commencé, pas encore envoyé.");
        await agent.Locator("button[form=assign-me]").ClickAsync();
        await Expect(agent.Locator(".timeline")).ToContainTextAsync("Attribué à Alex");
        // The other forms of the page leave what is being written.
        await Expect(agent.Locator("#Answer_Text")).ToHaveValueAsync("Commencé, pas encore envoyé.");
        await agent.Locator("#Answer_Text").FillAsync("");
        await _look.AtAsync(agent, "conversation-taken");
    }

    private static async Task AskAsync(IPage agent)
    {
        await agent.Locator("#Answer_Text").FillAsync("Quelle est la date d’achat ?");
        await agent.Locator("#answer button[value=wait]").ClickAsync();
        await Expect(agent.Locator("h1 + .lead-line")).ToContainTextAsync("Attend le dealer");
        await Expect(agent.Locator(".leaf span")).ToContainTextAsync("Sorti de la liste");
    }

    /// <summary>By the mail's one link.</summary>
    private async Task ReplyAsync(IPage dealer, MimeMessage question)
    {
        await dealer.GotoAsync(LinkOf(question));
        await Expect(dealer.Locator(".timeline")).ToContainTextAsync("Quelle est la date d’achat ?");
        await _look.AtAsync(dealer, "conversation-asked");
        await dealer.Locator("#Message_Text").FillAsync("Achetée le 3 novembre, ticket joint.");
        await dealer.Locator("#message input[type=file]").SetInputFilesAsync(DealerPage.Photo("ticket.jpg"));
        await dealer.Locator("#message .btn-primary").ClickAsync();
        await Expect(dealer.Locator(".timeline")).ToContainTextAsync("ticket joint");
    }

    /// <summary>Two agents and the dealer at once: each sees the other, and nobody's words are lost.</summary>
    private async Task AnswerTogetherAsync(IPage agent, IPage colleague, IPage dealer, string number)
    {
        await agent.GotoAsync($"/admin/dossiers/{number}");
        await agent.Locator("#Answer_Text").FillAsync("La commande part aujourd’hui.");
        await colleague.GotoAsync($"/admin/dossiers/{number}");
        await Expect(colleague.Locator("#presence")).ToContainTextAsync("Alex");
        await Expect(agent.Locator("#presence")).ToContainTextAsync("Dominique");

        await colleague.Locator("#Status_To").SelectOptionAsync("WaitingForDealer");
        await colleague.Locator("#Status_Text").FillAsync("Et le numéro de facture ?");
        await colleague.Locator("#status button").ClickAsync();
        await Expect(colleague.Locator(".timeline")).ToContainTextAsync("Et le numéro de facture ?");
        await ReadAsync(number, "votre réponse est attendue", "Et le numéro de facture ?");

        // The agent's page is older than that: what was written stays, with what happened meanwhile.
        await agent.Locator("#answer button[value=complete]").ScrollIntoViewIfNeededAsync();
        await agent.Locator("#Answer_Resolution").SelectOptionAsync("Answered");
        var refused = await agent.RunAndWaitForResponseAsync(
            () => agent.Locator("#answer button[value=complete]").ClickAsync(), response => response.Request.Method == "POST" && response.Url.Contains("/answer", StringComparison.Ordinal));
        Assert.Equal(409, refused.Status);
        await Expect(agent.Locator("#Answer_Text")).ToHaveValueAsync("La commande part aujourd’hui.");
        await Expect(agent.Locator("main")).ToContainTextAsync("Et le numéro de facture ?");
        await _look.AtAsync(agent, "conversation-conflict");

        await dealer.ReloadAsync();
        await dealer.Locator("#Message_Text").FillAsync("Facture 2026-118.");
        await dealer.Locator("#message .btn-primary").ClickAsync();
        await Expect(dealer.Locator(".timeline")).ToContainTextAsync("Facture 2026-118.");
        await agent.Locator("#answer button[value=stay]").ClickAsync();
        await Expect(agent.Locator(".timeline")).ToContainTextAsync("Facture 2026-118.");
        await Expect(agent.Locator(".timeline")).ToContainTextAsync("La commande part aujourd’hui.");
    }

    /// <summary>A key as the administrator gets it to see, once.</summary>
    private async Task<HttpClient> MachineAsync(IPage administrator)
    {
        await administrator.GotoAsync("/admin/service-centres/1");
        await administrator.Locator("#keys form[action$='/keys'] button").ClickAsync();
        var key = await administrator.Locator("#secret").InputValueAsync();
        await administrator.ReloadAsync();
        await Expect(administrator.Locator("#secret")).ToHaveCountAsync(0);
        var machine = new HttpClient { BaseAddress = new Uri(Portal.BaseUrl) };
        machine.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return machine;
    }

    /// <summary>From the machine's report to the mail within seconds.</summary>
    private async Task ReportAsync(HttpClient machine, string number, string code, string subject, string text)
    {
        var clock = Stopwatch.StartNew();
        using var answer = await machine.PostAsJsonAsync($"/api/v1/dossiers/{number}/events", new
        {
            eventId = $"{number}-{code}",
            code,
            occurredAt = DateTime.UtcNow.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
            orderNumber = "R-2611",
            text,
        });
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        await ReadAsync(number, subject, text);
        Console.WriteLine($"From the report {code} to its mail: {clock.ElapsedMilliseconds} ms");
        Assert.True(clock.Elapsed < _eventToMail, $"The mail about {code} took {clock.Elapsed}.");
    }

    private async Task AppointAsync(IPage agent, IPage dealer, string number)
    {
        await agent.GotoAsync($"/admin/dossiers/{number}");
        await Expect(agent.Locator("main")).ToContainTextAsync("R-2611");
        await agent.ScheduleAsync(new DateOnly(2027, 1, 12), "08:00", "12:00");
        await Expect(agent.Locator(".timeline")).ToContainTextAsync("12 janvier 2027");
        var mail = await ReadAsync(number, "rendez-vous confirmé", "12 janvier 2027");
        Assert.Contains(mail.Attachments.OfType<MimePart>(), part => part.FileName?.EndsWith(".ics", StringComparison.Ordinal) == true);
        await dealer.ReloadAsync();
        await Expect(dealer.Locator(".appointment")).ToContainTextAsync("12 janvier 2027");
    }

    private async Task CompleteAsync(IPage agent, IPage dealer, string number)
    {
        await agent.ReloadAsync();
        await Expect(agent.Locator("h1 + .lead-line")).ToContainTextAsync("Réparation terminée");
        await agent.Locator("#Answer_Text").FillAsync("Votre lave-linge est réparé.");
        await agent.Locator("#Answer_Resolution").SelectOptionAsync("Accepted");
        await agent.Locator("#answer button[value=complete]").ClickAsync();
        await Expect(agent.Locator("h1 + .lead-line")).ToContainTextAsync("Terminé");
        await ReadAsync(number, "votre demande est terminée", "Votre lave-linge est réparé.");

        await dealer.ReloadAsync();
        await Expect(dealer.Locator(".lead-line")).ToContainTextAsync("Terminé");
        foreach (var text in (string[])["Réparation terminée", "La pompe est remplacée.", "Votre lave-linge est réparé.", "ticket joint"])
            await Expect(dealer.Locator(".timeline")).ToContainTextAsync(text);
        await Expect(dealer.Locator("main")).Not.ToContainTextAsync("Attribué");
        await _look.AtAsync(dealer, "conversation-completed");
        await dealer.GotoAsync($"/dossiers?status=Completed&q={Reference}");
        await Expect(dealer.Locator("tbody a.key")).ToHaveTextAsync([number]);
    }

    /// <summary>Nothing was sent that was not read above, and nothing twice.</summary>
    private static async Task ReadMailboxAsync(IPage page, string number)
    {
        string[] subjects =
        [
            "nous avons reçu votre demande", "votre réponse est attendue", "votre réponse est attendue", "le support vous a répondu",
            "le centre de service a reçu la commande", "rendez-vous confirmé", "la réparation est terminée", "votre demande est terminée",
        ];
        await page.GotoAsync("/dev/mailbox");
        var rows = page.Locator("main li").Filter(new() { HasText = number });
        await Expect(rows).ToHaveCountAsync(subjects.Length);
        var listed = string.Join('\n', await rows.AllInnerTextsAsync());
        foreach (var group in subjects.GroupBy(subject => subject))
            Assert.Equal(group.Count(), Regex.Count(listed, Regex.Escape(group.Key)));
    }

    /// <summary>The mail that the dealer got: both bodies say the same, and lead to the dossier and nowhere else.</summary>
    private async Task<MimeMessage> ReadAsync(string number, string subject, string text)
    {
        var mail = await Portal.MailAsync(DealerPage.Jean, m => m.Subject!.StartsWith(number, StringComparison.Ordinal) && m.Subject.Contains(subject, StringComparison.Ordinal) && m.TextBody!.Contains(text, StringComparison.Ordinal));
        Assert.Contains(text, WebUtility.HtmlDecode(mail.HtmlBody!), StringComparison.Ordinal);
        Assert.EndsWith($"/dossiers/{number}", LinkOf(mail), StringComparison.Ordinal);
        return mail;
    }

    private string LinkOf(MimeMessage mail) => Assert.Single(
        Regex.Matches(mail.TextBody!, @"https?://\S+/dossiers/\S+").Select(match => match.Value).Distinct(), link => link.StartsWith(Portal.BaseUrl, StringComparison.Ordinal));

    private async Task<IBrowserContext> NewContextAsync()
    {
        var context = await browser.Browser.NewContextAsync(new() { BaseURL = Portal.BaseUrl, Locale = "fr-BE" });
        context.SetDefaultTimeout(30_000);
        return context;
    }
}
