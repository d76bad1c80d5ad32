using System.Globalization;
using DealerPortal.Core.Dossiers.Lists;
using DealerPortal.Web.Access;
using Microsoft.AspNetCore.Mvc;

namespace DealerPortal.Web.Features.Live;

/// <summary>Tells an open page whether what it shows has changed: 304 where it has not, and nothing of it is read.</summary>
[AskedByThePage]
public sealed class LiveController(PulseReading pulse, CurrentUser user) : Controller
{
    /// <summary>A member's dossiers, as lists and the badge show them.</summary>
    [HttpGet("/dossiers/live")]
    [Access(Audience.Member)]
    public async Task<IActionResult> All(CancellationToken ct) => Answer((await pulse.ReadAsync(user.Required.Reader, user.Required.Organisation!.Id, ct)).Tag);

    /// <summary>A dossier that a member has open, and their others, for the badge.</summary>
    [HttpGet("/dossiers/{number}/live")]
    [Access(Audience.Member)]
    public async Task<IActionResult> Dossier(string number, CancellationToken ct) => await pulse.LastEntryAsync(number, user.Required.Reader, ct) is { } last
        ? Answer(LiveTag.Of(last, await pulse.ReadAsync(user.Required.Reader, user.Required.Organisation!.Id, ct)))
        : NotFound();

    /// <summary>A dossier that support has open, with what only support sees.</summary>
    [HttpGet("/admin/dossiers/{number}/live")]
    [Access(Audience.Staff)]
    public async Task<IActionResult> Desk(string number, CancellationToken ct) => await pulse.LastEntryAsync(number, user.Required.Reader, ct) is { } last
        ? Answer(LiveTag.Of(last, pulse: null))
        : NotFound();

    private StatusCodeResult Answer(string tag)
    {
        var quoted = $"\"{tag}\"";
        Response.Headers.ETag = quoted;
        return StatusCode(Request.Headers.IfNoneMatch.Contains(quoted) ? StatusCodes.Status304NotModified : StatusCodes.Status204NoContent);
    }
}

internal static class LiveTag
{
    /// <summary>With the time that an answer takes, a page shows what is new within five seconds.</summary>
    public const int AskEveryMs = 3500;

    /// <summary>What a dossier's page shows, as one word.</summary>
    /// <param name="lastEntry">The newest entry of its timeline.</param>
    /// <param name="pulse">The reader's other dossiers; null for staff.</param>
    public static string Of(long lastEntry, Pulse? pulse) => string.Create(CultureInfo.InvariantCulture, $"{lastEntry:x}.{pulse?.Tag}");
}
