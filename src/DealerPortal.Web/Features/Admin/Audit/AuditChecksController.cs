using DealerPortal.Core.Audit;
using DealerPortal.Core.Data;
using DealerPortal.Web.Access;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Admin.Audit;

/// <summary>A head as it was pasted or uploaded; neither for a verification without one.</summary>
public sealed class AuditCheckForm
{
    public string? Head { get; set; }
    public IFormFile? HeadFile { get; set; }
}

/// <summary>Verifications of the audit log, which go on while nobody looks.</summary>
[Access(Audience.PortalAdministrator)]
public sealed class AuditChecksController(PortalDbContext db, AuditChecks checks, AuditChain chain, CurrentUser user, IStringLocalizer<AuditTexts> texts) : Controller
{
    private const int HeadMaxBytes = 4096;
    private const string SecondsToNextLook = "3";

    [HttpGet("/admin/audit/verify")]
    public async Task<IActionResult> Start(CancellationToken ct) => View("Verify", new VerifyPage(new AuditCheckForm(), await chain.HeadAsync(ct)));

    [HttpPost("/admin/audit/verify")]
    public async Task<IActionResult> Start(AuditCheckForm form, CancellationToken ct)
    {
        var typed = await TypedAsync(form, ct);
        AuditHead? exported = null;
        if (!string.IsNullOrWhiteSpace(typed) && !AuditHead.TryParse(typed, out exported))
        {
            ModelState.AddModelError(nameof(form.Head), texts["Head.Invalid"]);
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return View("Verify", new VerifyPage(form, await chain.HeadAsync(ct)));
        }

        var id = await checks.StartAsync(exported, user.Required.UserId, ct);
        return RedirectToAction(nameof(Show), new { checkId = id });
    }

    [HttpGet("/admin/audit/checks/{checkId:int}")]
    public async Task<IActionResult> Show([FromRoute] int checkId, CancellationToken ct)
    {
        var line = await (
            from check in db.AuditChecks.AsNoTracking()
            join person in db.Users.AsNoTracking() on check.StartedById equals person.Id
            where check.Id == checkId
            select new AuditCheckLine(check, person.FirstName + " " + person.LastName)).SingleOrDefaultAsync(ct);
        if (line is null)
            return NotFound();
        if (line.Check.FinishedAt is null)
            Response.Headers["Refresh"] = SecondsToNextLook;
        var fault = line.Check.FaultSequence is { } sequence
            ? await db.Audit.AsNoTracking().SingleOrDefaultAsync(a => a.Sequence == sequence, ct)
            : null;
        return View("Check", new CheckPage(line, fault));
    }

    /// <summary>The file's text before the pasted one.</summary>
    private static async Task<string?> TypedAsync(AuditCheckForm form, CancellationToken ct)
    {
        if (form.HeadFile is not { Length: > 0 } file)
            return form.Head;
        if (file.Length > HeadMaxBytes)
            return file.FileName;
        using var reader = new StreamReader(file.OpenReadStream());
        return await reader.ReadToEndAsync(ct);
    }
}

/// <param name="Head">As it stands now.</param>
public sealed record VerifyPage(AuditCheckForm Form, AuditHead Head);

/// <param name="FaultRow">The row where it stopped, if there is one.</param>
public sealed record CheckPage(AuditCheckLine Line, AuditEntry? FaultRow);
