using System.Globalization;
using System.Text.Json;
using DealerPortal.Core.Accounts;
using DealerPortal.Core.Audit;
using DealerPortal.Core.Data;
using DealerPortal.Web.Access;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Admin.Audit;

/// <summary>Who did what, newest first.</summary>
[Access(Audience.PortalAdministrator)]
public sealed class AuditController(PortalDbContext db, AuditLog log, AuditChain chain, IStringLocalizer<AuditTexts> texts) : Controller
{
    private const int ChecksShown = 5;
    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    [HttpGet("/admin/audit")]
    public async Task<IActionResult> List([FromQuery] AuditQuery query, CancellationToken ct)
    {
        var actor = await ActorAsync(query.Actor, ct);
        Check(query, actor);
        var lines = ModelState.IsValid ? await log.ReadAsync(query.ToFilter(actor?.Id), ct) : new AuditLines([], null);
        var checks = await (
            from check in db.AuditChecks.AsNoTracking()
            join person in db.Users.AsNoTracking() on check.StartedById equals person.Id
            orderby check.Id descending
            select new AuditCheckLine(check, person.FirstName + " " + person.LastName)).Take(ChecksShown).ToListAsync(ct);
        return View("Audit", new AuditPage(query, lines, await log.ActionsAsync(ct), actor?.FullName, checks));
    }

    /// <summary>The last sealed row, to be kept where nobody who can write to the database can write.</summary>
    [HttpGet("/admin/audit/head")]
    public async Task<IActionResult> Head(CancellationToken ct)
    {
        var head = await chain.HeadAsync(ct);
        return File(JsonSerializer.SerializeToUtf8Bytes(head, _json), "application/json", string.Create(CultureInfo.InvariantCulture, $"audit-head-{head.Sequence}.json"));
    }

    private void Check(AuditQuery query, User? actor)
    {
        if (!string.IsNullOrWhiteSpace(query.Actor) && actor is null)
            ModelState.AddModelError(nameof(query.Actor), texts["Actor.Unknown"]);
        if (string.IsNullOrWhiteSpace(query.Type) != string.IsNullOrWhiteSpace(query.Subject))
            ModelState.AddModelError(string.IsNullOrWhiteSpace(query.Type) ? nameof(query.Type) : nameof(query.Subject), texts["Subject.Both"]);
        foreach (var (field, day) in new[] { (nameof(query.From), query.From), (nameof(query.Until), query.Until) })
        {
            if (!string.IsNullOrWhiteSpace(day) && AuditQuery.Day(day) is null)
                ModelState.AddModelError(field, texts["Day.Invalid"]);
        }
    }

    private async Task<User?> ActorAsync(string? actor, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(actor))
            return null;
        if (int.TryParse(actor.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            return await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.Id == id, ct);
        var key = EmailAddress.Normalise(actor);
        return await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.NormalizedEmail == key, ct);
    }
}
