using DealerPortal.Core.Accounts;
using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers;
using DealerPortal.Web.Features.Dossiers.New.Fields;
using FluentValidation;
using FluentValidation.Results;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Dossiers.New.CreditQuestion;

/// <summary>The question about a credit note.</summary>
public sealed class CreditQuestionForm(
    PortalDbContext db, IValidator<CreditQuestionInput> validator, IStringLocalizer<CreditQuestionTexts> texts) : QuestionForm<CreditQuestionInput>(db)
{
    public override string Slug => "credit-question";
    public override DossierType Type => DossierType.CreditQuestion;
    public override FormGroup Group => FormGroup.AfterSales;
    public override string Icon => "receipt";
    public override string Title => texts["Title"];
    public override string Description => texts["About"];
    public override IStringLocalizer Texts => texts;
    public override string SendLabel => texts["Send"];
    public override string View => "~/Features/Dossiers/New/CreditQuestion/CreditQuestion.cshtml";

    public override IReadOnlyList<string> Prefills => [nameof(CreditQuestionInput.GrmsNumber)];

    public override IReadOnlyList<FormSection> Sections =>
    [
        new(texts["Section.Question"], nameof(CreditQuestionInput.GrmsNumber), [nameof(CreditQuestionInput.GrmsNumber), nameof(CreditQuestionInput.Question), DraftController.FilesField]),
    ];

    public override async Task<IReadOnlyDictionary<string, string?>> CopyAsync(Dossier source, CopyMode mode, CancellationToken ct)
    {
        var answers = new Dictionary<string, string?> { [nameof(CreditQuestionInput.Notify)] = source.NotifyByMail ? FormInput.Ticked : null };
        if (mode == CopyMode.NextLikeThis)
            return answers;
        var details = await Db.Set<Core.Dossiers.CreditQuestion>().AsNoTracking().SingleAsync(q => q.DossierId == source.Id, ct);
        answers[nameof(CreditQuestionInput.GrmsNumber)] = source.GrmsNumber;
        answers[nameof(CreditQuestionInput.Question)] = details.Question;
        return answers;
    }

    public override string? SummaryOf(IReadOnlyList<KeyValuePair<string, string>> pairs) => pairs.FirstOrDefault(p => p.Key == nameof(CreditQuestionInput.GrmsNumber)).Value;

    protected override async Task<CreditQuestionInput> BlankInputAsync(SessionSnapshot person, FormStart start, CancellationToken ct) => new()
    {
        Notify = await Db.NotifyDefaultAsync(person, ct),
        GrmsNumber = start.Given.GetValueOrDefault(nameof(CreditQuestionInput.GrmsNumber)),
    };

    protected override Task<ValidationResult> ValidateAsync(CreditQuestionInput input, CancellationToken ct) => validator.ValidateAsync(input, ct);

    protected override FiledDossier ToDossier(CreditQuestionInput input) => Filed(input, dossier => new Core.Dossiers.CreditQuestion
    {
        DossierId = dossier.Id,
        OrganisationId = dossier.OrganisationId,
        Question = FormInput.TextOf(input.Question)!,
    }) with
    {
        GrmsNumber = GrmsNumber.TryParse(input.GrmsNumber, out var number) ? number.Value : null,
    };
}
