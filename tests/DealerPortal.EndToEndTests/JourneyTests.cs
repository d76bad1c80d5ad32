using System.Text.RegularExpressions;
using ImageMagick;
using Microsoft.Playwright;
using MimeKit;
using static Microsoft.Playwright.Assertions;

namespace DealerPortal.EndToEndTests;

/// <summary>
/// The main job, whole, on a fresh portal: a dealer registers, files a repair request, support handles it, the dealer
/// follows it, a colleague joins.
/// </summary>
public sealed partial class JourneyTests(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    private const string Dealer = "camille.essai@nouveau-magasin.example";
    private const string Colleague = "robin.essai@nouveau-magasin.example";
    private const string Password = "une phrase de passe bien longue";
    private const string Organisation = "Nouveau Magasin Démo SRL";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_dealer_registers_files_a_repair_request_and_follows_it(bool scripts)
    {
        await using var portal = await PortalRun.StartAsync();
        var look = new Inspection(scripts);
        await using var dealerContext = await NewContextAsync(portal, scripts);
        var dealer = await dealerContext.NewPageAsync();

        await RegisterAsync(portal, dealer, Dealer, look);
        await CreateOrganisationAsync(dealer, look);
        var number = await FileRepairRequestAsync(dealer, scripts, look);
        await FindInListAsync(dealer, number, look);
        await HandleAsync(portal, scripts, number, look);
        await ReadAnswerAsync(portal, dealer, number, look);
        await LetColleagueInAsync(portal, dealer, scripts, number, look);
    }

    private async Task<IBrowserContext> NewContextAsync(PortalRun portal, bool scripts)
    {
        var context = await browser.Browser.NewContextAsync(new() { BaseURL = portal.BaseUrl, Locale = "fr-BE", JavaScriptEnabled = scripts });
        context.SetDefaultTimeout(15_000);
        return context;
    }

    private static async Task RegisterAsync(PortalRun portal, IPage page, string address, Inspection look)
    {
        await page.GotoAsync("/sign-in");
        await look.AtAsync(page, "sign-in");
        await page.GetByRole(AriaRole.Link, new() { Name = "Enregistrer un nouvel utilisateur" }).ClickAsync();
        await page.GetByLabel("Adresse mail").FillAsync(address);
        await look.AtAsync(page, "register");
        await page.GetByRole(AriaRole.Button, new() { Name = "Recevoir le code" }).ClickAsync();

        var mail = await portal.MailAsync(address, m => Code().IsMatch(m.TextBody ?? ""));
        await page.GetByLabel("Code de vérification").FillAsync(Code().Match(mail.TextBody!).Value);
        await look.AtAsync(page, "register-code");
        await page.GetByRole(AriaRole.Button, new() { Name = "Vérifier le code" }).ClickAsync();
    }

    private static async Task FillPersonAsync(IPage page, string firstName)
    {
        await page.GetByLabel("Prénom").FillAsync(firstName);
        await page.GetByLabel("Nom de famille").FillAsync("Essai");
        await page.GetByLabel("Numéro de téléphone").FillAsync("+32 4 000 00 77");
        await page.Locator("#Password").FillAsync(Password);
        await page.Locator("#PasswordRepeated").FillAsync(Password);
    }

    private static async Task CreateOrganisationAsync(IPage page, Inspection look)
    {
        await page.Locator("#org").FillAsync("nouveau magasin");
        await page.GetByRole(AriaRole.Button, new() { Name = "Chercher", Exact = true }).ClickAsync();
        await look.AtAsync(page, "register-organisation");
        await page.GetByRole(AriaRole.Link, new() { Name = "Mon organisation n’est pas dans la liste" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Créer" }).ClickAsync();
        await page.Locator("#Vat").FillAsync("BE 0999.001.020");
        await page.Locator("#Name").FillAsync(Organisation);
        await page.GetByLabel("Rue et numéro").FillAsync("Rue de l’Essai 1");
        await page.GetByLabel("Code postal").FillAsync("5000");
        await page.GetByLabel("Localité").FillAsync("Namur");
        await page.GetByLabel("Téléphone du magasin").FillAsync("+32 4 000 00 78");
        await FillPersonAsync(page, "Camille");
        await look.AtAsync(page, "register-create");
        await page.GetByRole(AriaRole.Button, new() { Name = "Créer l’organisation" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("Camille");
        await look.AtAsync(page, "home-empty");
    }

    private static async Task<string> FileRepairRequestAsync(IPage page, bool scripts, Inspection look)
    {
        await page.GotoAsync("/dossiers/new");
        await look.AtAsync(page, "new-dossier");
        await page.GetByRole(AriaRole.Link, new() { Name = "Demande de réparation" }).ClickAsync();
        if (scripts)
        {
            await page.Locator("#ModelCode").PressSequentiallyAsync("LW90");
            await page.GetByRole(AriaRole.Option).First.ClickAsync();
            await Expect(page.Locator("#offer")).ToContainTextAsync("à domicile");
        }
        else
        {
            await page.GetByRole(AriaRole.Button, new() { Name = "Choisir un modèle dans le catalogue" }).ClickAsync();
            await page.GetByLabel("Début du code modèle").FillAsync("LW90");
            await page.GetByRole(AriaRole.Button, new() { Name = "Chercher", Exact = true }).ClickAsync();
            await look.AtAsync(page, "pick-model");
            await page.GetByRole(AriaRole.Button, new() { NameRegex = PickModel() }).First.ClickAsync();
            await Expect(page.Locator("#offer")).ToContainTextAsync("à domicile");
        }

        await page.Locator("#SerialNumber").FillAsync("7D6M5AB18OOO45N");
        await page.GetByLabel("Oui", new() { Exact = true }).CheckAsync();
        await page.Locator("#Files").SetInputFilesAsync([DealerPage.Photo("facade.jpg", MagickColors.SteelBlue), DealerPage.Photo("plaque.jpg", MagickColors.DarkSeaGreen)]);
        if (!scripts)
            await page.GetByRole(AriaRole.Button, new() { Name = "Enregistrer le brouillon" }).Last.ClickAsync();
        await Expect(page.Locator("#tiles .tile img")).ToHaveCountAsync(2);
        await Expect(page.Locator("[data-draft-status]")).ToContainTextAsync("Brouillon enregistré");

        await page.ReloadAsync();
        // A save that was under way has arrived, and the page shows it.
        if (scripts)
            await page.WaitForFunctionAsync("() => document.readyState === 'complete' && !Object.keys(sessionStorage).some(key => key.startsWith('draft:'))");
        await Expect(page.Locator("#ModelCode")).ToHaveValueAsync(ModelValue());
        await Expect(page.Locator("#SerialNumber")).ToHaveValueAsync("7D6M5AB18OOO45N");
        await Expect(page.Locator("#tiles .tile img")).ToHaveCountAsync(2);

        await look.AtAsync(page, "repair-request");
        await page.GetByRole(AriaRole.Button, new() { Name = "Envoyer la demande" }).ClickAsync();
        await Expect(page).ToHaveTitleAsync(ErrorTitle());
        await Expect(page.Locator(".error-summary li")).Not.ToHaveCountAsync(0);
        await Expect(page.Locator("#tiles .tile img")).ToHaveCountAsync(2);
        await look.AtAsync(page, "repair-request-errors");

        await page.Locator("#Location").CheckAsync();
        await page.Locator("#BranchId").SelectOptionAsync(new SelectOptionValue { Index = 0 });
        await page.Locator("#Description").FillAsync("Code 5C après dix minutes : l’eau n’est pas évacuée.");
        await page.Locator("#Reference").FillAsync("COMPTOIR-001");
        await page.Locator("#Confirm").CheckAsync();
        await look.AtAsync(page, "repair-request-corrected");
        await page.GetByRole(AriaRole.Button, new() { Name = "Envoyer la demande" }).ClickAsync();

        await Expect(page).ToHaveURLAsync(DealerPage.DossierUrl());
        await look.AtAsync(page, "dossier-sent");
        await Expect(page.Locator("main")).ToContainTextAsync("COMPTOIR-001");
        return page.Url[(page.Url.LastIndexOf('/') + 1)..];
    }

    private static async Task FindInListAsync(IPage page, string number, Inspection look)
    {
        await page.GotoAsync("/dossiers?q=comptoir-001");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = number })).ToBeVisibleAsync();
        await look.AtAsync(page, "dossiers");
        await page.GotoAsync("/dossiers?q=introuvable");
        await look.AtAsync(page, "dossiers-none");
    }

    private async Task HandleAsync(PortalRun portal, bool scripts, string number, Inspection look)
    {
        await using var context = await NewContextAsync(portal, scripts);
        var page = await context.NewPageAsync();
        await portal.SignInAsSupportAsync(page);
        await page.GotoAsync("/admin");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = number })).ToBeVisibleAsync();
        await look.AtAsync(page, "admin-dossiers");
        await page.GotoAsync($"/admin/dossiers/{number}");
        await look.AtAsync(page, "admin-dossier");

        await page.AnswerAsync("La commande part au centre de service aujourd’hui.");
        await Expect(page.Locator(".timeline")).ToContainTextAsync("La commande part au centre de service");
        await page.ScheduleAsync(new DateOnly(2027, 1, 12), "08:00", "12:00");
        await Expect(page.Locator(".timeline")).ToContainTextAsync("12 janvier 2027");
        await look.AtAsync(page, "admin-dossier-handled");
    }

    private static async Task ReadAnswerAsync(PortalRun portal, IPage page, string number, Inspection look)
    {
        var answer = await portal.MailAsync(Dealer, m => m.Subject!.Contains(number, StringComparison.Ordinal) && m.TextBody!.Contains("centre de service aujourd’hui", StringComparison.Ordinal));
        Assert.Contains(number, answer.HtmlBody!, StringComparison.Ordinal);
        var appointment = await portal.MailAsync(Dealer, m => m.Attachments.OfType<MimePart>().Any(part => part.FileName?.EndsWith(".ics", StringComparison.Ordinal) == true));
        Assert.Contains("12 janvier 2027", appointment.TextBody, StringComparison.Ordinal);

        await page.GotoAsync($"/dossiers/{number}");
        await Expect(page.Locator(".timeline")).ToContainTextAsync("La commande part au centre de service");
        await Expect(page.Locator(".appointment")).ToContainTextAsync("12 janvier 2027");
        await look.AtAsync(page, "dossier");
        await page.GotoAsync("/");
        await look.AtAsync(page, "home");
    }

    private async Task LetColleagueInAsync(PortalRun portal, IPage administrator, bool scripts, string number, Inspection look)
    {
        await using var context = await NewContextAsync(portal, scripts);
        var page = await context.NewPageAsync();
        await RegisterAsync(portal, page, Colleague, look);
        await page.Locator("#org").FillAsync("nouveau magasin");
        await page.GetByRole(AriaRole.Button, new() { Name = "Chercher", Exact = true }).ClickAsync();
        await page.GetByLabel(Organisation).CheckAsync();
        await FillPersonAsync(page, "Robin");
        await page.GetByRole(AriaRole.Button, new() { Name = "Envoyer ma demande" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/pending$"));
        await look.AtAsync(page, "pending");
        await page.GotoAsync("/dossiers");
        await Expect(page).ToHaveURLAsync(new Regex("/pending$"));

        var request = await portal.MailAsync(Dealer, m => m.TextBody!.Contains(Colleague, StringComparison.Ordinal));
        Assert.Contains("/account/users/", request.TextBody, StringComparison.Ordinal);
        await administrator.GotoAsync("/account/users");
        await look.AtAsync(administrator, "users");
        await administrator.GetByRole(AriaRole.Button, new() { Name = "Approuver" }).ClickAsync();
        await portal.MailAsync(Colleague, m => m.Subject == $"Vous êtes membre de {Organisation}");

        // A new session has its rights at once; how fast an old one gets them is tested where the clock can be moved.
        await context.ClearCookiesAsync();
        await page.SignInAsDealerAsync(Colleague, Password);
        await page.GotoAsync("/dossiers");
        await Expect(page).ToHaveURLAsync(new Regex("/dossiers$"));
        await Expect(page.Locator("main")).Not.ToContainTextAsync(number);
        await look.AtAsync(page, "colleague-dossiers");
        var refused = await page.GotoAsync($"/dossiers/{number}");
        Assert.Equal(404, refused!.Status);
    }

    [GeneratedRegex(@"\b\d{6}\b")]
    private static partial Regex Code();

    [GeneratedRegex("^Choisir LW90")]
    private static partial Regex PickModel();

    [GeneratedRegex("^LW90")]
    private static partial Regex ModelValue();

    [GeneratedRegex("^Erreur")]
    private static partial Regex ErrorTitle();
}
