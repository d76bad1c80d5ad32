using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Dossiers.Handling;
using DealerPortal.Core.Mail;
using DealerPortal.Core.Mail.Mails;
using DealerPortal.Web.Access;
using DealerPortal.Web.Features.Shared;
using FluentValidation;
using FluentValidation.AspNetCore;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Dossiers.Details;

/// <summary>One dossier: follow it, write to support, take it back.</summary>
[Access(Audience.Member)]
[Route("/dossiers/{number}")]
public sealed class DetailsController(
    DetailsScreen screen, DossierReading reading, DealerHandling handling, MessageFiles files, CurrentUser user, IStringLocalizer<DetailsTexts> texts) : Controller
{
    private Reader Reader => user.Required.Reader;

    [HttpGet]
    [RestoresCarriedForm]
    public async Task<IActionResult> Details(string number, CancellationToken ct) =>
        await screen.ReadAsync(number, ct) is { } page ? View(page) : NotFound();

    [HttpPost("messages")]
    [RequestSizeLimit(MessageFiles.MaxRequestBytes)]
    [RequestFormLimits(MultipartBodyLengthLimit = MessageFiles.MaxRequestBytes)]
    public async Task<IActionResult> AddMessage(
        string number, [Bind(Prefix = nameof(DetailsPage.Message))] MessageForm message, [FromServices] IValidator<MessageForm> validator, CancellationToken ct)
    {
        if (await screen.ReadAsync(number, ct) is not { } page)
            return NotFound();
        await files.TakeInAsync(message, number, ModelState, "Message.Files", ct);
        (await validator.ValidateAsync(message, ct)).AddToModelState(ModelState, nameof(DetailsPage.Message));
        if (!ModelState.IsValid)
            return this.Refused(page with { Message = message });

        var taken = message.TakenIn.Select(file => file.File).ToList();
        var outcome = await handling.AddMessageAsync(new DealerMessage(Reader, number, string.IsNullOrWhiteSpace(message.Text) ? null : message.Text, taken), ct);
        switch (outcome)
        {
            case HandlingOutcome.Done:
                return Back(number, "Message.Sent");
            case HandlingOutcome.NotFound:
                return NotFound();
            case HandlingOutcome.NotAllowed:
                return await NotAllowedAsync(number, "Merged.NotAllowed", ct);
            default:
                ModelState.AddModelError("Message.Files", files.Refusal(message, outcome, page.Details.Files.Count));
                return this.Refused(page with { Message = message });
        }
    }

    [HttpPost("notify")]
    public async Task<IActionResult> Notify(string number, bool notify, CancellationToken ct) =>
        await handling.SetNotificationAsync(Reader, number, notify, ct) == HandlingOutcome.Done
            ? Back(number, notify ? "Notify.On" : "Notify.Off")
            : NotFound();

    [HttpPost("withdraw")]
    public async Task<IActionResult> Withdraw(string number, StampedForm form, CancellationToken ct) =>
        await handling.WithdrawAsync(Reader, number, form.Stamp, ct) switch
        {
            HandlingOutcome.Done => Back(number, "Withdraw.Done"),
            HandlingOutcome.NotFound => NotFound(),
            HandlingOutcome.Stale => await ChangedAsync(number, form, ct),
            _ => await NotAllowedAsync(number, "Withdraw.NotAllowed", ct),
        };

    [HttpPost("request-cancellation")]
    public async Task<IActionResult> RequestCancellation(
        string number, [Bind(Prefix = nameof(DetailsPage.Cancel))] CancelForm cancel, [FromServices] IValidator<CancelForm> validator, CancellationToken ct)
    {
        if (await screen.ReadAsync(number, ct) is not { } page)
            return NotFound();
        (await validator.ValidateAsync(cancel, ct)).AddToModelState(ModelState, nameof(DetailsPage.Cancel));
        if (!ModelState.IsValid)
            return this.Refused(page with { Cancel = cancel });
        var reason = string.IsNullOrWhiteSpace(cancel.Reason) ? null : cancel.Reason;
        return await handling.RequestCancellationAsync(Reader, number, reason, ct) switch
        {
            HandlingOutcome.Done => Back(number, "Cancel.Done"),
            HandlingOutcome.NotFound => NotFound(),
            _ => await NotAllowedAsync(number, "Cancel.NotAllowed", ct),
        };
    }

    [HttpPost("another-date")]
    public async Task<IActionResult> AnotherDate(
        string number, [Bind(Prefix = nameof(DetailsPage.AnotherDate))] AnotherDateForm wish, [FromServices] IValidator<AnotherDateForm> validator, CancellationToken ct)
    {
        if (await screen.ReadAsync(number, ct) is not { } page)
            return NotFound();
        (await validator.ValidateAsync(wish, ct)).AddToModelState(ModelState, nameof(DetailsPage.AnotherDate));
        if (!ModelState.IsValid)
            return this.Refused(page with { AnotherDate = wish });
        return await handling.AskAnotherDateAsync(Reader, number, wish.Text!, ct) switch
        {
            HandlingOutcome.Done => Back(number, "AnotherDate.Done"),
            HandlingOutcome.NotFound => NotFound(),
            _ => await NotAllowedAsync(number, "AnotherDate.NotAllowed", ct),
        };
    }

    [HttpGet("appointment.ics")]
    public async Task<IActionResult> Calendar(string number, [FromServices] MailQueue mails, CancellationToken ct)
    {
        if (await reading.ReadAsync(number, Reader, ct) is not { Appointment: { } appointment } details)
            return NotFound();
        // The very entry that the mail carries, so that a calendar knows them as one.
        var person = user.Required;
        var facts = details.Facts;
        PortalMail mail = details.Kind.Track == DossierTrack.Return
            ? new PickupPlanned(facts, appointment.Date, appointment.From, appointment.Until, appointment.Place, appointment.Sequence, appointment.ComesBy)
            : new AppointmentConfirmed(facts, appointment.Date, appointment.From, appointment.Until, appointment.Place, appointment.Sequence, appointment.ComesBy);
        var entry = mails.Render(mail, new MailRecipient(person.Email, person.FullName, Core.Languages.Current)).Content.Files[0];
        return File(entry.Content, "text/calendar; charset=utf-8", entry.Name);
    }

    private RedirectResult Back(string number, string notice)
    {
        TempData["Notice"] = texts[notice].Value;
        return Redirect($"/dossiers/{number}");
    }

    private async Task<IActionResult> ChangedAsync(string number, StampedForm form, CancellationToken ct) =>
        await screen.ReadAsync(number, ct) is { } page ? this.Refused(page with { ChangedSince = page.Since(form.Seen) }, StatusCodes.Status409Conflict) : NotFound();

    private async Task<IActionResult> NotAllowedAsync(string number, string message, CancellationToken ct)
    {
        if (await screen.ReadAsync(number, ct) is not { } page)
            return NotFound();
        ModelState.AddModelError("", texts[message]);
        return this.Refused(page);
    }
}
