using DealerPortal.Core.Accounts;
using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers;
using DealerPortal.Web.Features.Dossiers.New.Fields;
using FluentValidation;
using FluentValidation.Results;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Dossiers.New.GeneralQuestion;

/// <summary>The general question: the contact form.</summary>
public sealed class GeneralQuestionForm(
    PortalDbContext db, IValidator<GeneralQuestionInput> validator, IStringLocalizer<GeneralQuestionTexts> texts) : QuestionForm<GeneralQuestionInput>(db)
{
    public override string Slug => "general-question";
    public override DossierType Type => DossierType.GeneralQuestion;
    public override FormGroup Group => FormGroup.Contact;
    public override string Icon => "message";
    public override string Title => texts["Title"];
    public override string Description => texts["About"];
    public override IStringLocalizer Texts => texts;
    public override string SendLabel => texts["Send"];
    public override string View => "~/Features/Dossiers/New/GeneralQuestion/GeneralQuestion.cshtml";

    public override IReadOnlyList<FormSection> Sections =>
    [
        new(texts["Section.Message"], nameof(GeneralQuestionInput.Subject), [nameof(GeneralQuestionInput.Subject), nameof(GeneralQuestionInput.Message), DraftController.FilesField]),
    ];

    public override async Task<IReadOnlyDictionary<string, string?>> CopyAsync(Dossier source, CopyMode mode, CancellationToken ct)
    {
        var answers = new Dictionary<string, string?> { [nameof(GeneralQuestionInput.Notify)] = source.NotifyByMail ? FormInput.Ticked : null };
        if (mode == CopyMode.NextLikeThis)
            return answers;
        var details = await Db.Set<Core.Dossiers.GeneralQuestion>().AsNoTracking().SingleAsync(q => q.DossierId == source.Id, ct);
        answers[nameof(GeneralQuestionInput.Subject)] = details.Subject;
        answers[nameof(GeneralQuestionInput.Message)] = details.Message;
        return answers;
    }

    public override string? SummaryOf(IReadOnlyList<KeyValuePair<string, string>> pairs) => pairs.FirstOrDefault(p => p.Key == nameof(GeneralQuestionInput.Subject)).Value;

    protected override async Task<GeneralQuestionInput> BlankInputAsync(SessionSnapshot person, FormStart start, CancellationToken ct) =>
        new() { Notify = await Db.NotifyDefaultAsync(person, ct) };

    protected override Task<ValidationResult> ValidateAsync(GeneralQuestionInput input, CancellationToken ct) => validator.ValidateAsync(input, ct);

    protected override FiledDossier ToDossier(GeneralQuestionInput input) => Filed(input, dossier => new Core.Dossiers.GeneralQuestion
    {
        DossierId = dossier.Id,
        OrganisationId = dossier.OrganisationId,
        Subject = FormInput.TextOf(input.Subject)!,
        Message = FormInput.TextOf(input.Message)!,
    });
}
