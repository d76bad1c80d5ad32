using DealerPortal.Core;
using DealerPortal.Core.Accounts.OwnData;
using DealerPortal.Web.Access;
using DealerPortal.Web.Hosting;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace DealerPortal.Web.Features.Account.Data;

/// <summary>What the portal holds about a person, for that person; also for who waits for an organisation, or has left all.</summary>
[Access(Audience.SignedIn)]
[Route("/account/data")]
public sealed class DataController(CurrentUser user, OwnDataArchive archive, TimeProvider time) : Controller
{
    [HttpGet]
    public ViewResult Show() => View("Data");

    [HttpPost]
    [NeedsRecentProof(Page = "/account/data")]
    [EnableRateLimiting(RateLimits.Credentials)]
    public async Task<FileStreamResult> DownloadAsync(CancellationToken ct) =>
        File(await archive.WriteAsync(user.Required.UserId, Languages.Current, ct), "application/zip", FormattableString.Invariant($"own-data-{Formats.Today(time):yyyy-MM-dd}.zip"));
}
