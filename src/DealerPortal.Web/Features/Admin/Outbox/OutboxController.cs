using DealerPortal.Core.Accounts;
using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Dossiers.Handling;
using DealerPortal.Core.Mail;
using DealerPortal.Core.Mail.Outbox;
using DealerPortal.Web.Access;
using DealerPortal.Web.Hosting;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Admin.Outbox;

/// <summary>What was mailed, exactly. Support agents read the mails of dossiers; sending again is for portal administrators.</summary>
[Access(Audience.Staff)]
[Route("/admin/outbox")]
public sealed class OutboxController(
    PortalDbContext db, OutboxList outbox, DossierViewing viewing, IDataProtectionProvider protection, CurrentUser user, IStringLocalizer<OutboxTexts> texts) : Controller
{
    private StaffRole Role => user.Required.StaffRole;

    [HttpGet]
    public async Task<IActionResult> List(string? q, string? state, int? page, CancellationToken ct)
    {
        OutboxState? chosen = Enum.TryParse<OutboxState>(state, out var named) && Enum.IsDefined(named) ? named : null;
        var number = Math.Clamp(page ?? 1, 1, OutboxList.LastPage);
        return View("Outbox", new OutboxListPage(
            q, chosen, number,
            await outbox.ReadAsync(Role, chosen, q, number, ct),
            await outbox.CountAsync(Role, OutboxState.Waiting, ct),
            await outbox.CountAsync(Role, OutboxState.Dead, ct)));
    }

    [HttpGet("{mailId:guid}")]
    public async Task<IActionResult> Show([FromRoute] Guid mailId, CancellationToken ct)
    {
        if (await ReadAsync(mailId, ct) is not { } page)
            return NotFound();
        Response.Headers.ContentSecurityPolicy = SecurityHeaders.WithFrames;
        return View("Mail", page);
    }

    [HttpGet("{mailId:guid}/html")]
    public async Task<IActionResult> Html([FromRoute] Guid mailId, CancellationToken ct)
    {
        if (await ReadAsync(mailId, ct) is not { Content: { } content })
            return NotFound();
        Response.Headers.ContentSecurityPolicy = SecurityHeaders.MailBodyPolicy;
        return Content(content.Html, "text/html; charset=utf-8");
    }

    [HttpGet("{mailId:guid}/files/{index:int}")]
    public async Task<IActionResult> Attachment([FromRoute] Guid mailId, [FromRoute] int index, CancellationToken ct) =>
        (await ReadAsync(mailId, ct))?.Content?.Files.ElementAtOrDefault(index) is { } file
            ? File(file.Content, "application/octet-stream", file.Name)
            : NotFound();

    [HttpPost("{mailId:guid}/send-again")]
    [Access(Audience.PortalAdministrator)]
    public async Task<IActionResult> SendAgain([FromRoute] Guid mailId, int copies, [FromServices] OutboxCare care, CancellationToken ct)
    {
        if (await ReadAsync(mailId, ct) is not { } page)
            return NotFound();
        return await care.SendAgainAsync(mailId, copies, user.Required.UserId, ct) is { } copy
            ? Done(copy, "SentAgain")
            : Refused(page, "SendAgain.NotAllowed");
    }

    [HttpPost("{mailId:guid}/put-back")]
    [Access(Audience.PortalAdministrator)]
    public async Task<IActionResult> PutBack([FromRoute] Guid mailId, [FromServices] OutboxCare care, CancellationToken ct)
    {
        if (await ReadAsync(mailId, ct) is not { } page)
            return NotFound();
        return await care.PutBackAsync(mailId, user.Required.UserId, ct) ? Done(mailId, "PutBack.Done") : Refused(page, "PutBack.NotAllowed");
    }

    /// <summary>A mail may say of an end user what its dossier says, so that reading it is on record as reading the dossier is.</summary>
    private async Task<OutboxMailPage?> ReadAsync(Guid id, CancellationToken ct)
    {
        if (await outbox.FindAsync(Role, id, ct) is not { } mail)
            return null;
        var content = mail.IsSecret ? null : MailContent.Read(mail, protection);
        if (content is not null)
            await viewing.RecordMailAsync(user.Required.UserId, id, ct);
        var number = mail.DossierId is { } dossier
            ? await db.Dossiers.VisibleTo(user.Required.Reader).Where(d => d.Id == dossier).Select(d => d.Number).SingleOrDefaultAsync(ct)
            : null;
        return new OutboxMailPage(mail, outbox.StateOf(mail), content, number, await outbox.CopiesAsync(id, ct), Role == StaffRole.PortalAdministrator);
    }

    private RedirectToActionResult Done(Guid id, string notice)
    {
        TempData["Notice"] = texts[notice].Value;
        return RedirectToAction(nameof(Show), new { mailId = id });
    }

    private ViewResult Refused(OutboxMailPage page, string reason)
    {
        ModelState.AddModelError("", texts[reason]);
        Response.StatusCode = StatusCodes.Status400BadRequest;
        Response.Headers.ContentSecurityPolicy = SecurityHeaders.WithFrames;
        return View("Mail", page);
    }
}
