using DealerPortal.Core;
using DealerPortal.Core.Calendar;
using DealerPortal.Core.Data;
using DealerPortal.Web.Access;
using DealerPortal.Web.Features.Dossiers.New.Fields;
using DealerPortal.Web.Features.Shared;
using FluentValidation;
using FluentValidation.AspNetCore;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Admin.ClosingDays;

/// <summary>The days on which nobody works: the holidays that the portal computes, and the house's own, which are kept here.</summary>
[Access(Audience.PortalAdministrator)]
[Route("/admin/closing-days")]
public sealed class ClosingDaysController(
    PortalDbContext db, Core.Calendar.ClosingDays closingDays, CurrentUser user, TimeProvider time, IStringLocalizer<ClosingDaysTexts> texts) : Controller
{
    [HttpGet]
    [RestoresCarriedForm]
    public async Task<IActionResult> Year(int? year, CancellationToken ct) => View("ClosingDays", await PageAsync(year, new ClosingDaysForm(), ct));

    [HttpPost]
    public async Task<IActionResult> Add([Bind(Prefix = nameof(ClosingDaysPage.Form))] ClosingDaysForm form, [FromServices] IValidator<ClosingDaysForm> validator, CancellationToken ct)
    {
        (await validator.ValidateAsync(form, ct)).AddToModelState(ModelState, nameof(ClosingDaysPage.Form));
        if (!ModelState.IsValid)
            return await RefusedAsync(form, ct);
        var result = await closingDays.AddAsync(new NewClosingDays(form.FirstDay!.Value, form.LastDay!.Value, TypedText.SingleLine(form.Note), user.Required.UserId), ct);
        if (result.Outcome == ClosingDaysOutcome.Added)
            return Back(form.FirstDay.Value.Year, result.Days.Count == 1 ? texts["Added.One", Formats.LongDate(result.Days[0])] : texts["Added.Many", result.Days.Count]);
        ModelState.AddModelError("Form.From", result.Outcome == ClosingDaysOutcome.Exists
            ? texts["From.Exists", string.Join(", ", result.Days.Select(day => Formats.Date(day)))]
            : texts["From.NoWorkingDay"]);
        return await RefusedAsync(form, ct);
    }

    [HttpPost("remove")]
    public async Task<IActionResult> Remove(string? day, string? past, CancellationToken ct)
    {
        if (TypedDate.OrNull(day) is not { } date || (date < Formats.Today(time) && past != "true"))
            return NotFound();
        var removed = await closingDays.RemoveAsync(date, user.Required.UserId, ct);
        return Back(date.Year, texts[removed ? "Removed" : "Removed.Before", Formats.LongDate(date)]);
    }

    private async Task<ViewResult> RefusedAsync(ClosingDaysForm form, CancellationToken ct)
    {
        Response.StatusCode = StatusCodes.Status400BadRequest;
        return View("ClosingDays", await PageAsync(form.FirstDay?.Year, form, ct));
    }

    private async Task<ClosingDaysPage> PageAsync(int? chosen, ClosingDaysForm form, CancellationToken ct)
    {
        var today = Formats.Today(time);
        var year = Math.Clamp(chosen ?? today.Year, today.Year - ClosingDaysPage.YearsBack, today.Year + ClosingDaysForm.YearsAhead);
        var (first, last) = (new DateOnly(year, 1, 1), new DateOnly(year, 12, 31));
        var own = await db.Set<ClosingDay>().AsNoTracking().Where(d => d.Date >= first && d.Date <= last).ToListAsync(ct);
        var days = own.Select(day => new FreeDay(day.Date, null, [], day.Note)).Concat(HolidaysOf(year)).OrderBy(day => day.Date).ToList();
        var calendar = new WorkingDays(own.Select(day => day.Date).ToHashSet());
        return new ClosingDaysPage(year, today, days, calendar.Between(first.AddDays(-1), last, "BE"), calendar.Between(first.AddDays(-1), last, "LU"), form);
    }

    private static IEnumerable<FreeDay> HolidaysOf(int year) => Enum.GetValues<HolidayCountry>()
        .SelectMany(country => WorkingDays.NamedHolidays(year, country).Select(holiday => (holiday, country)))
        .GroupBy(row => row.holiday, row => row.country)
        .Select(group => new FreeDay(group.Key.Date, group.Key.Name, [.. group], null));

    private RedirectToActionResult Back(int year, string notice)
    {
        TempData["Notice"] = notice;
        return RedirectToAction(nameof(Year), new { year });
    }
}

/// <param name="Holiday">Null for a closing day.</param>
/// <param name="Countries">Whose holiday it is; a closing day is one everywhere.</param>
/// <param name="Note">Of a closing day.</param>
public sealed record FreeDay(DateOnly Date, Holiday? Holiday, IReadOnlyList<HolidayCountry> Countries, string? Note)
{
    public bool IsWeekend => Date.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;
}

/// <param name="InBelgium">Working days of the year there.</param>
public sealed record ClosingDaysPage(int Year, DateOnly Today, IReadOnlyList<FreeDay> Days, int InBelgium, int InLuxembourg, ClosingDaysForm Form)
{
    public const int YearsBack = 2;

    public bool HasEarlier => Year > Today.Year - YearsBack;
    public bool HasLater => Year < Today.Year + ClosingDaysForm.YearsAhead;
}
