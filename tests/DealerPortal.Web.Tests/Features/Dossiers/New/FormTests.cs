using System.Net;
using DealerPortal.Core;
using DealerPortal.TestCommon;

namespace DealerPortal.Web.Tests.Features.Dossiers.New;

/// <summary>What every form of the journey must do, whatever it asks.</summary>
public sealed class FormTests(PortalFixture portal) : IClassFixture<PortalFixture>
{
    public static TheoryData<string> Slugs => [.. FormCase.All.Select(form => form.Slug)];

    public static TheoryData<string, int> BadValues
    {
        get
        {
            var data = new TheoryData<string, int>();
            foreach (var form in FormCase.All)
            {
                for (var i = 0; i < form.Bad.Count; i++)
                    data.Add(form.Slug, i);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Slugs))]
    public async Task Post_WhenComplete_BecomesADossierThatShowsWhatWasFiled(string slug)
    {
        using var filing = await FormFiling.StartAsync(portal.Factory, slug);

        var sent = await filing.SendAsync();

        var dossier = Assert.Single(await filing.DossiersAsync());
        Assert.Equal((filing.Form.Type, $"/dossiers/{dossier.Number}"), (dossier.Type, sent.Location));
        var page = await filing.Client.FollowAsync(sent);
        Assert.All(filing.Form.Shows, text => Assert.Contains(text, Read(page), StringComparison.Ordinal));
        Assert.Equal(filing.Form.Slots.Count, page.Document.QuerySelectorAll("main .tile").Length);
        Assert.All(filing.Form.Slots, slot => Assert.Contains($"{slot.Slot}.jpg", page.TextOf("main .tiles"), StringComparison.Ordinal));
        var mail = Assert.Single(await portal.Factory.MailsAsync(filing.User.Email));
        Assert.Equal("DossierSubmitted", mail.Kind);
        using var support = await portal.Factory.NewClientAsync(await portal.Data.CreateStaffAsync());
        var admin = await support.GetPageAsync($"/admin/dossiers/{dossier.Number}");
        Assert.All(filing.Form.Shows, text => Assert.Contains(text, Read(admin), StringComparison.Ordinal));
        Assert.Contains(dossier.Number, (await filing.Client.GetPageAsync($"/dossiers?type={filing.Form.Type}")).MainText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_WhenSeveralLinesAreBad_SaysSoAtEach()
    {
        using var filing = await FormFiling.StartAsync(portal.Factory, "missing-accessory");

        var page = await filing.SendAsync(("Lines[0].What", null), ("Lines[0].Quantity", "0"), ("Lines[1].Quantity", "100"));

        Assert.All(["Lines[0].What", "Lines[0].Quantity", "Lines[1].Quantity"], field => Assert.NotNull(page.ErrorOf(field)));
        Assert.Equal(3, page.TextsOf(".error-summary li").Count);
    }

    [Theory]
    [MemberData(nameof(BadValues))]
    public async Task Post_WhenAFieldIsBad_SaysSoAtTheFieldAndKeepsEverything(string slug, int index)
    {
        using var filing = await FormFiling.StartAsync(portal.Factory, slug);
        var bad = filing.Form.Bad[index];

        var page = await filing.SendAsync(bad.Fields);

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.StartsWith("Erreur : ", page.Title, StringComparison.Ordinal);
        var at = bad.At ?? bad.Field;
        Assert.Equal($"Erreur : {bad.Message}", string.Join(' ', (page.ErrorOf(at) ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
        var link = Assert.Single(page.Document.QuerySelectorAll(".error-summary a"));
        Assert.Equal(bad.Message, link.TextContent);
        Assert.NotNull(page.Document.GetElementById(link.GetAttribute("href")![1..]));
        var typed = filing.Fields(bad.Fields).Where(field => field.Name != "Revision" && !(field.Name == bad.Field && IsChosen(page, field.Name))).ToList();
        Assert.Equal(typed.Select(KeptAs), typed.Select(field => KeptAs((field.Name, Shown(page, field.Name)))));
        Assert.Equal(filing.Form.Slots.Count, page.Document.QuerySelectorAll("main .tile img").Length);
        Assert.Empty(await filing.DossiersAsync());
    }

    [Theory]
    [MemberData(nameof(Slugs))]
    public async Task EveryField_HasAValueThatIsRefused(string slug)
    {
        using var filing = await FormFiling.StartAsync(portal.Factory, slug);

        var page = await filing.Client.GetPageAsync(filing.Url);

        var judged = filing.Form.Bad.Select(bad => bad.Field).Concat(filing.Form.CannotBeWrong).ToHashSet();
        Assert.All(FieldsAsked(page), name => Assert.True(judged.Contains(name) || judged.Contains(name.Replace("[0]", "[1]", StringComparison.Ordinal)), $"{name} has no bad value."));
    }

    [Theory]
    [MemberData(nameof(Slugs))]
    public async Task Post_WithoutAFileThatIsNeeded_SaysSoAtItsSlot(string slug)
    {
        using var filing = await FormFiling.StartAsync(portal.Factory, slug);

        foreach (var (slot, message) in filing.Form.Slots)
        {
            var other = filing.Form.Slots.Select(s => s.Slot).Where(s => s != slot);
            using var one = await FormFiling.StartAsync(portal.Factory, slug);
            var page = await one.SendWithAsync(other);

            Assert.Equal(HttpStatusCode.BadRequest, page.Status);
            Assert.Equal(message, Assert.Single(page.Document.QuerySelectorAll(".error-summary a")).TextContent);
            Assert.Contains(message, page.TextOf($"#{slot}-e"), StringComparison.Ordinal);
            Assert.Equal(filing.Form.Slots.Count - 1, page.Document.QuerySelectorAll("main .tile img").Length);
        }
    }

    [Theory]
    [MemberData(nameof(Slugs))]
    public async Task Errors_AreInTheLanguageOfThePage(string slug)
    {
        var messages = new HashSet<string>();
        foreach (var language in Languages.All)
        {
            using var filing = await FormFiling.StartAsync(portal.Factory, slug, language);
            var page = await filing.SendAsync((filing.Form.FreeText, new string('x', 5000)));
            Assert.Equal(HttpStatusCode.BadRequest, page.Status);
            Assert.StartsWith(language, page.Document.DocumentElement.GetAttribute("lang"), StringComparison.Ordinal);
            messages.Add(Assert.Single(page.Document.QuerySelectorAll(".error-summary a")).TextContent);
        }

        Assert.Equal(Languages.All.Count, messages.Count);
    }

    [Theory]
    [MemberData(nameof(Slugs))]
    public async Task HostileText_ShowsAsText(string slug)
    {
        const string Script = "<script>alert(1)</script>";
        using var filing = await FormFiling.StartAsync(portal.Factory, slug);

        var page = await filing.Client.FollowAsync(await filing.SendAsync((filing.Form.FreeText, Script)));

        Assert.Contains(Script, page.MainText, StringComparison.Ordinal);
        Assert.DoesNotContain(page.Document.Scripts, script => script.TextContent.Contains("alert(1)", StringComparison.Ordinal));
        Assert.DoesNotContain(Script, Assert.Single(await portal.Factory.MailsAsync(filing.User.Email)).Html, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Slugs))]
    public async Task Copy_TakesTheAnswers_AndLinksBothWays(string slug)
    {
        using var filing = await FormFiling.StartAsync(portal.Factory, slug);
        await filing.SendAsync();
        var source = Assert.Single(await filing.DossiersAsync());

        var page = await filing.Client.FollowAsync(await filing.Client.PostAsync($"/dossiers/{source.Number}/copy", ("device", "same")));

        var free = filing.Form.Fields(filing).Single(field => field.Name == filing.Form.FreeText);
        Assert.Equal(free.Value, page.ValueOf(free.Name));
        Assert.Empty(page.Document.QuerySelectorAll("main .tile img"));
        Assert.All(page.Document.QuerySelectorAll("form#dossier input[type=date]"), date => Assert.Equal("", date.GetAttribute("value") ?? ""));
        Assert.NotNull(page.Document.QuerySelector($"main a[href='/dossiers/{source.Number}']"));
    }

    [Theory]
    [MemberData(nameof(Slugs))]
    public async Task Next_KeepsWhatStaysTheSame_AndAsksForTheRest(string slug)
    {
        using var filing = await FormFiling.StartAsync(portal.Factory, slug);
        await filing.SendAsync();
        var source = Assert.Single(await filing.DossiersAsync());

        var page = await filing.Client.FollowAsync(await filing.Client.PostAsync($"/dossiers/{source.Number}/next"));

        Assert.StartsWith($"/dossiers/new/{slug}/", page.Url, StringComparison.Ordinal);
        Assert.Equal("", page.ValueOf(filing.Form.FreeText) ?? "");
        Assert.Equal(source.NotifyByMail, page.Document.QuerySelector("[name=Notify][checked]") is not null);
        if (page.Document.QuerySelector("[name=SerialNumber]") is not null)
            Assert.Equal(("", ""), (page.ValueOf("ModelCode"), page.ValueOf("SerialNumber")));
        if (source.BranchId is { } branch)
            Assert.Equal(branch.ToString(System.Globalization.CultureInfo.InvariantCulture), page.ValueOf("BranchId"));
        Assert.Null(page.Document.QuerySelector($"main a[href='/dossiers/{source.Number}']"));
    }

    [Theory]
    [MemberData(nameof(Slugs))]
    public async Task Home_OffersTheFormThatAPersonFilesMost_FirstAndAlive(string slug)
    {
        using var filing = await FormFiling.StartAsync(portal.Factory, slug);
        await filing.SendAsync();

        var link = (await filing.Client.GetPageAsync("/")).Document.QuerySelector(".quick a.first")!.GetAttribute("href")!;

        Assert.StartsWith($"/dossiers/new/{slug}/", (await filing.Client.GetPageAsync(link)).Location, StringComparison.Ordinal);
    }

    /// <summary>What a person can answer on the form's page.</summary>
    internal static IReadOnlyList<string> FieldsAsked(PortalPage page) =>
    [
        .. page.Document.QuerySelectorAll("form#dossier [name]").Where(control => control.GetAttribute("type") is not ("hidden" or "file" or "submit") && control.LocalName != "button")
            .Select(control => control.GetAttribute("name")!).Distinct().Where(name => name is not ("Notify" or "SameSerialShown")),
    ];

    /// <summary>The page's data, with a space between a label and its value, and its timeline.</summary>
    private static string Read(PortalPage page) =>
        string.Join('\n', page.Document.QuerySelectorAll(".pairs > div").Select(pair => string.Join(' ', pair.Children.Select(part => string.Join(' ', part.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))))));

    /// <summary>One of several that the page offers: another value cannot come back.</summary>
    private static bool IsChosen(PortalPage page, string name) =>
        page.Document.QuerySelectorAll("form#dossier [name]").First(control => control.GetAttribute("name") == name) is { } control && (control.LocalName == "select" || control.GetAttribute("type") == "radio");

    internal static string KeptAs((string Name, string? Value) field) => $"{field.Name}={field.Value?.Trim() ?? ""}";

    internal static string? Shown(PortalPage page, string name)
    {
        var controls = page.Document.QuerySelectorAll("form#dossier [name]").Where(control => control.GetAttribute("name") == name).ToList();
        if (controls.FirstOrDefault(control => control.GetAttribute("type") is "radio" or "checkbox") is null)
            return page.ValueOf(name);
        return controls.FirstOrDefault(control => control.HasAttribute("checked"))?.GetAttribute("value");
    }
}
