using System.Data.Common;
using System.Net;
using DealerPortal.Core.Content.Announcements;
using DealerPortal.Core.Data;
using DealerPortal.TestCommon;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace DealerPortal.Web.Tests.Features.Announcements;

/// <summary>Planned downtime stands on every page, costs no query per page, and needs no database once it is known.</summary>
public sealed class DowntimeTests : IDisposable
{
    private const string French = "Portail indisponible du vendredi 4 décembre 2026 (21:00h) au lundi 7 décembre 2026 (09:00h).";
    private readonly Watch _watch = new();
    private readonly PortalFactory _factory;

    public DowntimeTests() => _factory = new PortalFactory { ConfigureMore = services => services.ConfigureDbContext<PortalDbContext>(context => context.AddInterceptors(_watch, _watch.Commands)) };

    [Fact]
    public async Task Downtime_IsOnEveryPageFromItsMomentToItsEnd_InTheReadersLanguage()
    {
        using var support = await _factory.NewClientAsync(await _factory.Data.CreateStaffAsync());
        var member = await _factory.Data.CreateMemberAsync(await _factory.Data.CreateOrganisationAsync());
        (string, string?)[] texts = [.. Enumerable.Range(0, 4).SelectMany(i => ((string, string?)[])[($"Form.Texts[{i}].Title", "Maintenance"), ($"Form.Texts[{i}].Summary", "Les brouillons sont conservés.")])];
        (string, string?)[] when =
        [
            ("Form.Kind", "Downtime"), ("Form.FromDay", "2026-11-30"), ("Form.FromHour", "08:00"), ("Form.DownFromDay", "2026-12-04"), ("Form.DownFromHour", "21:00"), ("Form.Then", "publish"),
        ];

        var refused = await support.PostFormAsync("/admin/announcements/new", [.. texts, .. when, ("Form.DownUntilDay", "2026-12-04"), ("Form.DownUntilHour", "20:00")]);
        Assert.Contains("La fin vient avant le début", refused.ErrorOf("Form.DownUntilDay"), StringComparison.Ordinal);
        refused = await support.PostFormAsync("/admin/announcements/new", [.. texts, .. when.Where(f => f.Item1 != "Form.FromDay"), ("Form.FromDay", "2026-12-05"), ("Form.DownUntilDay", "2026-12-07"), ("Form.DownUntilHour", "09:00")]);
        Assert.Contains("avant le début de l’indisponibilité", refused.ErrorOf("Form.FromDay"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await support.SubmitAsync(refused, "#announcement", ("Form.FromDay", "2026-11-30"), ("Form.Then", "publish"))).Status);

        using (var early = _factory.NewClient())
            Assert.DoesNotContain("data-downtime", (await early.GetPageAsync("/sign-in")).Body, StringComparison.Ordinal);
        _factory.Time.SetUtcNow(new DateTimeOffset(2026, 11, 30, 7, 0, 0, TimeSpan.Zero));
        using var nobody = _factory.NewClient();
        using var dutch = _factory.NewClient("nl");
        using var reader = await _factory.NewClientAsync(member);
        foreach (var page in (string[])["/sign-in", "/register", "/error/404"])
        {
            var read = await nobody.GetPageAsync(page);
            Assert.Equal(French, read.TextOf("[data-downtime]"));
            Assert.Null(read.Document.QuerySelector("[data-downtime] a"));
        }

        Assert.Equal("Portaal niet beschikbaar van vrijdag 4 december 2026 (21:00h) tot maandag 7 december 2026 (09:00h).", (await dutch.GetPageAsync("/sign-in")).TextOf("[data-downtime]"));
        var home = await reader.GetPageAsync("/");
        Assert.Equal(French + " Maintenance", home.TextOf("[data-downtime]"));
        Assert.Contains("Maintenance", home.TextsOf("section[aria-labelledby=an] .t"));
        Assert.Empty(home.Document.QuerySelectorAll("section[aria-labelledby=an] form"));
        Assert.StartsWith(French, (await reader.GetPageAsync(home.HrefsOf("[data-downtime] a").Single())).TextOf("article"), StringComparison.Ordinal);

        _factory.Time.SetUtcNow(new DateTimeOffset(2026, 12, 7, 7, 59, 59, TimeSpan.Zero));
        Assert.Equal(French, (await nobody.GetPageAsync("/sign-in")).TextOf("[data-downtime]"));
        _factory.Time.SetUtcNow(new DateTimeOffset(2026, 12, 7, 8, 0, 0, TimeSpan.Zero));
        Assert.DoesNotContain("data-downtime", (await nobody.GetPageAsync("/sign-in")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_AskOnceInHalfAMinute_AlsoWhenMany_AndAnErrorPageNeedsNoDatabase()
    {
        var now = _factory.Now;
        await _factory.Data.CreateAnnouncementAsync(await _factory.Data.CreateStaffAsync(), a =>
            (a.Kind, a.DownFrom, a.DownUntil, a.ShownUntil) = (AnnouncementKind.Downtime, now.AddHours(8), now.AddHours(10), now.AddHours(10)));
        const string Day = "Portail indisponible le lundi 23 novembre 2026, de 18 h à 20 h.";
        var clients = Enumerable.Range(0, 8).Select(_ => _factory.NewClient()).ToList();
        _watch.Announced = 0;

        var pages = await Task.WhenAll(clients.Select(client => client.GetPageAsync("/sign-in")));
        Assert.All(pages, page => Assert.Equal(Day, page.TextOf("[data-downtime]")));
        await clients[0].GetPageAsync("/sign-in");
        Assert.Equal(1, _watch.Announced);
        _factory.Time.Advance(CurrentAnnouncements.Kept);
        await Task.WhenAll(clients.Select(client => client.GetPageAsync("/sign-in")));
        Assert.Equal(2, _watch.Announced);

        _factory.Time.Advance(CurrentAnnouncements.Kept);
        _watch.Fails = true;
        foreach (var (url, status) in ((string, HttpStatusCode)[])[("/sign-in", HttpStatusCode.OK), ("/health/ready", HttpStatusCode.ServiceUnavailable), ("/error/404", HttpStatusCode.NotFound), ("/password/reset?token=x", HttpStatusCode.ServiceUnavailable)])
        {
            var page = await clients[1].GetPageAsync(url);
            Assert.Equal(status, page.Status);
            if (url != "/health/ready")
                Assert.Equal(Day, page.TextOf("[data-downtime]"));
        }

        _watch.Fails = false;
        Assert.Equal(HttpStatusCode.OK, (await clients[0].GetPageAsync("/sign-in")).Status);
        clients.ForEach(client => client.Dispose());
    }

    [Fact]
    public async Task Pages_OfADatabaseThatNeverAnswered_ShowNoDowntime()
    {
        using var nobody = _factory.NewClient();
        _ = _factory.Services;
        _watch.Fails = true;

        var page = await nobody.GetPageAsync("/sign-in");

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.DoesNotContain("data-downtime", page.Body, StringComparison.Ordinal);
        Assert.Contains(_factory.Logs.Texts, line => line.StartsWith("Warning", StringComparison.Ordinal) && line.Contains("Announcements could not be read", StringComparison.Ordinal));
    }

    public void Dispose() => _factory.Dispose();

    /// <summary>Fails at will, and counts how often announcements are read.</summary>
    private sealed class Watch : DbConnectionInterceptor
    {
        private int _announced;

        public Watch() => Commands = new Counter(this);

        public bool Fails { get; set; }

        public int Announced { get => _announced; set => _announced = value; }

        public DbCommandInterceptor Commands { get; }

        public override ValueTask<InterceptionResult> ConnectionOpeningAsync(
            DbConnection connection, ConnectionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default) =>
            Fails ? throw new SqliteException("away", 5) : ValueTask.FromResult(result);

        private sealed class Counter(Watch watch) : DbCommandInterceptor
        {
            public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
                DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
            {
                if (command.CommandText.Contains("\"Announcements\"", StringComparison.Ordinal))
                    Interlocked.Increment(ref watch._announced);
                return ValueTask.FromResult(result);
            }
        }
    }
}
