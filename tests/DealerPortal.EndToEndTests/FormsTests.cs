using System.Globalization;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DealerPortal.EndToEndTests;

/// <summary>Every form beside the repair request, from the overview to its dossier: one invalid send, one file, and what was typed is kept.</summary>
public sealed class FormsTests(BrowserFixture browser, DemoPortal demo) : IClassFixture<BrowserFixture>, IClassFixture<DemoPortal>
{
    /// <param name="Title">As the overview names it.</param>
    /// <param name="Slots">Where files are chosen, one each.</param>
    /// <param name="First">What is typed before the invalid send.</param>
    /// <param name="Rest">What that send lacked.</param>
    /// <param name="Shows">On the dossier's page.</param>
    private sealed record Form(string Slug, string Title, string[] Slots, Func<IPage, Task> First, Func<IPage, Task> Rest, string[] Shows);

    private static readonly Form[] Forms =
    [
        new("technical-question", "Question technique", ["Files"],
            page => page.Locator("#Subject").FillAsync("Filtre"),
            page => page.Locator("#Question").FillAsync("Où se trouve le filtre ?"),
            ["Filtre", "Où se trouve le filtre ?"]),
        new("credit-question", "Information notes de crédit", ["Files"],
            page => page.Locator("#GrmsNumber").FillAsync("gr2611-00042"),
            page => page.Locator("#Question").FillAsync("Où en est ce crédit ?"),
            ["GR2611-00042", "Où en est ce crédit ?"]),
        new("general-question", "Question générale", ["Files"],
            page => page.Locator("#Subject").FillAsync("Horaires"),
            page => page.Locator("#Message").FillAsync("Êtes-vous ouverts le lundi ?"),
            ["Horaires", "Êtes-vous ouverts le lundi ?"]),
        new("missing-accessory", "Accessoire manquant", ["DeliveryNoteFile"],
            FillAccessoryAsync,
            async page =>
            {
                await page.Locator("#DeliverTo").CheckAsync();
                await page.Locator("#BranchId").SelectOptionAsync(new SelectOptionValue { Index = 0 });
            },
            ["4 × Pied réglable", "1 × Mode d’emploi"]),
        new("return-request", "Demande de retour", ["SerialPlate", "Fault"],
            async page =>
            {
                await page.Locator("#ModelCode").FillAsync("LW90E2");
                await page.Locator("#SerialNumber").FillAsync("8A1M5AB1800045N");
                await page.Locator("#Doa").CheckAsync();
                await page.Locator("#Damaged-no").CheckAsync();
                await page.Locator("#Sold-no").CheckAsync();
                await page.Locator("#BranchId").SelectOptionAsync(new SelectOptionValue { Index = 0 });
                await page.Locator("#ReadyFrom").FillAsync("2099-01-15");
            },
            page => page.Locator("#Description").FillAsync("Ne s’allume pas."),
            ["Ne s’allume pas.", "15 janvier 2099"]),
        new("technical-doa", "DOA technique", ["ProofOfPurchase", "SerialPlate", "Fault"],
            async page =>
            {
                await page.Locator("#ModelCode").FillAsync("TV55QD8");
                await page.Locator("#SerialNumber").FillAsync("8C4X3CD22000117");
                await page.Locator("#Sold").CheckAsync();
                await page.Locator("#PurchaseDate").FillAsync(Today.AddDays(-20).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
                await page.Locator("#Damaged-no").CheckAsync();
                await page.Locator("#Complete").CheckAsync();
                await page.Locator("#Description").FillAsync("Écran noir dès le premier allumage.");
                await page.Locator("#Accepted").CheckAsync();
            },
            page => page.Locator("#PurchaseDate").FillAsync(Today.AddDays(-3).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
            ["Écran noir dès le premier allumage.", "Acheté depuis 14 jours au plus : Remplie"]),
        new("appliance-pickup", "Enlèvement d’un appareil non réparable", ["Report"],
            async page =>
            {
                await page.Locator("#ModelCode").FillAsync("LW90E2");
                await page.Locator("#SerialNumber").FillAsync("8B1M5AB1800046N");
                await page.Locator("#BranchId").SelectOptionAsync(new SelectOptionValue { Label = "Quai du Modèle 3, 4020 Liège" });
                await Expect(page.Locator("#ContactName")).ToHaveValueAsync("Paul Gabarit (dépôt)");
                await page.Locator("#BranchId").SelectOptionAsync(new SelectOptionValue { Label = "Rue de la Démo 12, 4000 Liège" });
                await Expect(page.Locator("#ContactName")).ToHaveValueAsync("Claire Modèle");
                await page.Locator("#ReadyFrom").FillAsync("2099-01-15");
                await page.Locator("#ContactPhone").FillAsync("12");
            },
            page => page.Locator("#ContactPhone").FillAsync("+32 470 00 00 10"),
            ["Appareil non réparable", "15 janvier 2099", "Claire Modèle, +32 470 00 00 10", "lu–sa 9 h–18 h 30"]),
    ];

    /// <summary>In Brussels it may be tomorrow already, which the dates below leave room for.</summary>
    private static DateOnly Today => DateOnly.FromDateTime(DateTime.UtcNow);

    [Theory]
    [InlineData("technical-question", true)]
    [InlineData("credit-question", true)]
    [InlineData("general-question", true)]
    [InlineData("missing-accessory", true)]
    [InlineData("return-request", true)]
    [InlineData("technical-doa", true)]
    [InlineData("appliance-pickup", true)]
    [InlineData("missing-accessory", false)]
    [InlineData("return-request", false)]
    [InlineData("technical-doa", false)]
    public async Task A_form_is_filed_after_one_error_with_a_file(string slug, bool scripts)
    {
        var form = Forms.Single(f => f.Slug == slug);
        var look = new Inspection(scripts);
        await using var context = await browser.Browser.NewContextAsync(new() { BaseURL = demo.Portal.BaseUrl, Locale = "fr-BE", JavaScriptEnabled = scripts });
        context.SetDefaultTimeout(15_000);
        var page = await context.NewPageAsync();
        await page.SignInAsDealerAsync();

        await page.GotoAsync("/dossiers/new");
        await page.Locator("main").GetByRole(AriaRole.Link, new() { Name = form.Title, Exact = true }).ClickAsync();
        await form.First(page);
        foreach (var slot in form.Slots)
            await page.Locator($"#{slot}").SetInputFilesAsync(DealerPage.Photo($"{slot}.jpg"));
        if (scripts)
            await Expect(page.Locator(".tiles .tile img")).ToHaveCountAsync(form.Slots.Length);
        await page.Locator("form#dossier .btn-primary").ClickAsync();

        await Expect(page).ToHaveTitleAsync(new System.Text.RegularExpressions.Regex("^Erreur"));
        await Expect(page.Locator(".error-summary li")).ToHaveCountAsync(1);
        await Expect(page.Locator(".tiles .tile img")).ToHaveCountAsync(form.Slots.Length);
        await look.AtAsync(page, $"{slug}-error");

        await form.Rest(page);
        var number = await page.SendAsync();
        foreach (var text in form.Shows)
            await Expect(page.Locator("main")).ToContainTextAsync(text);
        await Expect(page.Locator("main .tile")).ToHaveCountAsync(form.Slots.Length);
        await look.AtAsync(page, $"{slug}-dossier");
        if (scripts)
            await LookAsSupportAsync(number, $"{slug}-admin", look);
    }

    [Fact]
    public async Task What_is_typed_before_the_scripts_came_is_saved_and_answered()
    {
        var arrival = new TaskCompletionSource();
        await using var context = await browser.Browser.NewContextAsync(new() { BaseURL = demo.Portal.BaseUrl, Locale = "fr-BE" });
        var page = await context.NewPageAsync();
        await page.SignInAsDealerAsync();
        await context.RouteAsync(new System.Text.RegularExpressions.Regex(@"/js/combo.*\.js"), async route =>
        {
            await arrival.Task;
            await route.ContinueAsync();
        });
        await page.GotoAsync("/dossiers/new/repair", new() { WaitUntil = WaitUntilState.Commit });

        await page.Locator("#ModelCode").FillAsync("LW90E2");
        Assert.False(await page.Locator("#ModelCode[role=combobox]").IsVisibleAsync());
        arrival.SetResult();

        await Expect(page.Locator("#offer .offer")).ToBeVisibleAsync();
        await Expect(page.Locator("[data-draft-status]")).ToContainTextAsync("Brouillon enregistré");
        await page.ReloadAsync();
        await Expect(page.Locator("#ModelCode")).ToHaveValueAsync("LW90E2");
    }

    /// <summary>On a phone, where a page has the least room.</summary>
    private async Task LookAsSupportAsync(string number, string name, Inspection look)
    {
        await using var context = await browser.Browser.NewContextAsync(new() { BaseURL = demo.Portal.BaseUrl, Locale = "fr-BE", ViewportSize = new() { Width = 320, Height = 800 } });
        var page = await context.NewPageAsync();
        await demo.Portal.SignInAsSupportAsync(page);
        await page.GotoAsync("/admin/dossiers/" + number);
        await look.AtAsync(page, name);
    }

    private static async Task FillAccessoryAsync(IPage page)
    {
        await page.Locator("#ModelCode").FillAsync("LW90E2");
        await page.Locator("[name='Lines[0].What']").FillAsync("Pied réglable");
        await page.Locator("[name='Lines[0].Quantity']").FillAsync("4");
        await page.GetByRole(AriaRole.Button, new() { Name = "Ajouter une ligne" }).ClickAsync();
        await Expect(page.Locator(".lines > li")).ToHaveCountAsync(2);
        await page.GetByRole(AriaRole.Button, new() { Name = "Ajouter une ligne" }).ClickAsync();
        await Expect(page.Locator(".lines > li")).ToHaveCountAsync(3);
        await page.Locator("[name='Lines[1].What']").FillAsync("Erreur");
        await page.Locator("[name='Lines[2].What']").FillAsync("Mode d’emploi");
        await page.GetByRole(AriaRole.Button, new() { Name = "Retirer la ligne 2" }).ClickAsync();
        await Expect(page.Locator(".lines > li")).ToHaveCountAsync(2);
        await Expect(page.Locator("[name='Lines[1].What']")).ToHaveValueAsync("Mode d’emploi");
        await Expect(page.Locator("[name='Lines[0].Quantity']")).ToHaveValueAsync("4");
        await page.Locator("#DeliveryDate").FillAsync("2026-01-15");
    }
}
