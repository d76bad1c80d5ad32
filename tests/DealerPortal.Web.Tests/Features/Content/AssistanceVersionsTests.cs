using System.Net;
using DealerPortal.Core.Content.Assistance;
using DealerPortal.TestCommon;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Web.Tests.Features.Content;

/// <summary>The text for consumers' questions, kept in the admin area in versions, by a clock that is moved.</summary>
public sealed class AssistanceVersionsTests : IDisposable
{
    private const string New = "/admin/consumer-assistance/new";
    private readonly PortalFactory _factory = new() { Settings = { ["Brand:ConsumerPhone"] = "+32 4 000 00 20" } };

    [Fact]
    public async Task Version_IsReadFromItsDay_InEachLanguage_UntilTheNext()
    {
        using var support = await SupportAsync();
        var organisation = await _factory.Data.CreateOrganisationAsync();
        var reader = await _factory.Data.CreateMemberAsync(organisation);
        var page = await support.GetPageAsync(New);
        Assert.StartsWith("## À préparer par le client\n\n- Le code modèle", page.ValueOf("Form.Fr"), StringComparison.Ordinal);
        Assert.StartsWith("## Wat de klant klaarlegt", page.ValueOf("Form.Nl"), StringComparison.Ordinal);

        var preview = await support.SubmitAsync(page, "#assistance", [.. Texts, ("Form.From", "2026-12-01"), ("Form.Then", "preview")]);
        Assert.Equal(["Appelez le +32 4 000 00 20."], preview.TextsOf("#preview [lang=fr] .prose"));
        Assert.Equal(["tel:+3240000020"], preview.HrefsOf("#preview [lang=fr] a"));
        Assert.Equal("Zum Hörer greifen: +32 4 000 00 20", preview.TextOf("#preview [lang=de] h4"));
        Assert.Equal(0, await _factory.ReadAsync(db => db.AssistanceTexts.CountAsync()));
        var saved = await support.SubmitAsync(preview, "#assistance", ("Form.Then", "publish"));
        Assert.Equal(HttpStatusCode.Redirect, saved.Status);
        Assert.Contains("À venir", (await support.FollowAsync(saved)).MainText, StringComparison.Ordinal);

        Assert.Contains("À préparer par le client", await ReadAsync(reader), StringComparison.Ordinal);
        // A second before midnight in Brussels, and then.
        _factory.Time.SetUtcNow(new DateTimeOffset(2026, 11, 30, 22, 59, 59, TimeSpan.Zero));
        Assert.Contains("À préparer par le client", await ReadAsync(reader), StringComparison.Ordinal);
        _factory.Time.SetUtcNow(new DateTimeOffset(2026, 11, 30, 23, 0, 0, TimeSpan.Zero));
        Assert.Contains("Appelez le +32 4 000 00 20.", await ReadAsync(reader), StringComparison.Ordinal);
        Assert.Contains("Bel +32 4 000 00 20.", await ReadAsync(await _factory.Data.CreateMemberAsync(organisation, language: "nl")), StringComparison.Ordinal);
        Assert.DoesNotContain("À préparer", await ReadAsync(reader), StringComparison.Ordinal);
        await _factory.Data.CreateAssistanceAsync(await _factory.Data.CreateStaffAsync(), new DateOnly(2026, 12, 1));
        Assert.Contains("Aide +32 4 000 00 20", await ReadAsync(reader), StringComparison.Ordinal);
        Assert.Equal(["assistance.added"], await _factory.ReadAsync(db => db.Audit.Where(a => a.SubjectType == nameof(AssistanceText)).Select(a => a.Action).ToListAsync()));
    }

    [Fact]
    public async Task New_IsRefusedAtTheField_AndKeepsTheTextWhereSomebodyWasFaster()
    {
        using var support = await SupportAsync();
        var opened = await support.GetPageAsync(New);

        var refused = await support.SubmitAsync(opened, "#assistance", [.. Texts[1..3], ("Form.Fr", "Allô {telefon}"), ("Form.En", " "), ("Form.From", "2026-11-22"), ("Form.Then", "publish")]);
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        foreach (var field in (string[])["Form.Fr", "Form.En", "Form.From"])
            Assert.NotNull(refused.ErrorOf(field));
        Assert.Equal("Allô {telefon}", refused.ValueOf("Form.Fr"));

        var other = await _factory.Data.CreateAssistanceAsync(await _factory.Data.CreateStaffAsync());
        var overtaken = await support.SubmitAsync(opened, "#assistance", [.. Texts, ("Form.From", "2026-12-01"), ("Form.Then", "publish")]);
        Assert.Equal(HttpStatusCode.Conflict, overtaken.Status);
        Assert.Equal($"/admin/consumer-assistance/{other.Id}", overtaken.HrefsOf("#changed a").Single());
        Assert.Equal("Appelez le {phone}.", overtaken.ValueOf("Form.Fr"));
        Assert.Equal(HttpStatusCode.Redirect, (await support.SubmitAsync(overtaken, "#assistance", ("Form.Then", "publish"))).Status);
    }

    [Fact]
    public async Task Withdraw_IsForComingVersionsAlone()
    {
        using var support = await SupportAsync();
        var author = await _factory.Data.CreateStaffAsync();
        var current = await _factory.Data.CreateAssistanceAsync(author, new DateOnly(2026, 11, 23));
        var coming = await _factory.Data.CreateAssistanceAsync(author, new DateOnly(2026, 11, 24));

        await support.PostAsync($"/admin/consumer-assistance/{current.Id}/withdraw");
        await support.PostAsync($"/admin/consumer-assistance/{coming.Id}/withdraw");

        Assert.Equal(["Version 2 24 novembre 2026 Retirée", "Version 1 23 novembre 2026 En vigueur"], (await support.GetPageAsync("/admin/consumer-assistance")).TextsOf("tbody tr"));
    }

    [Fact]
    public void Fill_LeavesOutTheLineOfASiteThatTheHouseHasNot()
    {
        const string Text = "Appelez {phone}\nou {site}\nbonne chance";

        Assert.Equal("Appelez [+32 4 000 00 10](tel:+3240000010)\nbonne chance", AssistancePlaces.Fill(Text, new()));
        Assert.Equal("Appelez [+32 4 000 00 10](tel:+3240000010)\nou <https://conso.example>\nbonne chance", AssistancePlaces.Fill(Text, new() { ConsumerSite = "https://conso.example" }));
    }

    public void Dispose() => _factory.Dispose();

    private static (string, string?)[] Texts => [("Form.Fr", "Appelez le {phone}."), ("Form.Nl", "Bel {phone}."), ("Form.De", "# Zum Hörer greifen: {phone}"), ("Form.En", "Call {phone}.")];

    private async Task<PortalClient> SupportAsync() => await _factory.NewClientAsync(await _factory.Data.CreateStaffAsync());

    private async Task<string> ReadAsync(TestUser reader)
    {
        using var client = await _factory.NewClientAsync(reader);
        return (await client.GetPageAsync("/consumer-assistance")).MainText;
    }
}
