using System.Globalization;
using System.Net;
using System.Text;
using DealerPortal.Core.Accounts;
using DealerPortal.Core.Audit;
using DealerPortal.Core.Dossiers;
using DealerPortal.TestCommon;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DealerPortal.Web.Tests.Features.Admin;

public sealed class AuditLogTests : IDisposable
{
    private readonly PortalFactory _factory = new();

    public void Dispose() => _factory.Dispose();

    [Fact]
    public async Task List_IsForPortalAdministratorsAlone()
    {
        using var support = await _factory.NewClientAsync(await _factory.Data.CreateStaffAsync());

        foreach (var url in (string[])["/admin/audit", "/admin/audit/head", "/admin/audit/verify"])
            Assert.Equal(HttpStatusCode.NotFound, (await support.GetPageAsync(url)).Status);
        Assert.Null((await support.GetPageAsync("/admin/more")).Document.QuerySelector("a[href='/admin/audit']"));
    }

    [Fact]
    public async Task List_FiltersByPersonActionSubjectAndDay_WithNamesAsOfToday()
    {
        var one = await _factory.Data.CreateStaffAsync();
        var two = await _factory.Data.CreateStaffAsync();
        var organisation = await _factory.Data.CreateOrganisationAsync();
        var dossier = await _factory.Data.CreateDossierAsync(organisation, await _factory.Data.CreateMemberAsync(organisation));
        await RecordAsync(one, "dossier.answered", nameof(Dossier), dossier.Id);
        _factory.Time.Advance(TimeSpan.FromDays(2));
        await RecordAsync(two, "dossier.answered", nameof(Dossier), dossier.Id);
        await RecordAsync(two, "dossier.note-added", nameof(Dossier), dossier.Id);
        using var administrator = await AdministratorAsync();

        var all = await administrator.GetPageAsync($"/admin/audit?type=Dossier&subject={dossier.Id}");
        Assert.Equal(["dossier.note-added", "dossier.answered", "dossier.answered"], all.TextsOf("tbody td .code"));
        Assert.Contains(two.FullName, all.TextOf("tbody tr"), StringComparison.Ordinal);
        Assert.Equal(dossier.Number, all.TextOf($"tbody a[href='/admin/dossiers/{dossier.Number}']"));
        Assert.Equal(["dossier.note-added", "dossier.answered"], await ActionsAsync(administrator, $"actor={two.Email}&type=Dossier&subject={dossier.Id}"));
        Assert.Equal(["dossier.answered"], await ActionsAsync(administrator, $"actor={two.Id}&action=dossier.answered"));
        Assert.Equal(["dossier.answered"], await ActionsAsync(administrator, $"type=Dossier&subject={dossier.Id}&from=2026-11-23&until=2026-11-23"));
        Assert.Equal(2, (await ActionsAsync(administrator, $"type=Dossier&subject={dossier.Id}&from=2026-11-25&until=2026-11-25")).Count);
        Assert.Empty(await ActionsAsync(administrator, $"type=Dossier&subject={dossier.Id}&from=2027-01-01"));
        Assert.Contains("dossier.note-added", all.TextsOf("#Action option"));
    }

    [Theory]
    [InlineData("actor=personne@nulle.part", "Actor")]
    [InlineData("type=Dossier", "Subject")]
    [InlineData("subject=7", "Type")]
    [InlineData("from=2026-02-30", "From")]
    [InlineData("until=9999-99-99", "Until")]
    public async Task List_WithAWrongFilter_SaysSoAtTheField(string query, string field)
    {
        using var administrator = await AdministratorAsync();

        Assert.NotNull((await administrator.GetPageAsync($"/admin/audit?{query}")).ErrorOf(field));
    }

    [Fact]
    public async Task List_IsPagedWithoutGapsOrRepeats()
    {
        var staff = await _factory.Data.CreateStaffAsync();
        for (var i = 0; i < 120; i++)
            await RecordAsync(staff, "test.row", "Test", i);
        using var administrator = await AdministratorAsync();

        var seen = new List<string>();
        for (var url = "/admin/audit?action=test.row&from=2026-11-23"; url is not null;)
        {
            var page = await administrator.GetPageAsync(url);
            seen.AddRange(page.TextsOf("tbody .sub"));
            url = page.Document.QuerySelector("a[rel=next]")?.GetAttribute("href");
        }

        Assert.Equal(Enumerable.Range(0, 120).Reverse().Select(i => $"Test {i}"), seen);
    }

    [Fact]
    public async Task Verify_OfAnIntactLog_SaysSo_AlsoAgainstItsExportedHead()
    {
        await FillAsync();
        using var administrator = await AdministratorAsync();
        var head = await administrator.GetPageAsync("/admin/audit/head");
        Assert.Equal("attachment", head.ContentHeaders.ContentDisposition!.DispositionType);

        var plain = await VerifyAsync(administrator);
        Assert.Contains("Le journal est intact", plain.MainText, StringComparison.Ordinal);
        Assert.Contains("Sans tête exportée", plain.MainText, StringComparison.Ordinal);
        Assert.Contains("correspond à la tête exportée", (await VerifyAsync(administrator, head.Body)).MainText, StringComparison.Ordinal);
        var uploaded = await administrator.SubmitAsync(
            await administrator.GetPageAsync("/admin/audit/verify"), "#verify", [new TestFile("HeadFile", "head.json", Encoding.UTF8.GetBytes(head.Body))]);
        Assert.Contains("correspond à la tête exportée", (await administrator.FollowAsync(uploaded)).MainText, StringComparison.Ordinal);
        Assert.Contains((await administrator.GetPageAsync("/admin/audit")).TextsOf(".list .status"), text => text == "Intact");
    }

