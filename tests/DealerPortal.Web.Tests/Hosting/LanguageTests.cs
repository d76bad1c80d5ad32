using DealerPortal.Core.Dossiers;
using DealerPortal.TestCommon;

namespace DealerPortal.Web.Tests.Hosting;

public sealed class LanguageTests(PortalFixture portal) : IClassFixture<PortalFixture>
{
    [Theory]
    [InlineData("nl-BE,nl;q=0.9,fr;q=0.5", "nl-BE")]
    [InlineData("de", "de-BE")]
    [InlineData("en-US", "en-GB")]
    [InlineData("pl,es;q=0.8", "fr-BE")]
    [InlineData("pl,nl;q=0.3,de;q=0.7", "de-BE")]
    public async Task Page_SpeaksWhatTheBrowserAsksForOrFrench(string accepted, string expected)
    {
        using var client = portal.Factory.NewClient();
        client.Http.DefaultRequestHeaders.AcceptLanguage.Clear();
        client.Http.DefaultRequestHeaders.AcceptLanguage.ParseAdd(accepted);

        Assert.Equal(expected, (await client.GetPageAsync("/sign-in")).Document.DocumentElement.GetAttribute("lang"));
    }

    [Fact]
    public async Task Switch_ComesBackToThePageAndKeepsWhatWasTyped()
    {
        using var client = portal.Factory.NewClient("fr");
        var page = await client.GetPageAsync("/sign-in");
        var button = page.Document.QuerySelector("footer button[value=nl]")!;
        var form = button.GetAttribute("form")!;

        var posted = await client.PostAsync(
            button.GetAttribute("formaction") ?? "/language",
            ("language", "nl"), ("Email", "jean@demo-electro.example"), ("Password", "not carried"), ("returnUrl", "/sign-in"));
        var dutch = await client.FollowAsync(posted);

        Assert.NotNull(page.Document.GetElementById(form));
        Assert.Equal("nl-BE", dutch.Document.DocumentElement.GetAttribute("lang"));
        Assert.Equal("jean@demo-electro.example", dutch.ValueOf("Email"));
        Assert.True(string.IsNullOrEmpty(dutch.ValueOf("Password")));
        Assert.Equal("nl-BE", (await client.GetPageAsync("/register")).Document.DocumentElement.GetAttribute("lang"));
    }

    [Fact]
    public async Task Switch_KeepsTheLongestMessage()
    {
        var organisation = await portal.Data.CreateOrganisationAsync();
        var user = await portal.Data.CreateMemberAsync(organisation);
        var dossier = await portal.Data.CreateDossierAsync(organisation, user);
        using var client = await portal.Factory.NewClientAsync(user);
        var random = new Random(26);
        string[] words = ["l’appareil", "a", "été", "déposé", "à", "l’accueil", "vérifié", "n’affiche", "rien", "après", "dix", "minutes", "le", "client", "attend", "une", "réponse", "depuis", "mardi"];
        var message = "";
        while (message.Length < TimelineEntry.TextMaxLength - 20)
            message += $"{words[random.Next(words.Length)]} {random.Next(100)}{(random.Next(9) == 0 ? "\r\n" : " ")}";
        var url = $"/dossiers/{dossier.Number}";
        var button = (await client.GetPageAsync(url)).Document.QuerySelector("footer button[value=de]")!;

        var german = await client.FollowAsync(await client.PostAsync(button.GetAttribute("formaction")!, ("language", "de"), ("Message.Text", message)));

        Assert.Equal("de-BE", german.Document.DocumentElement.GetAttribute("lang"));
        Assert.Equal(message.ReplaceLineEndings("\n").Trim(), german.ValueOf("Message.Text")!.ReplaceLineEndings("\n").Trim());
    }

    [Fact]
    public async Task Switch_ToAnUnknownLanguage_IsFrench()
    {
        using var client = portal.Factory.NewClient("en");

        var page = await client.FollowAsync(await client.PostAsync("/language", ("language", "xx"), ("returnUrl", "/sign-in")));

        Assert.Equal("fr-BE", page.Document.DocumentElement.GetAttribute("lang"));
    }

    [Theory]
    [InlineData("fr")]
    [InlineData("nl")]
    [InlineData("de")]
    [InlineData("en")]
    public async Task PublicPages_ShowNoKeyWithoutAText(string language)
    {
        using var client = portal.Factory.NewClient(language);
        foreach (var url in (string[])["/sign-in", "/register", "/password/forgot", "/password/sent", "/error/404"])
        {
            var page = await client.GetPageAsync(url);

            // A missing text shows its key: «Area.Word».
            Assert.DoesNotMatch(@"\b[A-Z][A-Za-z]+\.[A-Z][A-Za-z]+\b", page.MainText);
        }
    }
}
