using System.Net;
using System.Text;
using System.Text.Json;
using DealerPortal.Core.Data;
using DealerPortal.Core.Files;
using DealerPortal.TestCommon;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Web.Tests.Features.Dossiers.New;

public sealed class DraftFilesTests(PortalFixture portal) : IClassFixture<PortalFixture>
{
    [Theory]
    [InlineData("image.jpg", "ni une photo")]
    [InlineData("page.pdf", "ni une photo")]
    [InlineData("secret.pdf", "mot de passe")]
    [InlineData("gros.jpg", "dépasse 15")]
    [InlineData("vide.jpg", "vide")]
    public async Task Upload_OfWhatIsNotAccepted_SaysWhyAndStoresNothing(string name, string reason)
    {
        byte[] content = name switch
        {
            "image.jpg" => "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"u8.ToArray(),
            "page.pdf" => "<!doctype html><script>alert(1)</script>"u8.ToArray(),
            "secret.pdf" => Encoding.Latin1.GetBytes("%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\nxref\n0 1\n0000000000 65535 f \ntrailer\n<< /Size 3 /Root 1 0 R /Encrypt 9 0 R >>\nstartxref\n60\n%%EOF\n"),
            "gros.jpg" => [0xFF, 0xD8, 0xFF, 0xE0, .. new byte[FileLimits.MaxBytes]],
            _ => [],
        };
        using var filing = await RepairFiling.StartAsync(portal.Factory);

        var answer = await filing.UploadAsync(content, name);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        var error = JsonDocument.Parse(answer.Body).RootElement.GetProperty("error").GetString()!;
        Assert.Contains(name, error, StringComparison.Ordinal);
        Assert.Contains(reason, error, StringComparison.Ordinal);
        Assert.Null(await filing.DraftAsync());
    }

    [Fact]
    public async Task Upload_OfThe21stFile_IsRefused()
    {
        using var filing = await RepairFiling.StartAsync(portal.Factory);
        for (var i = 0; i < FileLimits.MaxFilesPerDossier; i++)
            Assert.Equal(HttpStatusCode.OK, (await filing.UploadAsync(RepairFiling.Photo((byte)i), $"{i}.jpg")).Status);

        var answer = await filing.UploadAsync(RepairFiling.Photo(99), "21.jpg");

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains("20 fichiers", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upload_WithAScriptAsName_ShowsItAsText()
    {
        using var filing = await RepairFiling.StartAsync(portal.Factory);

        var answer = await filing.UploadAsync(RepairFiling.Photo(), "<img src=x onerror=alert(1)>.jpg");

        var html = JsonDocument.Parse(answer.Body).RootElement.GetProperty("html").GetString()!;
        Assert.DoesNotContain("<img src=x", html, StringComparison.Ordinal);
        Assert.Contains("/thumbnail", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_WithFilesAndNoScripts_KeepsTheGoodAndNamesTheBad()
    {
        using var filing = await RepairFiling.StartAsync(portal.Factory);
        var page = await filing.Client.GetPageAsync(filing.Url);

        var answer = await filing.Client.SubmitAsync(
            page, "form#dossier", [new TestFile("Files", "photo.jpg", RepairFiling.Photo()), new TestFile("Files", "texte.jpg", "text"u8.ToArray())], ("Description", "typed"), ("Save", "1"));

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal("typed", answer.ValueOf("Description"));
        Assert.Contains("texte.jpg", answer.TextOf(".error-summary"), StringComparison.Ordinal);
        Assert.Equal(["photo.jpg"], answer.TextsOf(".tile b"));
        // Nothing but the file was judged: the draft was saved, not sent.
        Assert.Single(answer.Document.QuerySelectorAll(".error-summary li"));
    }

    [Fact]
    public async Task Remove_TakesTheFileAway_WithAndWithoutScripts()
    {
        using var filing = await RepairFiling.StartAsync(portal.Factory);
        await filing.UploadAsync(RepairFiling.Photo(1), "un.jpg");
        await filing.UploadAsync(RepairFiling.Photo(2), "deux.jpg");
        var files = await portal.Factory.ReadAsync(db => db.Attachments.AllOrganisations().Where(a => a.DraftId == filing.DraftId).ToListAsync());

        var plain = await filing.SendAsync(("Remove", $"{files[0].Id}"));
        var scripted = await filing.Client.PostAsync(filing.Url + "/files/remove", ("Remove", $"{files[1].Id}"));

        Assert.Equal($"{filing.Url}#Files", plain.Location);
        Assert.Equal(HttpStatusCode.NoContent, scripted.Status);
        Assert.Equal(0, await portal.Factory.ReadAsync(db => db.Attachments.AllOrganisations().CountAsync(a => a.DraftId == filing.DraftId)));
        Assert.All(files, file => Assert.False(File.Exists(Path.Combine(portal.Factory.FilesPath, file.StorageKey))));
    }

    [Fact]
    public async Task Upload_OfTheSameFileTwice_KeepsItOnce()
    {
        using var filing = await RepairFiling.StartAsync(portal.Factory);

        await filing.UploadAsync(RepairFiling.Photo(), "photo.jpg");
        await filing.UploadAsync(RepairFiling.Photo(), "photo.jpg");

        Assert.Equal(1, await portal.Factory.ReadAsync(db => db.Attachments.AllOrganisations().CountAsync(a => a.DraftId == filing.DraftId)));
    }

    [Fact]
    public async Task Upload_AfterSending_SaysWhereToAddIt()
    {
        using var filing = await RepairFiling.StartAsync(portal.Factory);
        await filing.SendAsync();

        var answer = await filing.UploadAsync(RepairFiling.Photo(), "tard.jpg");

        Assert.Equal(HttpStatusCode.Gone, answer.Status);
        Assert.Contains((await filing.DossiersAsync()).Single().Number, answer.Body, StringComparison.Ordinal);
    }
}
