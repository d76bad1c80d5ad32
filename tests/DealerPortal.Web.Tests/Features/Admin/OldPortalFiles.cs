using System.Net;
using System.Text;
using DealerPortal.Core.OldPortal;
using DealerPortal.TestCommon;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Web.Tests.Features.Admin;

/// <summary>Files of an old portal on their way through the pages.</summary>
internal static class OldPortalFiles
{
    public const string Url = "/admin/organisations/imports";

    /// <summary>Uploaded and checked.</summary>
    public static async Task<PortalPage> UploadAsync(this PortalFactory factory, PortalClient client, PortalImportKind kind, string content)
    {
        var sent = await client.PostFilesAsync(Url, [new TestFile("File", "reprise.csv", Encoding.UTF8.GetBytes(content))], ("Kind", kind.ToString()));
        Assert.Equal(HttpStatusCode.Redirect, sent.Status);
        await factory.RunAsync<PortalImporting>();
        return await client.GetPageAsync(sent.Location!);
    }

    /// <summary>Confirmed and written.</summary>
    public static async Task<PortalPage> ConfirmAsync(this PortalFactory factory, PortalClient client, PortalPage preview) => await factory.StepAsync(client, preview, "#confirm");

    /// <summary>Undone, as far as nothing depends on it.</summary>
    public static async Task<PortalPage> UndoAsync(this PortalFactory factory, PortalClient client, PortalPage written) => await factory.StepAsync(client, await client.GetPageAsync(written.Url), "#undo");

    public static string Plain(this PortalPage page) => page.MainText.Replace('\u00a0', ' ');

    /// <summary>Each line about which something is said, as it stands on the page.</summary>
    public static IReadOnlyList<string> Said(this PortalPage page, string id) => [.. page.TextsOf($"section[aria-labelledby={id}] tbody tr").Select(text => text.Replace('\u00a0', ' '))];

    public static Task NumberAsync(this PortalFactory factory, TestOrganisation organisation, string number) =>
        factory.WriteAsync((write, ct) => write.Db.Organisations.Where(o => o.Id == organisation.Id).ExecuteUpdateAsync(set => set.SetProperty(o => o.CustomerNumber, number), ct));

    /// <summary>The invited person takes their place; their client.</summary>
    public static async Task<PortalClient> AcceptAsync(PortalFactory factory, string email)
    {
        const string Password = "girafe en montgolfière";
        var client = factory.NewClient();
        var page = await client.GetPageAsync(Assert.Single(await factory.MailsAsync(email)).Links.Single(link => link.StartsWith("/invitation/member?", StringComparison.Ordinal)));
        var answer = await client.SubmitAsync(page, "#invited", ("FirstName", "Noor"), ("LastName", "Tekst"), ("Phone", "+32 4 000 00 19"), ("Password", Password), ("PasswordRepeated", Password));
        Assert.Equal(HttpStatusCode.Redirect, answer.Status);
        return client;
    }

    private static async Task<PortalPage> StepAsync(this PortalFactory factory, PortalClient client, PortalPage page, string form)
    {
        Assert.Equal(HttpStatusCode.Redirect, (await client.SubmitAsync(page, form)).Status);
        await factory.RunAsync<PortalImporting>();
        return await client.GetPageAsync(page.Url);
    }
}
