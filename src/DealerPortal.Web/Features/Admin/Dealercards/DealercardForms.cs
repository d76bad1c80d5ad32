using System.Globalization;
using DealerPortal.Core;
using DealerPortal.Core.Content.Dealercards;
using DealerPortal.Web.Features.Dealercards;
using DealerPortal.Web.Features.Dossiers.New.Fields;
using FluentValidation;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Admin.Dealercards;

/// <summary>What a dealercard is about, as typed.</summary>
public sealed class CardForm
{
    public string? Stamp { get; set; }
    public string? Title { get; set; }

    /// <summary>Codes of languages.</summary>
    public List<string>? Languages { get; set; }

    public List<string>? Countries { get; set; }
    public List<string>? Goods { get; set; }

    public Guid StampOrEmpty => Guid.TryParse(Stamp, out var stamp) ? stamp : Guid.Empty;
    public CardLanguages ChosenLanguages => (Languages ?? []).Aggregate(CardLanguages.None, (all, code) => all | DealercardWords.LanguageOf(code));
    public CardCountries ChosenCountries => (Countries ?? []).Aggregate(CardCountries.None, (all, name) => all | Choices.Of<CardCountries>(name));
    public CardGoods ChosenGoods => (Goods ?? []).Aggregate(CardGoods.None, (all, name) => all | Choices.Of<CardGoods>(name));

    public static CardForm Of(Dealercard card) => new()
    {
        Stamp = card.Stamp.ToString(),
        Title = card.Title,
        Languages = [.. DealercardWords.CodesOf(card.Languages)],
        Countries = [.. Choices.All<CardCountries>().Where(country => card.Countries.HasFlag(country)).Select(country => country.ToString())],
        Goods = [.. Choices.All<CardGoods>().Where(goods => card.Goods.HasFlag(goods)).Select(goods => goods.ToString())],
    };

    /// <summary>Once it is valid.</summary>
    public CardContent ToContent() => new(TypedText.SingleLine(Title), ChosenLanguages, ChosenCountries, ChosenGoods);
}

/// <summary>A version's time and files, as sent.</summary>
public sealed class CardVersionForm
{
    /// <summary>Of the card.</summary>
    public string? Stamp { get; set; }

    public string? From { get; set; }
    public string? Until { get; set; }
    public IFormFile? File { get; set; }

    /// <summary>Of the first page, drawn by the browser or chosen by hand.</summary>
    public IFormFile? Picture { get; set; }

    /// <summary>How many the browser counted.</summary>
    public string? Pages { get; set; }

    /// <summary>The ticket of a PDF that came with a send that was refused.</summary>
    public string? Kept { get; set; }

    /// <summary>What goes with this send, or is offered for the next where this one is refused.</summary>
    [BindNever]
    public CardFile? TakenIn { get; set; }

    public Guid StampOrEmpty => Guid.TryParse(Stamp, out var stamp) ? stamp : Guid.Empty;
    public int? PageCount => int.TryParse(Pages, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is > 0 and <= DealercardVersion.MaxPages ? count : null;

    public static CardVersionForm Of(DealercardVersion version, Guid stamp) => new()
    {
        Stamp = stamp.ToString(),
        From = DateOf(version.ValidFrom),
        Until = version.ValidUntil is { } until ? DateOf(until) : null,
    };

    /// <summary>Once it is valid.</summary>
    public CardValidity ToValidity() => new(TypedDate.OrNull(From)!.Value, TypedDate.OrNull(Until));

    /// <summary>As browsers post one.</summary>
    public static string DateOf(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

/// <summary>The single values of a set of them.</summary>
public static class Choices
{
    public static IReadOnlyList<TEnum> All<TEnum>()
        where TEnum : struct, Enum => [.. Enum.GetValues<TEnum>().Where(value => System.Numerics.BitOperations.IsPow2(Convert.ToInt32(value, CultureInfo.InvariantCulture)))];

    /// <summary>Nothing for what is no name of one.</summary>
    public static TEnum Of<TEnum>(string? name)
        where TEnum : struct, Enum => All<TEnum>().FirstOrDefault(value => value.ToString() == name);
}

public sealed class CardValidator : AbstractValidator<CardForm>
{
    public CardValidator(IStringLocalizer<AdminDealercardsTexts> t)
    {
        RuleLevelCascadeMode = CascadeMode.Stop;
        RuleFor(f => f.Title)
            .Must(title => TypedText.SingleLine(title).Length > 0).WithMessage(_ => t["Title.Missing"])
            .Must(title => TypedText.SingleLine(title).Length <= Dealercard.TitleMaxLength).WithMessage(_ => t["Title.TooLong", Dealercard.TitleMaxLength]);
        RuleFor(f => f.Languages).Must((f, _) => f.ChosenLanguages != CardLanguages.None).WithMessage(_ => t["Languages.Missing"]);
        RuleFor(f => f.Countries).Must((f, _) => f.ChosenCountries != CardCountries.None).WithMessage(_ => t["Countries.Missing"]);
        RuleFor(f => f.Goods).Must((f, _) => f.ChosenGoods != CardGoods.None).WithMessage(_ => t["Goods.Missing"]);
    }
}

public sealed class CardVersionValidator : AbstractValidator<CardVersionForm>
{
    public CardVersionValidator(IStringLocalizer<AdminDealercardsTexts> t)
    {
        RuleLevelCascadeMode = CascadeMode.Stop;
        RuleFor(f => f.From)
            .NotEmpty().WithMessage(_ => t["From.Missing"])
            .Must(date => TypedDate.TryParse(date, out _)).WithMessage(_ => t["Date.Wrong"]);
        RuleFor(f => f.Until)
            .Must(date => string.IsNullOrWhiteSpace(date) || TypedDate.TryParse(date, out _)).WithMessage(_ => t["Date.Wrong"])
            .Must((f, date) => string.IsNullOrWhiteSpace(date) || TypedDate.OrNull(f.From) is not { } from || TypedDate.OrNull(date) >= from).WithMessage(_ => t["Until.Before"]);
    }
}
