using System.IO.Compression;
using System.Net;
using System.Text.Json;
using DealerPortal.Core.Accounts;
using DealerPortal.Core.Organisations;
using DealerPortal.TestCommon;
using DealerPortal.Web.Tests.Access;
using DealerPortal.Web.Tests.Features.SignIn;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Web.Tests.Features.Account;

/// <summary>A person's own data as a file. The clock moves, so the host is its own.</summary>
public sealed class DataTests(OwnPortalFixture portal) : IClassFixture<OwnPortalFixture>
{
    private readonly PortalFactory _factory = portal.Factory;

    [Fact]
    public async Task Download_HoldsWhatIsThePersons_AndNothingOfOthersNorAnySecret()
    {
        using var world = await AccessWorld.CreateAsync(_factory);
        var owner = world.Owner;
        var client = world.ClientOf(Persona.Owner);
        await TestPasskey.AddAsync(client, "Ordinateur du comptoir");
        await client.PostAsync(world.Url("/dossiers/{number}/messages"), ("Message.Text", "=cmd mon message"));
        await world.ClientOf(Persona.Support).PostAsync("/admin/users/" + owner.Id + "/unlock");
        await client.PostAsync("/language", ("language", "nl"), ("returnUrl", "/"));

        var answer = await client.SubmitAsync(await client.GetPageAsync("/account/data"), "#download");

        Assert.Equal((HttpStatusCode.OK, "application/zip", "own-data-2026-11-23.zip"), (answer.Status, answer.ContentHeaders.ContentType?.MediaType, answer.ContentHeaders.ContentDisposition?.FileNameStar));
        var files = await UnpackAsync(answer.Content);
        Assert.Equal(["README.txt", "dossiers.csv", "drafts.json", "files.json", "log.json", "mails.json", "memberships.json", "messages.json", "passkeys.json", "profile.json", "sessions.json", "views.json"], files.Keys.Order(StringComparer.Ordinal));
        Assert.StartsWith("Uw gegevens", files["README.txt"], StringComparison.Ordinal);
        Assert.Equal((owner.Email, owner.LastName), (Json(files, "profile").GetProperty("email").GetString(), Json(files, "profile").GetProperty("lastName").GetString()));
        Assert.Equal(world.Organisation.Name, Json(files, "memberships")[0].GetProperty("organisation").GetString());
        Assert.Equal("Ordinateur du comptoir", Json(files, "passkeys")[0].GetProperty("name").GetString());
        Assert.Equal("Terminés", Json(files, "views")[0].GetProperty("name").GetString());
        Assert.Contains("Draft", files["drafts.json"], StringComparison.Ordinal);
        Assert.EndsWith(".jpg", Json(files, "drafts")[0].GetProperty("files")[0].GetString(), StringComparison.Ordinal);
        Assert.Equal("=cmd mon message", Json(files, "messages").EnumerateArray().Last().GetProperty("text").GetString());
        Assert.Contains(world.RouteValues["number"], files["dossiers.csv"], StringComparison.Ordinal);
        Assert.StartsWith("\uFEFFDossier;Organisatie;", files["dossiers.csv"], StringComparison.Ordinal);
        Assert.Contains(owner.Email, files["mails.json"], StringComparison.Ordinal);
        Assert.Contains("user.passkey-added", files["log.json"], StringComparison.Ordinal);
        Assert.True(Json(files, "sessions").GetArrayLength() >= 2);

        // Not colleagues, not support, not the consumer of a filed dossier, and nothing that signs in.
        var row = await _factory.ReadAsync(db => db.Users.AsNoTracking().SingleAsync(u => u.Id == owner.Id));
        var all = string.Join('\n', files.Values);
        foreach (var foreign in (string[])[world.Colleague.LastName, world.Colleague.Email, world.ColleagueOfStaff.Email, row.PasswordHash!, row.SecurityStamp!, .. world.DossierMarks.Where(mark => mark.StartsWith("End", StringComparison.Ordinal) || mark.StartsWith("Desc", StringComparison.Ordinal))])
            Assert.DoesNotContain(foreign, all, StringComparison.Ordinal);
        foreach (var id in await _factory.ReadAsync(db => db.Sessions.Where(s => s.UserId == owner.Id).Select(s => s.Id).ToListAsync()))
            Assert.DoesNotContain(id.ToString(), all, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(1, await _factory.ReadAsync(db => db.Audit.CountAsync(a => a.Action == "user.data-downloaded" && a.ActorId == owner.Id)));
    }

    [Fact]
    public async Task Download_IsForWhoWaitsToo_AfterThePassword()
    {
        var user = await _factory.Data.CreateMemberAsync(await _factory.Data.CreateOrganisationAsync(), status: MembershipStatus.Pending);
        using var client = await _factory.NewClientAsync(user);
        Assert.NotNull((await client.GetPageAsync("/pending")).Document.QuerySelector("a[href='/account/data']"));
        _factory.Time.Advance(SessionService.ProofLifetime);

        var asked = await client.PostAsync("/account/data");
        Assert.Equal("/account/security/confirm?returnUrl=%2Faccount%2Fdata", asked.Location);
        Assert.Equal("/account/data", (await client.SubmitAsync(await client.FollowAsync(asked), "#confirm", ("Password", TestUser.Password))).Location);
        var page = await client.GetPageAsync("/account/data");

        Assert.Equal(["Mes données"], page.TextsOf(".tabs a"));
        Assert.Contains(user.Email, (await UnpackAsync((await client.SubmitAsync(page, "#download")).Content))["profile.json"], StringComparison.Ordinal);
    }

    private static JsonElement Json(Dictionary<string, string> files, string name) => JsonDocument.Parse(files[name + ".json"]).RootElement;

    private static async Task<Dictionary<string, string>> UnpackAsync(byte[] zip)
    {
        using var archive = new ZipArchive(new MemoryStream(zip), ZipArchiveMode.Read);
        var files = new Dictionary<string, string>();
        foreach (var entry in archive.Entries)
        {
            await using var stream = await entry.OpenAsync();
            using var bytes = new MemoryStream();
            await stream.CopyToAsync(bytes);
            files[entry.FullName] = System.Text.Encoding.UTF8.GetString(bytes.ToArray());
        }

        return files;
    }
}
