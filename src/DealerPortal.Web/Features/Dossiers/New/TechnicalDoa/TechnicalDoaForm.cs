using DealerPortal.Core;
using DealerPortal.Core.Accounts;
using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers;
using DealerPortal.Web.Features.Dossiers.New.Fields;
using FluentValidation;
using FluentValidation.Results;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Dossiers.New.TechnicalDoa;

/// <summary>The technical DOA: a device that failed the first time it was used, judged against the conditions of its category.</summary>
public sealed class TechnicalDoaForm(
    PortalDbContext db, IValidator<TechnicalDoaInput> validator, IStringLocalizer<FieldTexts> fields, IStringLocalizer<TechnicalDoaTexts> texts, TimeProvider time)
    : DeviceForm<TechnicalDoaInput>(db, fields)
{
    private const string Folder = "~/Features/Dossiers/New/TechnicalDoa/";

    public override string Slug => "technical-doa";
    public override DossierType Type => DossierType.TechnicalDoa;
    public override FormGroup Group => FormGroup.AfterSales;
    public override string Icon => "shield-x";
    public override string Title => texts["Title"];
    public override string Description => texts["About"];
    public override IStringLocalizer Texts => texts;
    public override string SendLabel => texts["Send"];
    public override string View => Folder + "TechnicalDoa.cshtml";
    public override string ClosingView => Folder + "_Closing.cshtml";
    public override string AsideView => Folder + "_Conditions.cshtml";

    /// <summary>A device that does not meet the conditions can still be repaired.</summary>
    public override DossierType? Alternative => DossierType.RepairRequest;

    public override IReadOnlyDictionary<string, string> Fragments => new Dictionary<string, string>(base.Fragments)
    {
        ["conditions-head"] = Folder + "_ConditionsHead.cshtml",
        ["conditions-sum"] = Folder + "_ConditionsSum.cshtml",
        ["conditions-list"] = Folder + "_ConditionsList.cshtml",
        ["conditions-refusal"] = Folder + "_Refusal.cshtml",
    };

    public override IReadOnlyList<FileSlot> Slots => [Evidence.ProofOfPurchaseSlot(Fields), Evidence.SerialPlateSlot(Fields), Evidence.FaultSlot(Fields)];

    public override IReadOnlyList<FormSection> Sections =>
    [
        new(texts["Section.Device"], nameof(TechnicalDoaInput.ModelCode), [nameof(TechnicalDoaInput.ModelCode), nameof(TechnicalDoaInput.SerialNumber)]),
        new(texts["Section.Purchase"], nameof(TechnicalDoaInput.Sold), [nameof(TechnicalDoaInput.Sold), nameof(TechnicalDoaInput.PurchaseDate), Evidence.ProofOfPurchase]),
        new(texts["Section.State"], nameof(TechnicalDoaInput.Damaged),
        [
            nameof(TechnicalDoaInput.Damaged), nameof(TechnicalDoaInput.Complete), nameof(TechnicalDoaInput.Description), Evidence.SerialPlate, Evidence.Fault,
            DraftController.FilesField, nameof(TechnicalDoaInput.Reference),
        ]),
        new(texts["Section.Conditions"], nameof(TechnicalDoaInput.Accepted), [nameof(TechnicalDoaInput.Accepted)]),
    ];

    public override async Task<IReadOnlyDictionary<string, string?>> CopyAsync(Dossier source, CopyMode mode, CancellationToken ct)
    {
        var answers = Answers(source, mode);
        if (mode == CopyMode.NextLikeThis)
            return answers;
        var details = await Db.Set<Core.Dossiers.TechnicalDoa>().AsNoTracking().SingleAsync(d => d.DossierId == source.Id, ct);
        answers[nameof(TechnicalDoaInput.Damaged)] = FormInput.OfYesOrNo(details.IsDamaged);
        answers[nameof(TechnicalDoaInput.Complete)] = FormInput.OfYesOrNo(details.IsComplete);
        answers[nameof(TechnicalDoaInput.Description)] = details.Description;
        return answers;
    }

    protected override async Task<TechnicalDoaInput> BlankInputAsync(SessionSnapshot person, FormStart start, CancellationToken ct) =>
        new() { Notify = await Db.NotifyDefaultAsync(person, ct) };

    protected override async Task PrepareAsync(TechnicalDoaInput input, DraftContext context, CancellationToken ct)
    {
        await base.PrepareAsync(input, context, ct);
        input.FilledSlots = context.FilledSlots;
        input.Today = Formats.Today(time);
        input.Standing = await StandingOfAsync(input, ct);
    }

    protected override Task<ValidationResult> ValidateAsync(TechnicalDoaInput input, CancellationToken ct) => validator.ValidateAsync(input, ct);

    protected override FiledDossier ToDossier(TechnicalDoaInput input) => Filed(input, dossier => new Core.Dossiers.TechnicalDoa
    {
        DossierId = dossier.Id,
        OrganisationId = dossier.OrganisationId,
        PurchaseDate = input.IsSold ? TypedDate.OrNull(input.PurchaseDate) : null,
        IsDamaged = input.Damaged == FormInput.Yes,
        IsComplete = input.Complete == FormInput.Yes,
        Description = FormInput.TextOf(input.Description)!,
        ConditionSetId = input.Standing!.Set.Id,
        Verdicts = [.. input.Standing.Findings.Select(finding => new DoaVerdict
        {
            DossierId = dossier.Id,
            OrganisationId = dossier.OrganisationId,
            Position = finding.Condition.Position,
            Outcome = finding.Outcome,
            Days = finding.Days,
        })],
    });

    private async Task<DoaStanding> StandingOfAsync(TechnicalDoaInput input, CancellationToken ct)
    {
        var category = input.Device.Model is { } model
            ? await Db.Models.AsNoTracking().Where(m => m.Id == model.Id).Select(m => new { m.CategoryId, m.Category.Name }).SingleAsync(ct)
            : null;
        var set = await Db.DoaConditionsAsync(category?.CategoryId, input.Today, ct);
        var facts = new DoaFacts(
            input.Today,
            FormInput.YesOrNo(input.Sold),
            TypedDate.OrNull(input.PurchaseDate),
            FormInput.YesOrNo(input.Damaged),
            FormInput.YesOrNo(input.Complete),
            input.FilledSlots.Contains(Evidence.ProofOfPurchase),
            input.FilledSlots.Contains(Evidence.SerialPlate),
            input.FilledSlots.Contains(Evidence.Fault));
        return new DoaStanding(set, set.CategoryId is null ? null : category!.Name, set.Judge(facts));
    }
}
