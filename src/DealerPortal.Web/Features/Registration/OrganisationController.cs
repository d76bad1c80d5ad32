using System.Globalization;
using DealerPortal.Core;
using DealerPortal.Core.Organisations;
using DealerPortal.Web.Access;
using DealerPortal.Web.Features.Password;
using DealerPortal.Web.Features.Shared;
using DealerPortal.Web.Hosting;
using FluentValidation;
using FluentValidation.AspNetCore;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Registration;

/// <summary>
/// The organisation, chosen or created: for somebody whose address was just verified, who also says who they are, and
/// for somebody with an account who belongs nowhere, or to another organisation.
/// </summary>
[AllowAnonymous]
public sealed class OrganisationController(
    RegistrationCookie registrationCookie,
    SessionCookie sessionCookie,
    CurrentUser user,
    OrganisationSearch organisations,
    MembershipApplications applications,
    OrganisationValidators validators,
    NewPasswordCheck newPassword,
    IStringLocalizer<RegistrationTexts> texts) : Controller
{
    [HttpGet("/register/organisation")]
    [EnableRateLimiting(RateLimits.LookUp)]
    [RestoresCarriedForm]
    public async Task<IActionResult> Choose(string? q, bool wider, int? pick, CancellationToken ct)
    {
        if (await EntrantAsync(ct) is not { } entrant)
            return Elsewhere();
        var form = new JoinForm { Query = q, Wider = wider ? "true" : null, OrganisationId = pick?.ToString(CultureInfo.InvariantCulture) };
        await PrepareAsync(entrant, form, ct);
        return Request.Headers.XRequestedWith.Count > 0 ? PartialView("_Results", form) : View("Choose", form);
    }

    [HttpPost("/register/organisation")]
    [EnableRateLimiting(RateLimits.Credentials)]
    public async Task<IActionResult> JoinAsync(JoinForm form, CancellationToken ct)
    {
        if (await EntrantAsync(ct) is not { } entrant)
            return Elsewhere();
        (await validators.Join.ValidateAsync(form, ct)).AddToModelState(ModelState);
        var chosen = int.TryParse(form.OrganisationId, out var id) ? await organisations.FindByIdAsync(id, ct) : null;
        await JudgePersonAsync(entrant, form, chosen?.Name, ct);
        if (ModelState.IsValid)
        {
            var result = await applications.JoinAsync(entrant.Applicant(form), id, ct);
            if (result.Outcome == ApplicationOutcome.Done)
                return await EnterAsync(entrant, result, entrant.IsMember ? "/account/organisations" : "/pending", ct);
            if (result.Outcome == ApplicationOutcome.AccountExists)
                return AccountExists();
            ModelState.AddModelError(nameof(form.OrganisationId), texts["Join." + result.Outcome]);
        }

        Response.StatusCode = StatusCodes.Status400BadRequest;
        await PrepareAsync(entrant, form, ct);
        return View("Choose", form);
    }

    [HttpGet("/register/organisation/new")]
    [RestoresCarriedForm]
    public async Task<IActionResult> New(string? vat, CancellationToken ct)
    {
        if (await EntrantAsync(ct) is not { } entrant)
            return Elsewhere();
        return await NewPageAsync(entrant, new CreateForm { Vat = vat, Country = "BE" }, isChecked: false, ct);
    }

    /// <summary>Looks at the VAT number alone; the rest stays as it was typed.</summary>
    [HttpPost("/register/organisation/new/check")]
    [EnableRateLimiting(RateLimits.LookUp)]
    public async Task<IActionResult> CheckAsync(CreateForm form, CancellationToken ct)
    {
        if (await EntrantAsync(ct) is not { } entrant)
            return Elsewhere();
        (await validators.Create.ValidateAsync(form, options => options.IncludeProperties(nameof(form.Vat)), ct)).AddToModelState(ModelState);
        if (!ModelState.IsValid)
            Response.StatusCode = StatusCodes.Status400BadRequest;
        return await NewPageAsync(entrant, form, isChecked: true, ct);
    }

    [HttpPost("/register/organisation/new")]
    [EnableRateLimiting(RateLimits.Credentials)]
    public async Task<IActionResult> CreateAsync(CreateForm form, CancellationToken ct)
    {
        if (await EntrantAsync(ct) is not { } entrant)
            return Elsewhere();
        (await validators.Create.ValidateAsync(form, ct)).AddToModelState(ModelState);
        await JudgePersonAsync(entrant, form, form.Name, ct);
        if (ModelState.IsValid && VatNumber.TryParse(form.Vat, out var vat))
        {
            var created = new NewOrganisation(TypedText.SingleLine(form.Name), vat, form.ToAddress());
            var result = await applications.CreateAsync(entrant.Applicant(form), created, ct);
            if (result.Outcome == ApplicationOutcome.Done)
                return await EnterAsync(entrant, result, entrant.IsMember ? $"/?{OrganisationGate.Parameter}={result.OrganisationId}" : "/", ct);
            if (result.Outcome == ApplicationOutcome.AccountExists)
                return AccountExists();
            ModelState.AddModelError(nameof(form.Vat), texts["Vat.Taken"]);
        }

        Response.StatusCode = StatusCodes.Status400BadRequest;
        return await NewPageAsync(entrant, form, isChecked: true, ct);
    }

    /// <summary>Who is here: by session, or by a verified registration; null for everybody else.</summary>
    private async Task<Entrant?> EntrantAsync(CancellationToken ct)
    {
        if (user.Snapshot is { } person)
            return person.IsStaff ? null : new Entrant(person.Email, person.UserId, null, person.IsMember);
        return await registrationCookie.FindAsync(ct) is { VerifiedAt: not null } registration ? new Entrant(registration.Email, null, registration, false) : null;
    }

    private RedirectResult Elsewhere() => Redirect(user.IsSignedIn ? "/" : "/register");

    private async Task JudgePersonAsync(Entrant entrant, IPersonForm form, string? organisation, CancellationToken ct)
    {
        if (!entrant.IsNew)
            return;
        (await validators.Person.ValidateAsync(form, ct)).AddToModelState(ModelState);
        var (first, last) = (TypedText.SingleLine(form.FirstName), TypedText.SingleLine(form.LastName));
        newPassword.AddTo(
            ModelState, (nameof(form.Password), nameof(form.PasswordRepeated)), form.Password, form.PasswordRepeated, [first, last, $"{first} {last}", entrant.Email, organisation]);
    }

    private async Task<IActionResult> EnterAsync(Entrant entrant, ApplicationResult result, string page, CancellationToken ct)
    {
        if (entrant.IsNew)
        {
            registrationCookie.Clear();
            await sessionCookie.SignInAsync(HttpContext, result.UserId, keep: false, ct);
        }
        else if (page.StartsWith("/account", StringComparison.Ordinal))
        {
            TempData["Notice"] = texts["Choose.Sent"].Value;
        }

        return Redirect(page);
    }

    /// <summary>The address got its account in another tab: its owner knows, having read its mails.</summary>
    private RedirectResult AccountExists()
    {
        registrationCookie.Clear();
        TempData["Notice"] = texts["AccountExists"].Value;
        return Redirect("/sign-in");
    }

    private async Task PrepareAsync(Entrant entrant, JoinForm form, CancellationToken ct)
    {
        var wider = form.Wider == "true";
        var found = wider ? await organisations.FindWiderAsync(form.Query, ct) : await organisations.FindAsync(form.Query, ct);
        // What was chosen stays to be seen, whatever is searched after.
        if (int.TryParse(form.OrganisationId, out var id) && found.All(o => o.Id != id) && await organisations.FindByIdAsync(id, ct) is { } chosen)
            found = [chosen, .. found];
        ViewData[ChoosePage.Key] = new ChoosePage(entrant.Email, entrant.IsNew, entrant.IsMember, wider, OrganisationSearch.IsLongEnough(form.Query), found);
    }

    private async Task<IActionResult> NewPageAsync(Entrant entrant, CreateForm form, bool isChecked, CancellationToken ct)
    {
        var match = isChecked && VatNumber.TryParse(form.Vat, out var vat) ? await organisations.FindByVatAsync(vat, ct) : null;
        ViewData[NewPage.Key] = new NewPage(entrant.Email, entrant.IsNew, match, IsFree: isChecked && match is null && ModelState.GetFieldValidationState(nameof(form.Vat)) != Microsoft.AspNetCore.Mvc.ModelBinding.ModelValidationState.Invalid);
        return View("New", form);
    }

    /// <param name="IsMember">Whether they work for another organisation already.</param>
    private sealed record Entrant(string Email, int? UserId, Core.Accounts.Registration? Registration, bool IsMember)
    {
        public bool IsNew => UserId is null;

        public Applicant Applicant(IPersonForm form) => UserId is { } id
            ? new KnownPerson(id)
            : new NewPerson(Registration!, TypedText.SingleLine(form.FirstName), TypedText.SingleLine(form.LastName), PhoneNumber.TryParse(form.Phone, out var phone) ? phone : "", form.Password!);
    }
}

/// <summary>What the two forms are judged by.</summary>
public sealed record OrganisationValidators(IValidator<JoinForm> Join, IValidator<CreateForm> Create, IValidator<IPersonForm> Person);

/// <param name="IsNew">Whether the person has yet to say who they are.</param>
/// <param name="IsMember">Whether they work for another organisation already.</param>
/// <param name="Searched">Whether the query was long enough to look for.</param>
public sealed record ChoosePage(string Email, bool IsNew, bool IsMember, bool Wider, bool Searched, IReadOnlyList<FoundOrganisation> Found)
{
    public const string Key = nameof(ChoosePage);
}

/// <param name="Match">The organisation that has the VAT number.</param>
/// <param name="IsFree">The number was looked at: it is valid, and nobody has it.</param>
public sealed record NewPage(string Email, bool IsNew, FoundOrganisation? Match, bool IsFree)
{
    public const string Key = nameof(NewPage);
}
