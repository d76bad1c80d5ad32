using DealerPortal.Core;
using DealerPortal.Core.Accounts;
using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers;
using DealerPortal.Web.Features.Dossiers.New.Fields;
using FluentValidation;
using FluentValidation.Results;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Dossiers.New.ReturnRequest;

/// <summary>The return request, usually of a device that was dead on arrival.</summary>
public sealed class ReturnRequestForm(
    PortalDbContext db, BranchChoices branches, IValidator<ReturnRequestInput> validator, IStringLocalizer<FieldTexts> fields, IStringLocalizer<ReturnRequestTexts> texts, TimeProvider time)
    : DeviceForm<ReturnRequestInput>(db, fields)
{
    public override string Slug => "return-request";
    public override DossierType Type => DossierType.ReturnRequest;
    public override FormGroup Group => FormGroup.Return;
    public override string Icon => "arrow-back-up";
    public override string Title => texts["Title"];
    public override string Description => texts["About"];
    public override IStringLocalizer Texts => texts;
    public override string SendLabel => texts["Send"];
    public override string View => "~/Features/Dossiers/New/ReturnRequest/ReturnRequest.cshtml";

    public override IReadOnlyList<FileSlot> Slots => [Evidence.SerialPlateSlot(Fields), Evidence.ProofOfPurchaseSlot(Fields), Evidence.FaultSlot(Fields)];

    public override IReadOnlyList<FormSection> Sections =>
    [
        new(texts["Section.Device"], nameof(ReturnRequestInput.ModelCode), [nameof(ReturnRequestInput.ModelCode), nameof(ReturnRequestInput.SerialNumber), Evidence.SerialPlate]),
        new(texts["Section.Return"], nameof(ReturnRequestInput.Damaged),
        [
            nameof(ReturnRequestInput.Damaged), nameof(ReturnRequestInput.Doa), nameof(ReturnRequestInput.Reason), nameof(ReturnRequestInput.Sold),
            nameof(ReturnRequestInput.PurchaseDate), Evidence.ProofOfPurchase,
        ]),
        new(texts["Section.Fault"], nameof(ReturnRequestInput.Description), [nameof(ReturnRequestInput.Description), Evidence.Fault, DraftController.FilesField]),
        new(texts["Section.Pickup"], nameof(ReturnRequestInput.BranchId), [nameof(ReturnRequestInput.BranchId), nameof(ReturnRequestInput.ReadyFrom), nameof(ReturnRequestInput.Reference)]),
    ];

    public override async Task<IReadOnlyDictionary<string, string?>> CopyAsync(Dossier source, CopyMode mode, CancellationToken ct)
    {
        var details = await Db.Set<Core.Dossiers.ReturnRequest>().AsNoTracking().SingleAsync(r => r.DossierId == source.Id, ct);
        var answers = Answers(source, mode);
        answers[nameof(ReturnRequestInput.Doa)] = FormInput.OfYesOrNo(details.IsDoa);
        if (mode == CopyMode.NextLikeThis)
            return answers;
        answers[nameof(ReturnRequestInput.Reason)] = details.Reason;
        answers[nameof(ReturnRequestInput.Damaged)] = FormInput.OfYesOrNo(details.IsDamaged);
        answers[nameof(ReturnRequestInput.Description)] = details.Description;
        return answers;
    }

    public override string? FollowLabel(Dossier source) => Core.Dossiers.TechnicalDoa.IsAccepted(source) ? texts["Follow"].Value : null;

    public override async Task<IReadOnlyDictionary<string, string?>> FollowAsync(Dossier source, SessionSnapshot person, CancellationToken ct)
    {
        var doa = await Db.Set<Core.Dossiers.TechnicalDoa>().AsNoTracking().SingleAsync(d => d.DossierId == source.Id, ct);
        return new Dictionary<string, string?>(Answers(source, CopyMode.SameDevice))
        {
            [nameof(ReturnRequestInput.Doa)] = FormInput.Yes,
            [nameof(ReturnRequestInput.Damaged)] = FormInput.OfYesOrNo(doa.IsDamaged),
            [nameof(ReturnRequestInput.PurchaseDate)] = doa.PurchaseDate?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
            [nameof(ReturnRequestInput.Description)] = doa.Description,
            [nameof(ReturnRequestInput.BranchId)] = await branches.UsualAsync(person, ct),
        };
    }

    protected override async Task<ReturnRequestInput> BlankInputAsync(SessionSnapshot person, FormStart start, CancellationToken ct) =>
        new() { Notify = await Db.NotifyDefaultAsync(person, ct), BranchId = await branches.UsualAsync(person, ct) };

    protected override async Task PrepareAsync(ReturnRequestInput input, DraftContext context, CancellationToken ct)
    {
        await base.PrepareAsync(input, context, ct);
        input.Branches = await branches.AllAsync(ct);
        input.ProvenBy = await AcceptedDoaAsync(input, context, ct);
        input.FilledSlots = input.ProvenBy is null ? context.FilledSlots : context.FilledSlots.Concat([Evidence.SerialPlate, Evidence.ProofOfPurchase]).ToHashSet();
        input.Today = Formats.Today(time);
    }

    protected override Task<ValidationResult> ValidateAsync(ReturnRequestInput input, CancellationToken ct) => validator.ValidateAsync(input, ct);

    protected override FiledDossier ToDossier(ReturnRequestInput input) => Filed(input, dossier => new Core.Dossiers.ReturnRequest
    {
        DossierId = dossier.Id,
        OrganisationId = dossier.OrganisationId,
        IsDoa = input.Doa == FormInput.Yes,
        Reason = input.Doa == FormInput.No ? FormInput.TextOf(input.Reason) : null,
        IsDamaged = input.Damaged == FormInput.Yes,
        PurchaseDate = input.IsSold ? TypedDate.OrNull(input.PurchaseDate) : null,
        Description = FormInput.TextOf(input.Description)!,
        ReadyFrom = TypedDate.OrNull(input.ReadyFrom)!.Value,
    });

    private async Task<string?> AcceptedDoaAsync(ReturnRequestInput input, DraftContext context, CancellationToken ct)
    {
        if (context.SourceId is not { } id || input.Device.Serial is not { } serial)
            return null;
        var source = await Db.Dossiers.AsNoTracking().VisibleTo(context.Person.Reader).SingleOrDefaultAsync(d => d.Id == id && d.SerialNumber == serial.Value, ct);
        return source is not null && Core.Dossiers.TechnicalDoa.IsAccepted(source) ? source.Number : null;
    }
}
