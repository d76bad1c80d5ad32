using System.Net;
using AngleSharp.Dom;
using DealerPortal.Core;
using DealerPortal.TestCommon;
using DealerPortal.Web.Tests.Features.Dossiers.New;

namespace DealerPortal.Web.Tests.Features.Help;

public sealed class HelpTests(PortalFixture portal) : IClassFixture<PortalFixture>
{
    /// <summary>Fields whose label says all there is to say.</summary>
    private static readonly string[] SelfExplaining = ["EndUserName", "EndUserStreet", "EndUserPostalCode", "EndUserTown", "Quantity"];

    /// <summary>Boxes whose label is a sentence: the help names them in short.</summary>
    private static readonly string[] ShortInHelp = ["NoSerial", "Confirm", "Accepted"];

    public static TheoryData<string, string> Forms
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var form in FormCase.All)
            {
                foreach (var language in Languages.All)
                    data.Add(form.Slug, language);
            }

            return data;
        }
    }

    /// <summary>On the page as it is opened, and on the one that refuses a send, where the model is known.</summary>
    [Theory]
    [MemberData(nameof(Forms))]
    public async Task EveryFieldOfEveryForm_LeadsToItsHelp_InEveryLanguage(string slug, string language)
    {
        using var filing = await FormFiling.StartAsync(portal.Factory, slug, language);
        var opened = await filing.Client.GetPageAsync(filing.Url);
        var refused = await filing.SendAsync(filing.Form.Bad[0].Fields);
        var help = await filing.Client.GetPageAsync($"/help/{slug}");

        Assert.Equal(HttpStatusCode.OK, help.Status);
        Assert.StartsWith(language, help.Document.DocumentElement.GetAttribute("lang"), StringComparison.Ordinal);
        Assert.Contains(opened.Document.QuerySelectorAll("main a[target=_blank]"), link => link.GetAttribute("href") == $"/help/{slug}");
        var asked = 0;
        foreach (var page in (PortalPage[])[opened, refused])
        {
            var links = page.Document.QuerySelectorAll(".help-link");
            Assert.All(links, link => Assert.Equal(("_blank", "noopener"), (link.GetAttribute("target"), link.GetAttribute("rel"))));
            foreach (var field in page.Document.QuerySelectorAll("form#dossier :is(input:not([type=hidden]), textarea, select)[name]").Select(FieldOf).Distinct().Except(SelfExplaining))
            {
                asked++;
                var topic = help.Document.GetElementById(AnchorOf(field));
                Assert.True(topic is not null, $"{slug} does not explain {field}.");
                var (label, text) = (topic!.QuerySelector("dt")!.TextContent, topic.QuerySelector("dd")!.TextContent);
                Assert.True(text.Length > 20, $"{field}: {text}");
                var link = Assert.Single(links, link => link.GetAttribute("href") == $"/help/{slug}#{AnchorOf(field)}");
                Assert.StartsWith(language switch { "nl" => "Hulp: ", "de" => "Hilfe: ", "en" => "Help: ", _ => "Aide : " }, link.TextContent, StringComparison.Ordinal);
                Assert.True(ShortInHelp.Contains(field) || link.TextContent.Contains(label, StringComparison.Ordinal), $"{field}: «{link.TextContent}» leads to «{label}».");
            }
        }

        Assert.True(asked >= 4, $"{asked} fields were looked at.");
        Assert.DoesNotContain(help.TextsOf("main li, main dd, main dt, main h2, main p, main a"), text => text.StartsWith("Help.", StringComparison.Ordinal));
        Assert.InRange(help.Document.QuerySelectorAll(".help-steps li").Length, 3, 8);
        Assert.NotNull(help.Document.QuerySelector("main a[href^='tel:']"));
        Assert.NotNull(help.Document.QuerySelector("main a[href^='mailto:']"));
        Assert.NotNull(help.Document.QuerySelector("main a[href^='/dossiers/new/']"));
    }

    [Fact]
    public async Task Strangers_FindEveryForm_AndHowToRegister()
    {
        using var stranger = portal.Factory.NewClient();

        var index = await stranger.FollowedFromAsync("/sign-in", "footer a[href='/help']");
        foreach (var form in FormCase.All)
        {
            Assert.Contains($"/help/{form.Slug}", index.HrefsOf("main a"));
            Assert.Null((await stranger.GetPageAsync($"/help/{form.Slug}")).Document.QuerySelector("main a[href^='/dossiers']"));
        }

        var registration = await stranger.FollowedFromAsync("/register", "main a[href='/help/registration']");
        Assert.Equal(8, registration.Document.QuerySelectorAll(".help-steps li").Length);
        Assert.NotNull(registration.Document.QuerySelector("main a[href='/register']"));
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetPageAsync("/help/nothing")).Status);
    }

    private static string FieldOf(IElement control)
    {
        var name = control.GetAttribute("name")!;
        return name[(name.LastIndexOf('.') + 1)..];
    }

    private static string AnchorOf(string field) =>
        string.Concat(field.Select((letter, at) => char.IsAsciiLetterUpper(letter) ? $"{(at > 0 ? "-" : "")}{char.ToLowerInvariant(letter)}" : letter.ToString()));
}

file static class Following
{
    /// <summary>The page that a link of another one leads to.</summary>
    public static async Task<PortalPage> FollowedFromAsync(this PortalClient client, string url, string link) =>
        await client.GetPageAsync((await client.GetPageAsync(url)).Document.QuerySelector(link)!.GetAttribute("href")!);
}
