using DealerPortal.Core.Accounts.SecondFactor;
using DealerPortal.TestCommon;

namespace DealerPortal.Web.Tests.Features.SignIn;

/// <summary>What people do to set up a second factor.</summary>
internal static class SecuritySteps
{
    /// <summary>The key that a set-up page shows.</summary>
    public static string KeyOn(PortalPage page) => page.TextOf("#key").Replace(" ", "", StringComparison.Ordinal);

    /// <summary>What an app shows now that has scanned the page.</summary>
    public static string CodeOf(PortalPage page, PortalFactory factory) => Totp.CodeOf(KeyOn(page), Totp.StepAt(factory.Now));

    /// <summary>Links an app through the pages; the recovery codes it brought.</summary>
    public static async Task<IReadOnlyList<string>> LinkAppAsync(this PortalClient client, PortalFactory factory)
    {
        var page = await client.GetPageAsync("/account/security/app");
        var codes = await client.FollowAsync(await client.SubmitAsync(page, "#app", ("Code", CodeOf(page, factory))));
        return [.. codes.Document.QuerySelectorAll(".codes .code").Select(code => code.TextContent)];
    }
}
