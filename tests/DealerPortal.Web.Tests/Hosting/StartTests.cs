using System.Diagnostics;
using System.Net;
using DealerPortal.TestCommon;
using DealerPortal.Web.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;

namespace DealerPortal.Web.Tests.Hosting;

/// <summary>What starts where: production with its settings and nothing of development, development with something to look at.</summary>
public sealed class StartTests
{
    private static readonly Dictionary<string, string?> Complete = new()
    {
        ["Portal:BaseUrl"] = "https://portal.test",
        ["Database:ConnectionString"] = "Data Source=/tmp/never-opened.db",
        ["Files:Path"] = "/tmp/never-opened",
        ["Mail:From"] = "portal@portal.test",
        ["Mail:Transport"] = "Smtp",
        ["Mail:Smtp:Host"] = "mail.portal.test",
        ["DataProtection:CertificatePath"] = typeof(StartTests).Assembly.Location,
        ["Brand:SupportAddress"] = "support@portal.test",
        ["Brand:DealerlinePhone"] = "+32 4 000 00 99",
    };

    public static TheoryData<string> RequiredKeys => [.. Complete.Keys];

    public static TheoryData<string, string> DemoValues => new()
    {
        { "Portal:BaseUrl", "http://portal.test" },
        { "Portal:BaseUrl", "portal.test" },
        { "Mail:From", "portal@dealerportal.example" },
        { "Brand:SupportAddress", "support@dealerportal.example" },
        { "Brand:DealerlinePhone", "+32 4 000 00 10" },
        { "DataProtection:CertificatePath", "/nowhere/keys.pfx" },
        { "Database:Provider", "Oracle" },
    };

    [Fact]
    public void CompleteSettings_HaveNoProblem() => Assert.Empty(ProblemsWith(Complete));

    [Theory]
    [MemberData(nameof(RequiredKeys))]
    public void MissingSetting_IsNamed(string key) =>
        Assert.Contains(ProblemsWith(Complete.Where(setting => setting.Key != key)), problem => problem.StartsWith(key, StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(DemoValues))]
    public void DemoOrBrokenSetting_IsNamed(string key, string value) =>
        Assert.Contains(
            ProblemsWith(Complete.Where(setting => setting.Key != key).Append(KeyValuePair.Create(key, (string?)value))),
            problem => problem.StartsWith(key, StringComparison.Ordinal));

    [Theory]
    [InlineData("https://conso.example/aide", true)]
    [InlineData("http://conso.example", false)]
    [InlineData("javascript:alert(1)", false)]
    [InlineData("conso.example", false)]
    public void ConsumerSite_IsAnHttpsAddress(string site, bool isGood) => Assert.Equal(
        isGood ? [] : ["Brand:ConsumerSite needs an https address"],
        ProblemsWith(Complete.Append(KeyValuePair.Create("Brand:ConsumerSite", (string?)site))));

    [Theory]
    [InlineData(true, "Centre de retour", "Quai 3")]
    [InlineData(false, "Centre de retour")]
    [InlineData(false, "Centre de retour", " ")]
    public void ReturnCentre_HasAnAddressIfItIsNamed(bool isGood, params string[] lines) =>
        Assert.Equal(
            isGood ? [] : ["Brand:ReturnCentre needs a name and an address, and no empty line"],
            ProblemsWith(Complete.Concat(lines.Select((line, at) => KeyValuePair.Create($"Brand:ReturnCentre:{at}", (string?)line)))));

