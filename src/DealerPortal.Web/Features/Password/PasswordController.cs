using DealerPortal.Core;
using DealerPortal.Core.Accounts;
using DealerPortal.Web.Features.Shared;
using DealerPortal.Web.Hosting;
using FluentValidation;
using FluentValidation.AspNetCore;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Password;

/// <summary>A forgotten password: a link by mail, then a new one.</summary>
[AllowAnonymous]
public sealed class PasswordController(
    PasswordService passwords, NewPasswordCheck check, IValidator<ForgotForm> forgotten, IStringLocalizer<PasswordTexts> texts) : Controller
{
    [HttpGet("/password/forgot")]
    [RestoresCarriedForm]
    public IActionResult Forgot() => View(new ForgotForm());

    [HttpPost("/password/forgot")]
    [EnableRateLimiting(RateLimits.Credentials)]
    public async Task<IActionResult> ForgotAsync(ForgotForm form, CancellationToken ct)
    {
        (await forgotten.ValidateAsync(form, ct)).AddToModelState(ModelState);
        if (!ModelState.IsValid || !EmailAddress.TryParse(form.Email, out var email))
        {
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return View("Forgot", form);
        }

        await passwords.RequestResetAsync(email, Languages.Current, ct);
        return RedirectToAction(nameof(Sent));
    }

    [HttpGet("/password/sent")]
    public IActionResult Sent() => View();

    [HttpGet("/password/reset")]
    public async Task<IActionResult> Reset(string? token, CancellationToken ct) =>
        token is { Length: > 0 } && await passwords.FindResetAsync(token, ct) is not null ? View(new ResetForm { Token = token }) : Over();

    [HttpPost("/password/reset")]
    [EnableRateLimiting(RateLimits.Credentials)]
    public async Task<IActionResult> ResetAsync(ResetForm form, CancellationToken ct)
    {
        if (form.Token is not { Length: > 0 } token || await passwords.FindResetAsync(token, ct) is not { } owner)
            return Over();
        check.AddTo(ModelState, (nameof(form.Password), nameof(form.PasswordRepeated)), form.Password, form.PasswordRepeated, owner.OwnWords);
        if (!ModelState.IsValid)
        {
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return View("Reset", form);
        }

        if (!await passwords.ResetAsync(token, form.Password!, RateLimits.NetworkOf(HttpContext), ct))
            return Over();
        TempData["Notice"] = texts["Reset.Done"].Value;
        return Redirect("/sign-in");
    }

    /// <summary>A link that is used, old or cut off: the page says how to get another.</summary>
    private ViewResult Over()
    {
        Response.StatusCode = StatusCodes.Status400BadRequest;
        return View("ResetOver");
    }
}
