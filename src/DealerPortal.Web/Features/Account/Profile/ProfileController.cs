using System.Globalization;
using DealerPortal.Core;
using DealerPortal.Core.Accounts;
using DealerPortal.Core.Data;
using DealerPortal.Core.Organisations;
using DealerPortal.Web.Access;
using DealerPortal.Web.Features.Password;
using DealerPortal.Web.Features.Shared;
using DealerPortal.Web.Hosting;
using FluentValidation;
using FluentValidation.AspNetCore;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Account.Profile;

/// <summary>What a person says about themselves, and their password. For everybody who is signed in, staff too.</summary>
[Access(Audience.MemberOrStaff)]
public sealed class ProfileController(
    CurrentUser user,
    PortalDbContext db,
    ProfileService profiles,
    PasswordService passwords,
    SessionCookie cookie,
    NewPasswordCheck newPassword,
    IValidator<ProfileForm> validator,
    IStringLocalizer<AccountTexts> texts) : Controller
{
    [HttpGet("/account")]
    [RestoresCarriedForm]
    public async Task<IActionResult> Show(CancellationToken ct) => View("Profile", await PageAsync(null, ct));

    [HttpPost("/account")]
    public async Task<IActionResult> SaveAsync(ProfileForm form, CancellationToken ct)
    {
        (await validator.ValidateAsync(form, ct)).AddToModelState(ModelState);
        if (!ModelState.IsValid || !PhoneNumber.TryParse(form.Phone, out var phone))
            return await RefusedAsync(form, StatusCodes.Status400BadRequest, ct);

        var language = form.PreferredLanguage!;
        await profiles.UpdateAsync(
            user.Required.UserId,
            new ProfileChange(TypedText.SingleLine(form.FirstName), TypedText.SingleLine(form.LastName), phone, language),
            ct);
        PortalCultures.Remember(HttpContext, language);
        // The confirmation is read on the next page, which is in the language just chosen.
        CultureInfo.CurrentUICulture = Languages.CultureOf(language);
        TempData["Notice"] = texts["Profile.Saved"].Value;
        return RedirectToAction(nameof(Show));
    }

    [HttpPost("/account/password")]
    [EnableRateLimiting(RateLimits.Credentials)]
    public async Task<IActionResult> ChangePasswordAsync(ChangePasswordForm form, CancellationToken ct)
    {
        var person = user.Required;
        if (string.IsNullOrEmpty(form.CurrentPassword))
            ModelState.AddModelError(nameof(form.CurrentPassword), texts["CurrentPassword.Required"]);
        var owner = await passwords.OwnerAsync(person.UserId, ct);
        newPassword.AddTo(ModelState, (nameof(form.NewPassword), nameof(form.NewPasswordRepeated)), form.NewPassword, form.NewPasswordRepeated, owner.OwnWords);
        if (!ModelState.IsValid)
            return await RefusedAsync(null, StatusCodes.Status400BadRequest, ct);

        var check = await passwords.ChangeAsync(person.UserId, form.CurrentPassword!, form.NewPassword!, RateLimits.NetworkOf(HttpContext), ct);
        if (check.WaitFor is { } wait)
        {
            ModelState.AddModelError(nameof(form.CurrentPassword), texts["CurrentPassword.Blocked", Response.RetryAfter(wait)]);
            return await RefusedAsync(null, StatusCodes.Status429TooManyRequests, ct);
        }

        if (check.UserId is null)
        {
            ModelState.AddModelError(nameof(form.CurrentPassword), texts["CurrentPassword.Wrong"]);
            return await RefusedAsync(null, StatusCodes.Status400BadRequest, ct);
        }

        await cookie.RenewAsync(HttpContext, ct);
        TempData["Notice"] = texts["Password.Changed"].Value;
        return RedirectToAction(nameof(Show));
    }

    private async Task<ViewResult> RefusedAsync(ProfileForm? typed, int status, CancellationToken ct)
    {
        Response.StatusCode = status;
        return View("Profile", await PageAsync(typed, ct));
    }

    private async Task<ProfilePage> PageAsync(ProfileForm? typed, CancellationToken ct)
    {
        var person = user.Required;
        var form = typed ?? await db.Users.AsNoTracking().Where(u => u.Id == person.UserId).Select(u => new ProfileForm
        {
            FirstName = u.FirstName,
            LastName = u.LastName,
            Phone = u.PhoneNumber == null ? null : PhoneNumber.Display(u.PhoneNumber),
            PreferredLanguage = u.Language,
        }).SingleAsync(ct);
        return new ProfilePage(form, person.Email);
    }
}
