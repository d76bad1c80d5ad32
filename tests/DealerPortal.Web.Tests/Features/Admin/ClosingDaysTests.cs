using System.Net;
using DealerPortal.Core.Accounts;
using DealerPortal.Core.Calendar;
using DealerPortal.TestCommon;
using DealerPortal.Web.Tests.Features.Dossiers.New;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Web.Tests.Features.Admin;

/// <summary>Today is Monday, 23 November 2026.</summary>
public sealed class ClosingDaysTests : IDisposable
{
    private const string Url = "/admin/closing-days";

    private readonly PortalFactory _factory = new();

    public void Dispose() => _factory.Dispose();

    [Fact]
    public async Task Year_ShowsTheHolidaysOfBothCountriesInOrder_WithTheWorkingDays()
    {
        using var client = await AdministratorAsync();

        var page = await client.GetPageAsync($"{Url}?year=2027");

        var rows = page.TextsOf("tbody tr");
        Assert.Equal(13, rows.Count);
        Assert.Equal("vendredi 1 janvier 2027 Nouvel An Belgique, Luxembourg", rows[0]);
        Assert.Contains("lundi 29 mars 2027 Lundi de Pâques Belgique, Luxembourg", rows);
        Assert.Contains(rows, row => row.StartsWith("dimanche 9 mai 2027 Journée de l’Europe", StringComparison.Ordinal) && row.Contains("tombe un week-end", StringComparison.Ordinal) && row.EndsWith("Luxembourg", StringComparison.Ordinal));
        Assert.Contains("mercredi 21 juillet 2027 Fête nationale belge Belgique", rows);
        Assert.Empty(page.Document.QuerySelectorAll("tbody form"));
        Assert.Equal($"Jours ouvrables : {Between(2027, "BE")} en Belgique, {Between(2027, "LU")} au Luxembourg.", page.TextOf("#sums"));
        Assert.Equal(["2026", "2028"], page.TextsOf("main nav a"));
    }

    [Fact]
    public async Task Add_CountsAtOnceForPreferredDatesAndSumsOfWorkingDays()
    {
        using var client = await AdministratorAsync();
        // Lead time three working days: Tuesday, Wednesday, Thursday.
        Assert.Equal("Erreur : La date souhaitée peut être au plus tôt le jeudi 26 novembre 2026", await AskForAsync("2026-11-24"));
        var before = await client.GetPageAsync(Url);

        var added = await client.SubmitAsync(before, "#add", ("Form.From", "2026-11-25"), ("Form.Note", "Inventaire"));
        var after = await client.FollowAsync(added);

        Assert.Contains("Jour de fermeture ajouté : mercredi 25 novembre 2026.", after.MainText, StringComparison.Ordinal);
        Assert.Contains("mercredi 25 novembre 2026 Inventaire Fermeture, partout Supprimer mercredi 25 novembre 2026", after.TextsOf("tbody tr"));
        Assert.Equal($"Jours ouvrables : {Between(2026, "BE") - 1} en Belgique, {Between(2026, "LU") - 1} au Luxembourg.", after.TextOf("#sums"));
        Assert.Equal("Erreur : La date souhaitée peut être au plus tôt le vendredi 27 novembre 2026", await AskForAsync("2026-11-26"));

        await client.SubmitAsync(after, "form[action$='/closing-days/remove']");
        Assert.Null(await AskForAsync("2026-11-26"));
        Assert.Equal(["closing-day.added 2026-11-25", "closing-day.removed 2026-11-25"], await AuditAsync());
    }

