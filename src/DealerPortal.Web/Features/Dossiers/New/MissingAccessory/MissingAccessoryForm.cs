using System.Globalization;
using DealerPortal.Core;
using DealerPortal.Core.Accounts;
using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers;
using DealerPortal.Web.Features.Dossiers.New.Fields;
using FluentValidation;
using FluentValidation.Results;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Dossiers.New.MissingAccessory;

/// <summary>What was missing in a delivery.</summary>
public sealed class MissingAccessoryForm(
    PortalDbContext db, BranchChoices branches, IValidator<MissingAccessoryInput> validator, IStringLocalizer<FieldTexts> fields, IStringLocalizer<MissingAccessoryTexts> texts, TimeProvider time)
    : DeviceForm<MissingAccessoryInput>(db, fields)
{
    /// <summary>The slot of the delivery note.</summary>
    public const string DeliveryNoteFile = "DeliveryNoteFile";

    public override string Slug => "missing-accessory";
    public override DossierType Type => DossierType.MissingAccessory;
    public override FormGroup Group => FormGroup.AfterSales;
    public override string Icon => "puzzle";
    public override string Title => texts["Title"];
    public override string Description => texts["About"];
    public override IStringLocalizer Texts => texts;
    public override string SendLabel => texts["Send"];
    public override string View => "~/Features/Dossiers/New/MissingAccessory/MissingAccessory.cshtml";

    public override IReadOnlyDictionary<string, string> Fragments => new Dictionary<string, string>(base.Fragments)
    {
        ["lines"] = "~/Features/Dossiers/New/MissingAccessory/_Lines.cshtml",
    };

    public override IReadOnlyList<FileSlot> Slots => [new(DeliveryNoteFile, texts["NoteFile"], texts["NoteFile.Hint"], Icon: "file-text")];

    public override IReadOnlyList<FormSection> Sections =>
    [
        new(texts["Section.Device"], nameof(MissingAccessoryInput.ModelCode), [nameof(MissingAccessoryInput.ModelCode), nameof(MissingAccessoryInput.SerialNumber)]),
        new(texts["Section.Lines"], "Lines_0__What", [.. Enumerable.Range(0, Core.Dossiers.MissingAccessory.MaxLines + 1).SelectMany(LineFields)]),
        new(texts["Section.Delivery"], nameof(MissingAccessoryInput.DeliveryDate), [nameof(MissingAccessoryInput.DeliveryDate), nameof(MissingAccessoryInput.DeliveryNote), DeliveryNoteFile]),
        new(texts["Section.DeliverTo"], nameof(MissingAccessoryInput.DeliverTo), [nameof(MissingAccessoryInput.DeliverTo), nameof(MissingAccessoryInput.BranchId), .. EndUserAnswers.Names]),
        new(texts["Section.FollowUp"], nameof(MissingAccessoryInput.Reference), [nameof(MissingAccessoryInput.Reference), DraftController.FilesField]),
    ];

    public override async Task<IReadOnlyDictionary<string, string?>> CopyAsync(Dossier source, CopyMode mode, CancellationToken ct)
    {
        var details = await Db.Set<Core.Dossiers.MissingAccessory>().AsNoTracking().Include(m => m.Lines).SingleAsync(m => m.DossierId == source.Id, ct);
        var answers = Answers(source, mode);
        answers[nameof(MissingAccessoryInput.DeliverTo)] = details.DeliverTo == DeliverTo.EndUser ? MissingAccessoryInput.ToEndUser : MissingAccessoryInput.ToBranch;
        if (mode == CopyMode.NextLikeThis)
            return answers;
        foreach (var line in details.Lines)
        {
            answers[MissingAccessoryValidator.NameOf(line.Position - 1, nameof(AccessoryLineInput.What))] = line.What;
            answers[MissingAccessoryValidator.NameOf(line.Position - 1, nameof(AccessoryLineInput.PartNumber))] = line.PartNumber;
            answers[MissingAccessoryValidator.NameOf(line.Position - 1, nameof(AccessoryLineInput.Quantity))] = line.Quantity.ToString(CultureInfo.InvariantCulture);
        }

        foreach (var (name, value) in EndUserAnswers.Of(source))
            answers[name] = value;
        return answers;
    }

    public override FormEdit? Edit(IReadOnlyList<KeyValuePair<string, string>> pairs, string edit) => AccessoryLines.Edit(pairs, edit);

    public override IReadOnlyDictionary<string, string> PickBranch(int branchId) =>
        new Dictionary<string, string>(base.PickBranch(branchId)) { [nameof(MissingAccessoryInput.DeliverTo)] = MissingAccessoryInput.ToBranch };

    protected override async Task<MissingAccessoryInput> BlankInputAsync(SessionSnapshot person, FormStart start, CancellationToken ct) =>
        new() { Notify = await Db.NotifyDefaultAsync(person, ct), BranchId = await branches.UsualAsync(person, ct) };

    protected override async Task PrepareAsync(MissingAccessoryInput input, DraftContext context, CancellationToken ct)
    {
        await base.PrepareAsync(input, context, ct);
        if (input.Lines.Count == 0)
            input.Lines.Add(new AccessoryLineInput { Quantity = "1" });
        input.Branches = await branches.AllAsync(ct);
        input.FilledSlots = context.FilledSlots;
        input.Today = Formats.Today(time);
    }

    protected override Task<ValidationResult> ValidateAsync(MissingAccessoryInput input, CancellationToken ct) => validator.ValidateAsync(input, ct);

    protected override FiledDossier ToDossier(MissingAccessoryInput input) => Filed(input, dossier => new Core.Dossiers.MissingAccessory
    {
        DossierId = dossier.Id,
        OrganisationId = dossier.OrganisationId,
        DeliveryDate = TypedDate.OrNull(input.DeliveryDate)!.Value,
        DeliveryNoteNumber = FormInput.TextOf(input.DeliveryNote),
        DeliverTo = input.IsToEndUser ? DeliverTo.EndUser : DeliverTo.Branch,
        Lines = [.. input.FilledLines.Select((line, i) => new AccessoryLine
        {
            DossierId = dossier.Id,
            OrganisationId = dossier.OrganisationId,
            Position = i + 1,
            What = FormInput.TextOf(line.What)!,
            PartNumber = FormInput.TextOf(line.PartNumber),
            Quantity = MissingAccessoryValidator.QuantityOf(line.Quantity)!.Value,
        })],
    }) with
    {
        BranchId = input.IsToEndUser ? null : ((IBranchInput)input).ChosenBranch!.Id,
        EndUser = input.IsToEndUser ? input.ToEndUser() : null,
    };

    private static IEnumerable<string> LineFields(int index) =>
    [
        MissingAccessoryValidator.NameOf(index, nameof(AccessoryLineInput.What)),
        MissingAccessoryValidator.NameOf(index, nameof(AccessoryLineInput.PartNumber)),
        MissingAccessoryValidator.NameOf(index, nameof(AccessoryLineInput.Quantity)),
    ];
}