    [Fact]
    public async Task Verify_OfAChangedRow_NamesIt()
    {
        await FillAsync();
        using var administrator = await AdministratorAsync();
        await _factory.WriteAsync((write, ct) => write.Db.Audit.Where(a => a.Sequence == 7).ExecuteUpdateAsync(set => set.SetProperty(a => a.Detail, "forged"), ct));

        var page = await VerifyAsync(administrator);

        Assert.Contains("La ligne n° 7 n’est pas celle qui a été scellée", page.TextOf(".notice.stop"), StringComparison.Ordinal);
        Assert.Contains("test.row · Test 6", page.MainText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_OfAMissingRow_AndOfACutEnd_SaysWhich()
    {
        await FillAsync();
        using var administrator = await AdministratorAsync();
        var head = (await administrator.GetPageAsync("/admin/audit/head")).Body;
        Assert.True(AuditHead.TryParse(head, out var exported));
        await _factory.WriteAsync((write, ct) => write.Db.Audit.Where(a => a.Sequence == exported.Sequence).ExecuteDeleteAsync(ct));
        Assert.Contains("La tête exportée est plus loin que le journal", (await VerifyAsync(administrator, head)).MainText, StringComparison.Ordinal);
        Assert.Contains("Le journal est intact", (await VerifyAsync(administrator)).MainText, StringComparison.Ordinal);

        await _factory.WriteAsync((write, ct) => write.Db.Audit.Where(a => a.Sequence == 3).ExecuteDeleteAsync(ct));
        Assert.Contains("La ligne n° 3 manque", (await VerifyAsync(administrator)).MainText, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pas une tête")]
    [InlineData("12 abcdef")]
    [InlineData("{\"sequence\": -1, \"hash\": \"0000000000000000000000000000000000000000000000000000000000000000\"}")]
    public async Task Verify_WithWhatIsNoHead_IsRefusedAtTheField(string head)
    {
        using var administrator = await AdministratorAsync();

        var refused = await administrator.PostFormAsync("/admin/audit/verify", ("Head", head));

        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Contains("n’est pas une tête exportée", refused.ErrorOf("Head"), StringComparison.Ordinal);
        Assert.Equal(head, refused.ValueOf("Head"));
    }

    [Fact]
    public async Task Verify_ThatIsNotOver_ShowsItsProgress_AndAJobEndsIt()
    {
        await FillAsync();
        using var administrator = await AdministratorAsync();
        var staff = await _factory.Data.CreateStaffAsync(StaffRole.PortalAdministrator);
        var target = await _factory.ReadAsync(db => db.Audit.MaxAsync(a => a.Sequence));
        var check = await _factory.WriteAsync((write, _) =>
        {
            var begun = new AuditCheck { StartedAt = _factory.Now, StartedById = staff.Id, Target = target!.Value, CheckedHash = new string('0', 64) };
            write.Db.Add(begun);
            return Task.FromResult(begun);
        });
        var url = string.Create(CultureInfo.InvariantCulture, $"/admin/audit/checks/{check.Id}");

        var running = await administrator.GetPageAsync(url);
        Assert.Equal("3", running.Headers.GetValues("Refresh").Single());
        Assert.Equal(target?.ToString(CultureInfo.InvariantCulture), running.Document.QuerySelector("progress")?.GetAttribute("max"));

        await _factory.Services.GetRequiredService<AuditCheckJob>().RunOnceAsync(CancellationToken.None);

        var over = await administrator.GetPageAsync(url);
        Assert.False(over.Headers.Contains("Refresh"));
        Assert.Contains("Le journal est intact", over.MainText, StringComparison.Ordinal);
    }

    private static async Task<IReadOnlyList<string>> ActionsAsync(PortalClient client, string query) => (await client.GetPageAsync($"/admin/audit?{query}")).TextsOf("tbody td .code");

    private static async Task<PortalPage> VerifyAsync(PortalClient client, string head = "") =>
        await client.FollowAsync(await client.PostFormAsync("/admin/audit/verify", ("Head", head)));

    private async Task<PortalClient> AdministratorAsync() => await _factory.NewClientAsync(await _factory.Data.CreateStaffAsync(StaffRole.PortalAdministrator));

    private Task RecordAsync(TestUser actor, string action, string type, object subject) => _factory.WriteAsync((write, _) =>
    {
        write.Db.Record(_factory.Now, actor.Id, action, type, subject);
        return Task.CompletedTask;
    });

    /// <summary>Ten sealed rows.</summary>
    private async Task FillAsync()
    {
        var staff = await _factory.Data.CreateStaffAsync();
        for (var i = 0; i < 10; i++)
            await RecordAsync(staff, "test.row", "Test", i);
        await using var scope = _factory.Services.CreateAsyncScope();
        while (await scope.ServiceProvider.GetRequiredService<AuditSealer>().SealAsync(CancellationToken.None) > 0)
        {
            // Until nothing is left.
        }
    }
}
