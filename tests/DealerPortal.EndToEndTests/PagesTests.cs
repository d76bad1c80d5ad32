using Microsoft.Playwright;

namespace DealerPortal.EndToEndTests;

/// <summary>What everybody and dealers see.</summary>
public sealed class DealerPagesTests(BrowserFixture browser, OwnDemoPortal demo) : PagesWalk(browser, demo), IClassFixture<BrowserFixture>, IClassFixture<OwnDemoPortal>
{
    protected override async Task WalkAsync(IPage page, string language)
    {
        await VisitAsync(page, language, ["/sign-in", "/register", "/password/forgot", "/help", "/help/registration", "/privacy", "/terms", "/no-such-page"]);
        await page.SignInAsDealerAsync();
        await SpeakAsync(page, language);
        await VisitAsync(page, language,
        [
            "/", "/dealercards", "/dealercards?language=all&goods=Mobile", "/dealercards?q=zzz", "/dossiers", "/dossiers?status=Completed&q=zzz", "/dossiers/new", "/consumer-assistance", "/announcements", "/announcements/1", "/announcements/3", "/help/repair", "/help/appliance-pickup",
            "/dossiers/new/repair", "/dossiers/new/missing-accessory", "/dossiers/new/return-request", "/dossiers/new/technical-doa", "/dossiers/new/large-appliance-pickup",
            "/dossiers/new/technical-question", "/dossiers/new/credit-question", "/dossiers/new/general-question",
            "/credits", "/credits?q=zzz", "/credits/DEMO-2611-0007", "/account", "/account/mails", "/account/sessions", "/account/email", "/account/data", "/account/delete", "/account/users", "/account/users/invite", "/account/branches", "/account/organisations", "/account/organisations/1/leave", "/register/organisation", "/figures", "/figures?period=12&type=CreditQuestion", "/exports", "/dossiers/views", "/dossiers/views?save=%3Fopen%3D1",
            "/account/security", "/account/security/confirm", "/account/security/app", "/account/security/passkeys/new",
        ]);
        await OpenAsync(page, "/dossiers", 0, "dossier");
        await OpenAsync(page, "/dossiers?type=ReturnRequest&sort=oldest", 2, "return");
    }
}

/// <summary>What support works with.</summary>
public sealed class SupportPagesTests(BrowserFixture browser, OwnDemoPortal demo) : PagesWalk(browser, demo), IClassFixture<BrowserFixture>, IClassFixture<OwnDemoPortal>
{
    protected override async Task WalkAsync(IPage page, string language)
    {
        await Demo.Portal.SignInAsSupportAsync(page);
        await SpeakAsync(page, language);
        await VisitAsync(page, language,
        [
            "/admin", "/admin?waits=all", "/admin?q=zzz", "/admin/bulk?step=close", "/admin/views", "/admin/views?save=%3Fwaits%3Ddealer", "/exports", "/exports/new?format=csv&query=",
            "/admin/more", "/admin/inbound", "/admin/inbound?view=Settled", "/admin/on-behalf", "/admin/on-behalf?q=demo", "/admin/requests", "/account", "/account/security",
            "/admin/organisations", "/admin/organisations?view=Active", "/admin/organisations/1", "/admin/organisations/3/merge", "/admin/organisations/3/merge?into=1",
            "/admin/announcements", "/admin/announcements/new", "/admin/announcements/2", "/admin/announcements/5", "/admin/consumer-assistance", "/admin/consumer-assistance/new",
            "/admin/templates", "/admin/templates/new", "/admin/templates/3", "/admin/users", "/admin/users?q=demo", "/admin/users?q=zzz", "/admin/users/1",
            "/admin/service-centres", "/admin/service-centres/1", "/admin/service-centres/1/events", "/admin/service-centres/1/events?outcome=UnknownCode", "/admin/service-centres/1/upload",
            "/admin/dealercards/1", "/admin/credits", "/admin/credits?gap=Owner", "/admin/credits/DEMO-2611-0007", "/admin/credits/imports", "/admin/organisations/imports", "/admin/figures", "/admin/figures?period=12&org=zzz", "/admin/service-centres/codes", "/admin/service-centres/codes/new", "/admin/service-centres/codes/1", "/admin/service-centres/unknown",
        ]);
        await OpenAsync(page, "/admin?waits=all", 0, "admindossier");
        await page.GotoAsync(page.Url + "/data");
        await LookAsync(page, "admindata");
        await OpenAsync(page, "/admin?waits=all&type=ReturnRequest", 2, "adminreturn");
        await OpenAsync(page, "/admin/outbox", 0, "adminmail");
        await OpenAsync(page, "/admin/inbound", 0, "inbound");
        await OpenAsync(page, "/admin/service-centres/1/upload", 0, "uploadresult");
        await page.GotoAsync("/admin/credits/imports");
        await page.GetByText("credits-distributeur.csv").ClickAsync();
        await LookAsync(page, "creditcolumns");
        await page.GotoAsync("/admin/credits/imports");
        await page.GetByText("credits-octobre.csv").ClickAsync();
        await LookAsync(page, "creditcheck");
        await OpenAsync(page, "/admin/service-centres/1/upload", 1, "uploadstopped");
    }
}

/// <summary>What portal administrators run the portal with.</summary>
public sealed class PortalPagesTests(BrowserFixture browser, OwnDemoPortal demo) : PagesWalk(browser, demo), IClassFixture<BrowserFixture>, IClassFixture<OwnDemoPortal>
{
    protected override async Task WalkAsync(IPage page, string language)
    {
        await Demo.Portal.SignInAsStaffAsync(page, PortalRun.AdministratorLogin);
        await SpeakAsync(page, language);
        await VisitAsync(page, language,
        [
            "/admin/more", "/admin/staff", "/admin/catalogue", "/admin/catalogue?q=zzz", "/admin/catalogue/1", "/admin/catalogue/new",
            "/admin/catalogue/categories", "/admin/catalogue/categories/1", "/admin/catalogue/import", "/admin/closing-days", "/admin/promises", "/admin/dealercards", "/admin/dealercards?q=zzz", "/admin/dealercards/new",
            "/admin/doa-conditions", "/admin/doa-conditions/1", "/admin/doa-conditions/new",
            "/admin/outbox", "/admin/outbox?state=Sending", "/admin/audit", "/admin/audit?action=dossier.viewed", "/admin/audit/verify",
        ]);
        await OpenAsync(page, "/admin/dealercards", 0, "dealercard");
        await page.GotoAsync(page.Url + "/versions/new");
        await LookAsync(page, "newcardversion");
        await page.GotoAsync("/admin/dealercards/1");
        await page.Locator("table .key").First.ClickAsync();
        await LookAsync(page, "cardversion");
        await page.GotoAsync("/admin/audit/verify");
        await page.Locator("#verify .btn-primary").ClickAsync();
        await LookAsync(page, "auditcheck");
        foreach (var file in (string[])["modeles-novembre.csv", "delais.csv", "barres-de-son.csv"])
        {
            await page.GotoAsync("/admin/catalogue/import");
            await page.GetByText(file).ClickAsync();
            await LookAsync(page, "import" + file[..5]);
        }
    }
}
