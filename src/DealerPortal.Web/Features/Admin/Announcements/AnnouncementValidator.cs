using System.Linq.Expressions;
using DealerPortal.Core;
using DealerPortal.Core.Content;
using DealerPortal.Core.Content.Announcements;
using FluentValidation;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Admin.Announcements;

/// <summary>A draft may lack anything but a kind and a title to be found by; what is published lacks nothing in any language.</summary>
public sealed class AnnouncementValidator : AbstractValidator<AnnouncementForm>
{
    private readonly IStringLocalizer<AdminAnnouncementsTexts> _t;

    public AnnouncementValidator(IStringLocalizer<AdminAnnouncementsTexts> t, TimeProvider time)
    {
        _t = t;
        RuleLevelCascadeMode = CascadeMode.Stop;
        RuleFor(f => f.Kind).Must((f, _) => f.ChosenKind is not null).WithMessage(_ => t["Kind.Missing"]);
        RuleFor(f => f.Country).Must(country => string.IsNullOrEmpty(country) || country is "BE" or "LU").WithMessage(_ => t["Country.Wrong"]);
        Moment(f => f.FromDay, f => f.FromHour, f => f.From, _ => false)
            .Must((f, _) => !f.IsDowntime || !(f.From.Utc > f.DownFrom.Utc)).WithMessage(_ => t["From.Late"]);
        When(f => !f.IsDowntime, () => Moment(f => f.UntilDay, f => f.UntilHour, f => f.Until, _ => false)
            .Must((f, _) => !(f.Until.Utc <= f.From.Utc)).WithMessage(_ => t["Until.Early"])
            .Must((f, _) => f.WasPublished || !(f.Until.Utc <= time.GetUtcNow().UtcDateTime)).WithMessage(_ => t["Until.Past"]));
        When(f => f.IsDowntime, () =>
        {
            Moment(f => f.DownFromDay, f => f.DownFromHour, f => f.DownFrom, f => f.Publishes);
            Moment(f => f.DownUntilDay, f => f.DownUntilHour, f => f.DownUntil, f => f.Publishes)
                .Must((f, _) => !(f.DownUntil.Utc <= f.DownFrom.Utc)).WithMessage(_ => t["DownUntil.Early"])
                .Must((f, _) => f.WasPublished || !(f.DownUntil.Utc <= time.GetUtcNow().UtcDateTime)).WithMessage(_ => t["Until.Past"]);
        });
        RuleFor(f => f.Texts).Must((f, texts) => f.Publishes || texts!.Exists(text => text.OneLineTitle.Length > 0))
            .WithMessage(_ => t["Title.None"]).OverridePropertyName("Texts[0].Title");
        // All languages speak, not only the first that lacks something.
        RuleForEach(f => f.Texts).Cascade(CascadeMode.Continue).SetValidator(new TextValidator(t));
    }

    /// <summary>A day with its hour: what is wrong stands at the one that is.</summary>
    private IRuleBuilderOptions<AnnouncementForm, string?> Moment(
        Expression<Func<AnnouncementForm, string?>> day, Expression<Func<AnnouncementForm, string?>> hour, Func<AnnouncementForm, TypedMoment> moment, Func<AnnouncementForm, bool> isAsked)
    {
        RuleFor(hour).Must((f, _) => moment(f).Date is null || moment(f).Time is not null).WithMessage(_ => _t["Hour.Wrong"]);
        return RuleFor(day)
            .Must((f, _) => !moment(f).IsEmpty || !isAsked(f)).WithMessage(_ => _t["Day.Missing"])
            .Must((f, _) => moment(f).IsEmpty || moment(f).Date is not null).WithMessage(_ => _t["Day.Wrong"]);
    }

    private sealed class TextValidator : AbstractValidator<AnnouncementTextForm>
    {
        public TextValidator(IStringLocalizer<AdminAnnouncementsTexts> t)
        {
            RuleLevelCascadeMode = CascadeMode.Stop;
            RuleFor(x => x.Title)
                .Must((x, _) => !x.IsAsked || x.OneLineTitle.Length > 0).WithMessage((x, _) => t["Title.Missing", Languages.NativeName(x.Language)])
                .Must((x, _) => x.OneLineTitle.Length <= AnnouncementText.TitleMaxLength).WithMessage(_ => t["TooLong", AnnouncementText.TitleMaxLength]);
            RuleFor(x => x.Summary)
                .Must((x, _) => !x.IsAsked || x.OneLineSummary.Length > 0).WithMessage((x, _) => t["Summary.Missing", Languages.NativeName(x.Language)])
                .Must((x, _) => x.OneLineSummary.Length <= AnnouncementText.SummaryMaxLength).WithMessage(_ => t["TooLong", AnnouncementText.SummaryMaxLength]);
            RuleFor(x => x.Body)
                .Must((x, body) => !x.IsBodyAsked || !string.IsNullOrWhiteSpace(body)).WithMessage((x, _) => t["Body.Missing", Languages.NativeName(x.Language)])
                .MaximumLength(Markdown.MaxLength).WithMessage(_ => t["TooLong", Formats.Number(Markdown.MaxLength)]);
        }
    }
}