    [Fact]
    public async Task Production_WithoutSettings_RefusesToStartAndSaysWhich()
    {
        var (code, output) = await RunAsync([]);

        Assert.Equal(1, code);
        Assert.All(RequiredKeys.Select((object[] row) => (string)row[0]).Where(key => key != "Mail:Smtp:Host"), key => Assert.Contains($"{key} is missing", output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task UnknownVerb_IsRefused()
    {
        var (code, output) = await RunAsync(["reticulate"]);

        Assert.Equal(2, code);
        Assert.Contains("migrate", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CheckSettings_OnCompleteSettings_SaysSo()
    {
        var (code, output) = await RunAsync(["check-settings", .. Complete.Select(setting => $"--{setting.Key}={setting.Value}")]);

        Assert.Equal((0, "The settings are complete."), (code, output.Trim()));
    }

    [Fact]
    public async Task Migrate_OnAnEmptyFolder_MakesTheDatabaseOnce()
    {
        var folder = Directory.CreateTempSubdirectory("dealerportal-migrate-").FullName;
        try
        {
            string[] arguments = ["migrate", .. Complete.Select(setting => $"--{setting.Key}={setting.Value}"), $"--Database:ConnectionString=Data Source={folder}/new.db", "--DataProtection:CertificatePath="];

            var (code, output) = await RunAsync(arguments);
            Assert.True(code == 0 && output.Contains("Applied:", StringComparison.Ordinal), output);
            Assert.Contains("up to date", (await RunAsync(arguments)).Output, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Production_HasNoDemoDataAndNoMailbox()
    {
        using var factory = new PortalFactory();
        using var client = factory.NewClient();

        Assert.Equal(0, await factory.ReadAsync(db => db.Users.CountAsync()));
        Assert.NotEqual(HttpStatusCode.OK, (await client.GetPageAsync("/dev/mailbox")).Status);
        Assert.NotEqual(HttpStatusCode.OK, (await client.GetPageAsync("/dev/codes")).Status);
        Assert.Null((await client.GetPageAsync("/sign-in")).Document.QuerySelector("a[href='/dev/mailbox']"));
    }

    [Fact]
    public async Task Development_HasDemoDataInEveryStateAndAMailbox()
    {
        using var factory = new PortalFactory { Environment = "Development" };
        using var client = factory.NewClient();
        Directory.CreateDirectory(factory.MailFolder);
        await File.WriteAllTextAsync(
            Path.Combine(factory.MailFolder, "20261123-090000-one.eml"),
            "From: a@demo.example\r\nTo: b@demo.example\r\nSubject: =?utf-8?Q?D=C3=A9mo?=\r\nMIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=x\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\nplain words\r\n--x\r\nContent-Type: text/html\r\n\r\n<html><head></head><body style=\"color:red\"><script>alert(1)</script><a href=\"https://localhost/sign-in\">link</a></body></html>\r\n--x--\r\n");

        var signedIn = await client.SignInByFormAsync("alex.demo@dealerportal.example", "tartine parapluie 47");
        var counts = await factory.ReadAsync(async db => (
            Models: await db.Models.CountAsync(),
            Categories: await db.Categories.CountAsync(),
            Groups: await db.Categories.Select(c => c.Group).Distinct().CountAsync(),
            Repairs: await Core.Data.Tenancy.AllOrganisations(db.Dossiers).CountAsync(d => d.Type == Core.Dossiers.DossierType.RepairRequest),
            Types: await Core.Data.Tenancy.AllOrganisations(db.Dossiers).Select(d => d.Type).Distinct().CountAsync(),
            Returns: await Core.Data.Tenancy.AllOrganisations(db.Dossiers).Where(d => d.Type == Core.Dossiers.DossierType.ReturnRequest).Select(d => d.ReturnStatus).Distinct().CountAsync(),
            States: await Core.Data.Tenancy.AllOrganisations(db.Dossiers).Where(d => d.Type == Core.Dossiers.DossierType.RepairRequest).Select(d => new { d.Status, d.Resolution, d.RepairStatus }).Distinct().CountAsync(),
            Untold: await Core.Data.Tenancy.AllOrganisations(db.Dossiers).CountAsync(d => !Core.Data.Tenancy.AllOrganisations(db.Timeline).Any(e => e.DossierId == d.Id))));
        Assert.Equal("/sign-in/code", signedIn.Location);
        var codes = await client.GetPageAsync("/dev/codes");
        Assert.StartsWith("Alex Démo", codes.TextsOf("main .list li")[0], StringComparison.Ordinal);
        Assert.Equal("/admin", (await client.PostAsync("/sign-in/code", ("Code", codes.TextsOf("main .list .code")[0]))).Location);
        Assert.NotEqual(codes.TextsOf("main .list .code")[0], (await client.GetPageAsync("/dev/codes")).TextsOf("main .list .code")[0]);
        Assert.True(counts is { Models: >= 200, Categories: >= 12, Groups: 3, Repairs: 300, Types: 8, Returns: 7, States: 49, Untold: 0 }, counts.ToString());

        var list = await client.GetPageAsync("/dev/mailbox");
        Assert.Contains("Démo", list.MainText, StringComparison.Ordinal);
        var mail = await client.GetPageAsync(list.Document.QuerySelector("main .list a")!.GetAttribute("href")!);
        Assert.Contains("plain words", mail.MainText, StringComparison.Ordinal);
        var body = await client.GetPageAsync(mail.Document.QuerySelector("iframe")!.GetAttribute("src")!);
        Assert.StartsWith("default-src 'none'; style-src 'unsafe-inline'; img-src data:;", body.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Contains("sandbox", body.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetPageAsync("/dev/mailbox/..%2F..%2Fportal.db")).Status);
    }

    [Fact]
    public async Task Production_OnADatabaseWithDemoLogins_RefusesToStart()
    {
        using var factory = new PortalFactory { Environment = "Development" };
        Assert.NotEqual(0, await factory.ReadAsync(db => db.Users.CountAsync()));

        var (code, output) = await RunAsync(
            [.. Complete.Select(setting => $"--{setting.Key}={setting.Value}"), $"--Database:ConnectionString=Data Source={factory.DatabasePath}", $"--DataProtection:CertificatePath={PortalFactory.CertificatePath}"]);

        Assert.True(code == 1 && output.Contains("demo logins", StringComparison.Ordinal), output);
    }

    private static IReadOnlyList<string> ProblemsWith(IEnumerable<KeyValuePair<string, string?>> settings) =>
        RequiredSettings.Problems(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());

    /// <summary>The real process, in Production.</summary>
    private static async Task<(int Code, string Output)> RunAsync(string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Program).Assembly.Location, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await errors);
    }
}
