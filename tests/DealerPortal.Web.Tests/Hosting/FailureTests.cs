using System.Data.Common;
using System.Net;
using DealerPortal.Core.Data;
using DealerPortal.TestCommon;
using DealerPortal.Web.Hosting;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace DealerPortal.Web.Tests.Hosting;

/// <summary>What goes wrong is a page of the portal with a reference that is also in the log, and nothing else gets out.</summary>
public sealed class FailureTests : IDisposable
{
    private const string Canary = "canary-4711-secret";

    private readonly BrokenDatabase _broken = new();
    private readonly PortalFactory _factory;

    public FailureTests() => _factory = new PortalFactory
    {
        ConfigureMore = services => services.ConfigureDbContext<PortalDbContext>(context => context.AddInterceptors(_broken)),
    };

    public static TheoryData<string, string, string, string> Titles => new()
    {
        { "fr", "Cette page n’existe pas", "Cette demande n’a pas pu être lue", "Le portail est momentanément indisponible" },
        { "nl", "Deze pagina bestaat niet", "Deze aanvraag kon niet worden gelezen", "Het portaal is tijdelijk niet beschikbaar" },
        { "de", "Diese Seite gibt es nicht", "Diese Anfrage konnte nicht gelesen werden", "Das Portal ist vorübergehend nicht erreichbar" },
        { "en", "This page does not exist", "This request could not be read", "The portal is unavailable for a moment" },
    };

    [Theory]
    [MemberData(nameof(Titles))]
    public async Task Failure_IsAPageInTheReadersLanguageWithItsReference(string language, string notFound, string badRequest, string unavailable)
    {
        var user = await _factory.Data.CreateMemberAsync(await _factory.Data.CreateOrganisationAsync(), language: language);
        using var client = await _factory.NewClientAsync(user);

        AssertErrorPage(await client.GetPageAsync("/dossiers/26-0000000-0"), HttpStatusCode.NotFound, notFound, language);
        using var content = new FormUrlEncodedContent([]);
        using var forged = await client.Http.PostAsync(new Uri("/account", UriKind.Relative), content);
        AssertErrorPage(await PortalPage.ReadAsync(forged, "/account"), HttpStatusCode.BadRequest, badRequest, language);
        _broken.Fails = true;
        var page = await client.GetPageAsync("/dossiers");
        AssertErrorPage(page, HttpStatusCode.ServiceUnavailable, unavailable, language);
        Assert.True(page.Headers.RetryAfter?.Delta > TimeSpan.Zero);

        // The same reference, and of the error only its kind.
        var reference = page.TextOf("dl .code");
        Assert.Contains(_factory.Logs.Texts, line => line.StartsWith("Error", StringComparison.Ordinal) && line.Contains(reference, StringComparison.Ordinal));
        Assert.DoesNotContain(_factory.Logs.Texts, line => line.Contains(Canary, StringComparison.Ordinal));
        Assert.DoesNotContain(Canary, page.Body, StringComparison.Ordinal);

        _broken.Fails = false;
        Assert.Equal(HttpStatusCode.OK, (await client.GetPageAsync("/dossiers")).Status);
    }

    [Fact]
    public async Task Defect_IsAPageWithAReferenceAndTellsNothingOfWhatHappened()
    {
        var user = await _factory.Data.CreateMemberAsync(await _factory.Data.CreateOrganisationAsync());
        using var client = await _factory.NewClientAsync(user);
        (_broken.Fails, _broken.Error) = (true, new InvalidOperationException(Canary, new FormatException(Canary)));

        var page = await client.GetPageAsync("/dossiers?q=" + Canary);

        Assert.Equal(HttpStatusCode.InternalServerError, page.Status);
        Assert.DoesNotContain(Canary, page.Body + page.Headers, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(nameof(InvalidOperationException), page.Body, StringComparison.Ordinal);
        Assert.Equal(SecurityHeaders.ContentSecurityPolicy, page.Headers.GetValues("Content-Security-Policy").Single());
        Assert.True(page.Headers.CacheControl?.NoStore);
        var reference = page.TextOf("dl .code");
        Assert.Contains(_factory.Logs.Texts, line =>
            line.StartsWith("Error", StringComparison.Ordinal) && line.Contains(reference, StringComparison.Ordinal) && line.Contains(nameof(InvalidOperationException), StringComparison.Ordinal));
        Assert.DoesNotContain(_factory.Logs.Texts, line => line.Contains(Canary, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Ready_FollowsTheDatabaseAndLiveDoesNot()
    {
        using var client = _factory.NewClient();
        Assert.Equal(HttpStatusCode.OK, (await client.GetPageAsync("/health/ready")).Status);

        _broken.Fails = true;

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await client.GetPageAsync("/health/ready")).Status);
        Assert.Equal(HttpStatusCode.OK, (await client.GetPageAsync("/health/live")).Status);
        _broken.Fails = false;
        Assert.Equal(HttpStatusCode.OK, (await client.GetPageAsync("/health/ready")).Status);
    }

    [Fact]
    public async Task Log_HoldsARouteForEachRequestAndNothingThatWasTyped()
    {
        var organisation = await _factory.Data.CreateOrganisationAsync();
        var user = await _factory.Data.CreateMemberAsync(organisation);
        var dossier = await _factory.Data.CreateDossierAsync(organisation, user, plan => plan.EndUserName = Canary);
        using var client = await _factory.NewClientAsync(user);

        await client.GetPageAsync("/dossiers?q=" + Canary);
        await client.GetPageAsync($"/dossiers/{dossier.Number}");
        await client.GetPageAsync("/" + Canary);
        await client.PostAsync($"/dossiers/{dossier.Number}/messages", ("Text", Canary));
        using var stranger = _factory.NewClient();
        await stranger.SignInByFormAsync($"{Canary}@demo-electro.example", Canary);
        await stranger.PostFormAsync("/register", ("Email", $"{Canary}@demo-electro.example"));
        await stranger.GetPageAsync("/password/reset?token=" + Canary);

        var lines = _factory.Logs.Texts.ToList();
        Assert.Contains(lines, line => line.StartsWith("Debug \"GET\" \"/dossiers/{number}\" 200", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.Contains(Canary, StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(lines, line => line.Contains(user.Email, StringComparison.OrdinalIgnoreCase) || line.Contains(dossier.Number, StringComparison.Ordinal));
    }

    public void Dispose() => _factory.Dispose();

    private static void AssertErrorPage(PortalPage page, HttpStatusCode status, string title, string language)
    {
        Assert.Equal(status, page.Status);
        Assert.Equal(title, page.TextOf("h1"));
        Assert.StartsWith(language, page.Document.DocumentElement.GetAttribute("lang"), StringComparison.Ordinal);
        Assert.Matches("^[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{4}$", page.TextOf("dl .code"));
    }

    private sealed class BrokenDatabase : DbConnectionInterceptor
    {
        public bool Fails { get; set; }

        public Exception Error { get; set; } = new SqliteException(Canary, 5);

        public override ValueTask<InterceptionResult> ConnectionOpeningAsync(
            DbConnection connection, ConnectionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default) =>
            Fails ? throw Error : ValueTask.FromResult(result);
    }
}