    [Fact]
    public async Task Add_ARange_LeavesOutTheDaysOnWhichNobodyWorksAnyway()
    {
        using var client = await AdministratorAsync();

        // Friday 25 December is a holiday of both countries, Saturday 26 of Luxembourg alone but a Saturday.
        var added = await client.SubmitAsync(await client.GetPageAsync(Url), "#add", ("Form.From", "2026-12-24"), ("Form.Until", "2027-01-03"), ("Form.Note", "Fin d’année"));

        Assert.Equal((HttpStatusCode.Redirect, $"{Url}?year=2026"), (added.Status, added.Location));
        Assert.Equal(["2026-12-24", "2026-12-28", "2026-12-29", "2026-12-30", "2026-12-31"], await DaysAsync());
        Assert.Contains("5 jours de fermeture ajoutés.", (await client.FollowAsync(added)).MainText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Add_WhatIsThereAlready_IsRefusedAtTheFieldAndAddsNothing()
    {
        using var client = await AdministratorAsync();
        await client.SubmitAsync(await client.GetPageAsync(Url), "#add", ("Form.From", "2026-12-29"), ("Form.Note", "Inventaire"));

        var refused = await client.SubmitAsync(await client.GetPageAsync(Url), "#add", ("Form.From", "2026-12-28"), ("Form.Until", "2026-12-30"), ("Form.Note", "Fin d’année"));

        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Equal("Erreur : Déjà jour de fermeture : 29 décembre 2026.", refused.ErrorOf("Form.From"));
        Assert.Equal(("2026-12-28", "2026-12-30", "Fin d’année"), (refused.ValueOf("Form.From"), refused.ValueOf("Form.Until"), refused.ValueOf("Form.Note")));
        Assert.Equal(["2026-12-29"], await DaysAsync());
    }

    [Theory]
    [InlineData("Form.From", "", null, "Indiquez le premier jour.")]
    [InlineData("Form.From", "31/02/2027", null, "Cette date n’existe pas.")]
    [InlineData("Form.From", "2026-11-20", null, "Ce jour est passé. Cochez la case s’il est bien celui que vous voulez.")]
    [InlineData("Form.From", "2040-01-02", null, "Le premier jour peut être dans 10 ans au plus.")]
    [InlineData("Form.From", "2026-11-28", null, "Personne ne travaille ce jour-là de toute façon : week-end ou jour férié.")]
    [InlineData("Form.From", "2026-12-25", "2026-12-27", "Personne ne travaille ce jour-là de toute façon : week-end ou jour férié.")]
    [InlineData("Form.Until", "2026-12-28", "2026-12-24", "Le dernier jour précède le premier.")]
    [InlineData("Form.Until", "2026-12-28", "2027-12-28", "62 jours d’affilée au plus.")]
    [InlineData("Form.Note", "2026-12-28", null, "Indiquez le motif.")]
    public async Task Add_WhatCannotBe_IsSaidAtTheField(string field, string from, string? until, string message)
    {
        using var client = await AdministratorAsync();

        var page = await client.SubmitAsync(
            await client.GetPageAsync(Url), "#add", ("Form.From", from), ("Form.Until", until ?? ""), ("Form.Note", field == "Form.Note" ? " " : "Inventaire"));

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Equal("Erreur : " + message, page.ErrorOf(field));
        Assert.Empty(await DaysAsync());
    }

    [Fact]
    public async Task PastDays_AreChangedOnlyWhenSaid()
    {
        using var client = await AdministratorAsync();
        await client.SubmitAsync(await client.GetPageAsync(Url), "#add", ("Form.From", "2026-11-20"), ("Form.Note", "Panne"), ("Form.Past", "true"));
        Assert.Equal(["2026-11-20"], await DaysAsync());

        Assert.Equal(HttpStatusCode.NotFound, (await client.PostAsync($"{Url}/remove", ("day", "2026-11-20"))).Status);
        Assert.Equal(["2026-11-20"], await DaysAsync());
        var page = await client.GetPageAsync(Url);
        Assert.Contains("Supprimer, bien que passé", page.TextOf("form[action$='/remove']"), StringComparison.Ordinal);
        var removed = await client.SubmitAsync(page, "form[action$='/remove']");
        var again = await client.SubmitAsync(page, "form[action$='/remove']");

        Assert.Empty(await DaysAsync());
        Assert.Equal(HttpStatusCode.Redirect, removed.Status);
        Assert.Contains("n’était déjà plus", (await client.FollowAsync(again)).MainText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Area_IsThereForPortalAdministratorsAlone()
    {
        using var administrator = await AdministratorAsync();
        using var support = await _factory.NewClientAsync(await _factory.Data.CreateStaffAsync());

        Assert.NotNull((await administrator.GetPageAsync("/admin/more")).Document.QuerySelector($"a[href='{Url}']"));
        Assert.Null((await support.GetPageAsync("/admin/more")).Document.QuerySelector($"a[href='{Url}']"));
        Assert.Equal(HttpStatusCode.NotFound, (await support.GetPageAsync(Url)).Status);
    }

    [Theory]
    [InlineData("nl", "Sluitingsdagen", "Paasmaandag")]
    [InlineData("de", "Schließungstage", "Ostermontag")]
    [InlineData("en", "Closing days", "Easter Monday")]
    public async Task Year_SpeaksTheReadersLanguage(string language, string title, string holiday)
    {
        using var client = await _factory.NewClientAsync(await _factory.Data.CreateStaffAsync(StaffRole.PortalAdministrator, language));

        var page = await client.GetPageAsync(Url);

        Assert.Equal(title, page.TextOf("h1"));
        Assert.Contains(holiday, page.TextOf("tbody"), StringComparison.Ordinal);
    }

    /// <summary>What a dealer reads at the preferred date of a repair request; null when the request went through.</summary>
    private async Task<string?> AskForAsync(string date)
    {
        using var filing = await RepairFiling.StartAsync(_factory);
        var page = await filing.SendAsync(("PreferredDate", date));
        return page.Status == HttpStatusCode.Redirect ? null : page.ErrorOf("PreferredDate") ?? page.MainText;
    }

    private async Task<PortalClient> AdministratorAsync() => await _factory.NewClientAsync(await _factory.Data.CreateStaffAsync(StaffRole.PortalAdministrator));

    private async Task<IEnumerable<string>> DaysAsync() =>
        (await _factory.ReadAsync(db => db.Set<ClosingDay>().OrderBy(d => d.Date).Select(d => d.Date).ToListAsync())).Select(day => day.ToString("yyyy-MM-dd", null));

    private Task<List<string>> AuditAsync() =>
        _factory.ReadAsync(db => db.Audit.Where(a => a.SubjectType == "ClosingDay").OrderBy(a => a.Id).Select(a => a.Action + " " + a.SubjectId).ToListAsync());

    private static int Between(int year, string country) =>
        new WorkingDays(new HashSet<DateOnly>()).Between(new DateOnly(year - 1, 12, 31), new DateOnly(year, 12, 31), country);
}
