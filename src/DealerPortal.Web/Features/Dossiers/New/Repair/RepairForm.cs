using DealerPortal.Core;
using DealerPortal.Core.Accounts;
using DealerPortal.Core.Calendar;
using DealerPortal.Core.Catalogue;
using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers;
using DealerPortal.Web.Features.Dossiers.New.Fields;
using FluentValidation;
using FluentValidation.Results;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Dossiers.New.Repair;

/// <summary>The repair request.</summary>
public sealed class RepairForm(
    PortalDbContext db, BranchChoices branches, IValidator<RepairInput> validator, IStringLocalizer<FieldTexts> fields, IStringLocalizer<RepairTexts> texts, TimeProvider time) : DeviceForm<RepairInput>(db, fields)
{
    private const string Folder = "~/Features/Dossiers/New/Repair/";

    public override string Slug => "repair";
    public override DossierType Type => DossierType.RepairRequest;
    public override FormGroup Group => FormGroup.AfterSales;
    public override string Icon => "tool";
    public override string Title => texts["Title"];
    public override string Description => texts["About"];
    public override IStringLocalizer Texts => texts;
    public override string SendLabel => texts["Send"];
    public override string View => Folder + "Repair.cshtml";
    public override string ClosingView => Folder + "_Confirm.cshtml";

    public override IReadOnlyDictionary<string, string> Fragments => new Dictionary<string, string>(base.Fragments)
    {
        ["imei"] = Folder + "_Imei.cshtml",
        ["end-user-note"] = Folder + "_EndUserNote.cshtml",
        ["date-note"] = Folder + "_DateNote.cshtml",
    };

    public override IReadOnlyList<FormSection> Sections =>
    [
        new(texts["Section.Device"], nameof(RepairInput.ModelCode), [nameof(RepairInput.ModelCode), nameof(RepairInput.SerialNumber), nameof(RepairInput.Imei), nameof(RepairInput.Sold)]),
        new(texts["Section.Place"], nameof(RepairInput.Location), [nameof(RepairInput.Location), nameof(RepairInput.BranchId), nameof(RepairInput.BuyerName), .. EndUserAnswers.Names]),
        new(texts["Section.Complaint"], nameof(RepairInput.Description), [nameof(RepairInput.Description), DraftController.FilesField]),
        new(texts["Section.FollowUp"], nameof(RepairInput.Reference), [nameof(RepairInput.Reference), nameof(RepairInput.PreferredDate)]),
        new(texts["Section.Confirmation"], nameof(RepairInput.Confirm), [nameof(RepairInput.Confirm)]),
    ];

    public override async Task<IReadOnlyDictionary<string, string?>> CopyAsync(Dossier source, CopyMode mode, CancellationToken ct)
    {
        var details = await Db.RepairRequests.AsNoTracking().SingleAsync(r => r.DossierId == source.Id, ct);
        var atEndUser = details.Location == DeviceLocation.EndUser;
        var answers = Answers(source, mode);
        answers[nameof(RepairInput.Location)] = atEndUser ? RepairInput.AtEndUser : RepairInput.AtBranch;
        if (mode == CopyMode.NextLikeThis)
            return answers;
        answers[nameof(RepairInput.Description)] = details.Description;
        if (mode == CopyMode.SameDevice)
        {
            answers[nameof(RepairInput.Imei)] = source.Imei;
            answers[nameof(RepairInput.NoSerial)] = details.SerialOmitted ? FormInput.Ticked : null;
        }

        if (!atEndUser)
        {
            answers[nameof(RepairInput.BuyerName)] = source.EndUserName;
            return answers;
        }

        foreach (var (name, value) in EndUserAnswers.Of(source))
            answers[name] = value;
        return answers;
    }

    public override IReadOnlyDictionary<string, string> PickDevice(string? modelCode, string serialNumber) =>
        new Dictionary<string, string>(base.PickDevice(modelCode, serialNumber)) { [nameof(RepairInput.NoSerial)] = "" };

    public override IReadOnlyDictionary<string, string> PickBranch(int branchId) =>
        new Dictionary<string, string>(base.PickBranch(branchId)) { [nameof(RepairInput.Location)] = RepairInput.AtBranch };

    protected override async Task<RepairInput> BlankInputAsync(SessionSnapshot person, FormStart start, CancellationToken ct) =>
        new() { Notify = await Db.NotifyDefaultAsync(person, ct), BranchId = await branches.UsualAsync(person, ct) };

    protected override async Task PrepareAsync(RepairInput input, DraftContext context, CancellationToken ct)
    {
        await base.PrepareAsync(input, context, ct);
        input.Branches = await branches.AllAsync(ct);
        var today = Formats.Today(time);
        var calendar = await Db.ReadWorkingDaysAsync(today, ct);
        var country = input.Location == RepairInput.AtBranch && ((IBranchInput)input).ChosenBranch is { } branch ? branch.Country : "BE";
        input.Dates = new RepairDates(calendar, country, input.Device.Code is null ? null : calendar.Add(today, input.Device.Model?.LeadTimeDays ?? ProductModel.DefaultLeadTimeDays, country));
    }

    protected override Task<ValidationResult> ValidateAsync(RepairInput input, CancellationToken ct) => validator.ValidateAsync(input, ct);

    protected override FiledDossier ToDossier(RepairInput input) => Filed(input, dossier => new RepairRequest
    {
        DossierId = dossier.Id,
        OrganisationId = dossier.OrganisationId,
        ServiceOffer = input.Device.Model?.ServiceOffer,
        SerialOmitted = input.Device.Serial is null,
        Location = input.IsAtEndUser ? DeviceLocation.EndUser : DeviceLocation.Branch,
        Description = FormInput.TextOf(input.Description)!,
        PreferredDate = TypedDate.OrNull(input.PreferredDate),
    }) with
    {
        BranchId = input.IsAtEndUser ? null : ((IBranchInput)input).ChosenBranch!.Id,
        Imei = Imei.TryParse(input.Imei, out var imei) ? imei.Value : null,
        EndUser = EndUserOf(input),
    };

    private static EndUser? EndUserOf(RepairInput input)
    {
        if (input.IsAtEndUser)
            return input.ToEndUser();
        return input.Sold == FormInput.Yes && FormInput.TextOf(input.BuyerName) is { } buyer ? new EndUser(buyer) : null;
    }
}
