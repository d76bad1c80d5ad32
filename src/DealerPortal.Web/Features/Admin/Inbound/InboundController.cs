using DealerPortal.Core;
using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Dossiers.Handling;
using DealerPortal.Core.Mail.Inbound;
using DealerPortal.Web.Access;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Admin.Inbound;

/// <summary>Mails that came in and became no message: why, what they say, and what a person makes of them.</summary>
[Access(Audience.Staff)]
[Route("/admin/inbound")]
public sealed class InboundController(
    PortalDbContext db, InboundList list, InboundCare care, DossierViewing viewing, CurrentUser user, IStringLocalizer<InboundTexts> texts) : Controller
{
    [HttpGet]
    public async Task<IActionResult> List(string? view, int? page, CancellationToken ct)
    {
        var chosen = Enum.TryParse<InboundView>(view, out var named) && Enum.IsDefined(named) ? named : InboundView.Open;
        var number = Math.Clamp(page ?? 1, 1, InboundList.LastPage);
        return View("Inbound", new InboundListPage(chosen, number, await list.ReadAsync(chosen, number, ct), await list.CountOpenAsync(ct)));
    }

    [HttpGet("{inboundId:guid}")]
    public async Task<IActionResult> Show([FromRoute] Guid inboundId, CancellationToken ct)
    {
        if (await ReadAsync(inboundId, ct) is not { } page)
            return NotFound();
        await viewing.RecordInboundAsync(user.Required.UserId, inboundId, ct);
        return View("Mail", page);
    }

    [HttpPost("{inboundId:guid}/put-aside")]
    public async Task<IActionResult> PutAside([FromRoute] Guid inboundId, CancellationToken ct) =>
        await AnswerAsync(await care.PutAsideAsync(inboundId, user.Required.UserId, ct), inboundId, new AttachForm(), "PutAside.Done", ct);

    [HttpPost("{inboundId:guid}/attach")]
    public async Task<IActionResult> Attach([FromRoute] Guid inboundId, [Bind(Prefix = nameof(InboundMailPage.Attach))] AttachForm attach, CancellationToken ct)
    {
        if (await ReadAsync(inboundId, ct) is not { } page)
            return NotFound();
        var step = DossierNumber.TryParse(attach.Number, out var number)
            ? await care.AttachAsync(inboundId, user.Required.Reader, number, Note(page), ct)
            : InboundStep.NoDossier;
        return await AnswerAsync(step, inboundId, attach, "Attach.Done", ct);
    }

    private async Task<IActionResult> AnswerAsync(InboundStep step, Guid id, AttachForm attach, string done, CancellationToken ct)
    {
        if (step == InboundStep.Done)
        {
            TempData["Notice"] = texts[done].Value;
            return RedirectToAction(nameof(Show), new { inboundId = id });
        }

        if (step == InboundStep.NotFound || await ReadAsync(id, ct) is not { } page)
            return NotFound();
        var isTaken = step == InboundStep.Settled;
        ModelState.AddModelError(isTaken ? "" : "Attach.Number", texts[isTaken ? "Settled.Before" : "Attach.Unknown"]);
        Response.StatusCode = isTaken ? StatusCodes.Status409Conflict : StatusCodes.Status400BadRequest;
        return View("Mail", page with { Attach = attach });
    }

    private async Task<InboundMailPage?> ReadAsync(Guid id, CancellationToken ct)
    {
        if (await list.FindAsync(id, ct) is not { } mail)
            return null;
        var number = mail.DossierId is { } dossier
            ? await db.Dossiers.VisibleTo(user.Required.Reader).Where(d => d.Id == dossier).Select(d => d.Number).SingleOrDefaultAsync(ct)
            : null;
        var by = mail.SettledById is { } person
            ? await db.Users.Where(u => u.Id == person).Select(u => u.FirstName + " " + u.LastName).SingleOrDefaultAsync(ct)
            : null;
        return new InboundMailPage(mail, number, by);
    }

    /// <summary>The mail in the words of a note, in the language of whoever adds it.</summary>
    private string Note(InboundMailPage page)
    {
        var mail = page.Mail;
        string?[] lines =
        [
            texts["Note.From", string.Join(' ', new[] { mail.SenderName, mail.Sender is null ? null : $"<{mail.Sender}>" }.Where(part => part is not null))].Value,
            mail.Subject is null ? null : texts["Note.Subject", mail.Subject].Value,
            texts["Note.Received", Formats.DateAndHour(mail.ReceivedAt)].Value,
            page.Files.Count == 0 ? null : texts["Note.Files", string.Join(", ", page.Files)].Value,
        ];
        var head = string.Join('\n', lines.Where(line => line is not null));
        return mail.Text is null ? head : $"{head}\n\n{mail.Text}";
    }
}
