using System.Globalization;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Dossiers.Promises;
using FluentValidation;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Admin.Promises;

/// <summary>Hours as people write them: with a comma or a point, at most two digits after it.</summary>
public static class PromiseHours
{
    /// <summary>In the language of the current culture.</summary>
    public static string Of(int minutes) => Math.Round(minutes / 60.0, 2).ToString("0.##", CultureInfo.CurrentCulture);

    /// <returns>False for what are no hours. True with null for nothing, which is no target.</returns>
    public static bool TryParse(string? typed, out int? minutes)
    {
        minutes = null;
        if (string.IsNullOrWhiteSpace(typed))
            return true;
        if (!decimal.TryParse(typed.Trim().Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var hours)
            || hours * 100 != decimal.Truncate(hours * 100) || hours > PromiseOptions.MaxHours || hours * 60 < 1)
            return false;
        minutes = (int)Math.Round(hours * 60);
        return true;
    }
}

/// <summary>The targets as typed.</summary>
public sealed class PromisesForm
{
    /// <summary>Of the state they were read from.</summary>
    public string? Stamp { get; set; }

    public List<TargetField> Cells { get; set; } = [];
}

/// <summary>One target as typed.</summary>
public sealed class TargetField
{
    /// <summary>Type and step, such as <c>RepairRequest.FirstAnswer</c>.</summary>
    public string? Key { get; set; }

    public string? Hours { get; set; }

    /// <summary>Null for what is no target that there is.</summary>
    public (DossierType Type, PromiseStep Step)? Cell =>
        Key?.Split('.') is [var type, var step] && Enum.TryParse<DossierType>(type, out var t) && Enum.IsDefined(t) && Enum.TryParse<PromiseStep>(step, out var s) && Enum.IsDefined(s)
            ? (t, s) : null;

    public int? Minutes => PromiseHours.TryParse(Hours, out var minutes) ? minutes : null;

    public static string KeyOf(DossierType type, PromiseStep step) => $"{type}.{step}";
}

public sealed class PromisesValidator : AbstractValidator<PromisesForm>
{
    public PromisesValidator(IStringLocalizer<PromisesTexts> texts) =>
        RuleForEach(f => f.Cells).ChildRules(cell => cell.RuleFor(c => c.Hours)
            .Must(hours => PromiseHours.TryParse(hours, out _)).WithMessage(_ => texts["Hours.Wrong", PromiseOptions.MaxHours]));
}
