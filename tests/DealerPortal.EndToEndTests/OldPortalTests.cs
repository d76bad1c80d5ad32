using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DealerPortal.EndToEndTests;

/// <summary>A weekend: support brings an old portal's organisations, members and open dossiers, and a member goes on where they were.</summary>
public sealed partial class OldPortalTests(BrowserFixture browser, OwnDemoPortal demo) : IClassFixture<BrowserFixture>, IClassFixture<OwnDemoPortal>
{
    private const string Invited = "nouvelle.demo@electro-weekend.example";
    private const string Organisations = """
        Nom;Numéro de TVA;Numéro client;Rue et numéro;Code postal;Localité
        Électro Week-end;BE 0998.765.448;W-1;Rue de la Démo 1;4000;Liège
        Électro Week-end;BE 0998.765.448;;Rue de la Démo 2;5000;Namur
        Sans TVA;BE 1;;Rue de la Démo 3;4000;Liège
        """;

    private const string Members = $"""
        Organisation;E-mail;Prénom;Nom;Rôle;Langue
        W-1;{Invited};Nouvelle;Démo;Administrateur;fr
        """;

    private const string Dossiers = $"""
        Organisation;Ancien numéro;Type;Introduit le;Statut;Code modèle;Description;Code postal du point de vente;E-mail du propriétaire;Nom du consommateur
        W-1;ANC-2026-4711;Réparation;02/10/2026;En traitement;LW90T554/BE;L’appareil ne démarre plus.;5000;{Invited};Cliente Démo
        W-1;ANC-2026-4712;Question générale;05/10/2026;Reçu;;Quand revenez-vous ?;;{Invited};
        """;

    [Fact]
    public async Task From_three_files_to_a_member_who_finds_their_dossier_by_its_old_number()
    {
        await using var agentContext = await NewContextAsync();
        await using var dealerContext = await NewContextAsync();
        var (agent, dealer) = (await agentContext.NewPageAsync(), await dealerContext.NewPageAsync());
        await demo.Portal.SignInAsSupportAsync(agent);

        // One row is bad: it is named and downloaded, and the others go in.
        await UploadAsync(agent, "Organisations", "organisations.csv", Organisations);
        await Expect(agent.Locator("[aria-labelledby=faults]")).ToContainTextAsync("BE 1");
        var download = await agent.RunAndWaitForDownloadAsync(() => agent.Locator("a[href$='/faults']").ClickAsync());
        Assert.Contains("BE 1", await File.ReadAllTextAsync(await download.PathAsync()), StringComparison.Ordinal);
        await new Inspection(scripts: true).AtAsync(agent, "old-portal-preview");
        await ConfirmAsync(agent);
        await Expect(agent.Locator("#sum")).ToContainTextAsync("Lignes reprises : 2");

        await UploadAsync(agent, "Members", "membres.csv", Members);
        await ConfirmAsync(agent);
        await UploadAsync(agent, "Dossiers", "dossiers.csv", Dossiers);
        await ConfirmAsync(agent);
        await Expect(agent.Locator("#sum")).ToContainTextAsync("Lignes reprises : 2");
        await new Inspection(scripts: true).AtAsync(agent, "old-portal-written");

        // The invited person takes their place and finds the dossier.
        await dealer.GotoAsync(await InvitationAsync());
        await dealer.Locator("#Phone").FillAsync("04 000 00 12");
        await dealer.Locator("#Password").FillAsync("parasol tartine 48 !");
        await dealer.Locator("#PasswordRepeated").FillAsync("parasol tartine 48 !");
        await dealer.Locator("#invited .btn-primary").ClickAsync();
        await Expect(dealer.Locator("main")).ToContainTextAsync("Électro Week-end");
        await dealer.GotoAsync("/dossiers?q=anc-2026-4711");
        await dealer.Locator("main a[href^='/dossiers/26-']").First.ClickAsync();
        await Expect(dealer).ToHaveURLAsync(DealerPage.DossierUrl());
        await Expect(dealer.Locator("main")).ToContainTextAsync("ANC-2026-4711");
        await Expect(dealer.Locator("main")).ToContainTextAsync("L’appareil ne démarre plus.");
        await Expect(dealer.Locator(".timeline")).ToContainTextAsync("Repris de l’ancien portail");

        // What nothing depends on can be taken back.
        await UploadAsync(agent, "Dossiers", "encore.csv", Dossiers.Replace("ANC-2026-47", "ANC-2026-99", StringComparison.Ordinal));
        await ConfirmAsync(agent);
        await agent.Locator("#undo button").ClickAsync();
        await agent.ResultAsync("#sum");
        await Expect(agent.Locator("#sum")).ToContainTextAsync("retirés");
        await dealer.GotoAsync("/dossiers?q=anc-2026-9911");
        await Expect(dealer.Locator("main a[href^='/dossiers/26-']")).ToHaveCountAsync(0);
    }

    private static async Task UploadAsync(IPage agent, string kind, string name, string content)
    {
        await agent.GotoAsync("/admin/organisations/imports");
        await agent.Locator($"input[name=Kind][value={kind}]").CheckAsync();
        await agent.Locator("#File").SetInputFilesAsync(new FilePayload { Name = name, MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(content) });
        await agent.Locator("#upload .btn-primary").ClickAsync();
        await agent.ResultAsync("#confirm button");
    }

    private static async Task ConfirmAsync(IPage agent)
    {
        await agent.Locator("#confirm button").ClickAsync();
        await agent.ResultAsync("#undo button");
    }

    private async Task<string> InvitationAsync()
    {
        var mail = await demo.Portal.MailAsync(Invited, message => InvitationLink().IsMatch(message.TextBody ?? ""));
        return InvitationLink().Match(mail.TextBody!).Value;
    }

    [GeneratedRegex(@"/invitation/member\?token=[\w-]+", RegexOptions.NonBacktracking)]
    private static partial Regex InvitationLink();

    private async Task<IBrowserContext> NewContextAsync()
    {
        var context = await browser.Browser.NewContextAsync(new() { BaseURL = demo.Portal.BaseUrl, Locale = "fr-BE" });
        context.SetDefaultTimeout(30_000);
        return context;
    }
}
