using System.Globalization;
using DealerPortal.Core;
using DealerPortal.Core.Accounts;
using DealerPortal.Core.Calendar;
using DealerPortal.Core.Catalogue;
using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Organisations;
using FluentValidation;
using FluentValidation.Results;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Dossiers.New.Repair;

/// <summary>The repair request.</summary>
public sealed class RepairForm(
    PortalDbContext db, IValidator<RepairInput> validator, IStringLocalizer<RepairTexts> texts, TimeProvider time) : DossierForm<RepairInput>
{
    private const string Folder = "~/Features/Dossiers/New/Repair/";

    public override string Slug => "repair";
    public override DossierType Type => DossierType.RepairRequest;
    public override FormGroup Group => FormGroup.AfterSales;
    public override string Icon => "tool";
    public override string Title => texts["Title"];
    public override string Description => texts["About"];
    public override string SendLabel => texts["Send"];
    public override string View => Folder + "Repair.cshtml";
    public override string ClosingView => Folder + "_Confirm.cshtml";

    public override IReadOnlyDictionary<string, string> Fragments { get; } = new Dictionary<string, string>
    {
        ["offer"] = Folder + "_Offer.cshtml",
        ["serial-notes"] = Folder + "_SerialNotes.cshtml",
        ["imei"] = Folder + "_Imei.cshtml",
        ["end-user-note"] = Folder + "_EndUserNote.cshtml",
        ["date-note"] = Folder + "_DateNote.cshtml",
    };

    public override IReadOnlyList<FormSection> Sections =>
    [
        new(texts["Section.Device"], nameof(RepairInput.ModelCode), [nameof(RepairInput.ModelCode), nameof(RepairInput.SerialNumber), nameof(RepairInput.Imei), nameof(RepairInput.Sold)]),
        new(texts["Section.Place"], nameof(RepairInput.Location),
        [
            nameof(RepairInput.Location), nameof(RepairInput.BranchId), nameof(RepairInput.BuyerName), nameof(RepairInput.EndUserName), nameof(RepairInput.EndUserStreet),
            nameof(RepairInput.EndUserPostalCode), nameof(RepairInput.EndUserTown), nameof(RepairInput.EndUserPhone), nameof(RepairInput.EndUserEmail),
        ]),
        new(texts["Section.Complaint"], nameof(RepairInput.Description), [nameof(RepairInput.Description), DraftController.FilesField]),
        new(texts["Section.FollowUp"], nameof(RepairInput.Reference), [nameof(RepairInput.Reference), nameof(RepairInput.PreferredDate)]),
        new(texts["Section.Confirmation"], nameof(RepairInput.Confirm), [nameof(RepairInput.Confirm)]),
    ];

    public override async Task<IReadOnlyDictionary<string, string>> CopyAsync(Dossier source, bool sameDevice, CancellationToken ct)
    {
        var details = await db.RepairRequests.AsNoTracking().SingleAsync(r => r.DossierId == source.Id, ct);
        var atEndUser = details.Location == DeviceLocation.EndUser;
        var answers = new Dictionary<string, string?>
        {
            [nameof(RepairInput.ModelCode)] = source.ModelCode,
            [nameof(RepairInput.SerialNumber)] = sameDevice ? source.SerialNumber : null,
            [nameof(RepairInput.Imei)] = sameDevice ? source.Imei : null,
            [nameof(RepairInput.NoSerial)] = sameDevice && details.SerialOmitted ? RepairInput.Ticked : null,
            [nameof(RepairInput.Sold)] = source.Sold switch { true => RepairInput.Yes, false => RepairInput.No, null => null },
            [nameof(RepairInput.Location)] = atEndUser ? RepairInput.AtEndUser : RepairInput.AtBranch,
            [nameof(RepairInput.BranchId)] = source.BranchId?.ToString(CultureInfo.InvariantCulture),
            [atEndUser ? nameof(RepairInput.EndUserName) : nameof(RepairInput.BuyerName)] = source.EndUserName,
            [nameof(RepairInput.EndUserStreet)] = source.EndUserStreet,
            [nameof(RepairInput.EndUserPostalCode)] = source.EndUserPostalCode,
            [nameof(RepairInput.EndUserTown)] = source.EndUserTown,
            [nameof(RepairInput.EndUserPhone)] = source.EndUserPhone is { } phone ? PhoneNumber.Display(phone) : null,
            [nameof(RepairInput.EndUserEmail)] = source.EndUserEmail,
            [nameof(RepairInput.Description)] = details.Description,
            [nameof(RepairInput.Reference)] = source.Reference,
            [nameof(RepairInput.Notify)] = source.NotifyByMail ? RepairInput.Ticked : null,
        };
        return answers.Where(answer => answer.Value is not null).ToDictionary(answer => answer.Key, answer => answer.Value!);
    }

    public override IReadOnlyDictionary<string, string> PickDevice(string? modelCode, string serialNumber) =>
        new Dictionary<string, string>(base.PickDevice(modelCode, serialNumber)) { [nameof(RepairInput.NoSerial)] = "" };

    public override IReadOnlyDictionary<string, string> PickBranch(int branchId) =>
        new Dictionary<string, string>(base.PickBranch(branchId)) { [nameof(RepairInput.Location)] = RepairInput.AtBranch };

    /// <summary>Mails as the person wishes them, and the branch used last (or the only one).</summary>
    protected override async Task<RepairInput> BlankInputAsync(SessionSnapshot person, CancellationToken ct)
    {
        var branches = await db.Branches.Where(b => b.DeactivatedAt == null).Select(b => b.Id).ToListAsync(ct);
        var last = branches is [var only]
            ? only
            : await db.Dossiers.Where(d => d.OwnerId == person.UserId && d.BranchId != null && branches.Contains(d.BranchId.Value))
                .OrderByDescending(d => d.CreatedAt).Select(d => d.BranchId).FirstOrDefaultAsync(ct);
        return new RepairInput
        {
            Notify = await db.Users.Where(u => u.Id == person.UserId).Select(u => u.NotifyByMail).SingleAsync(ct) ? RepairInput.Ticked : null,
            BranchId = last?.ToString(CultureInfo.InvariantCulture),
        };
    }

    protected override async Task PrepareAsync(RepairInput input, SessionSnapshot person, CancellationToken ct)
    {
        ModelCode? code = ModelCode.TryParse(input.ModelCode, out var parsed) ? parsed : null;
        SerialNumber? serial = SerialNumber.TryParse(input.SerialNumber, out var number) ? number : null;
        var branches = await db.Branches.AsNoTracking().Where(b => b.DeactivatedAt == null).OrderBy(b => b.Town).ThenBy(b => b.Street).ToListAsync(ct);
        var today = Formats.Today(time);
        var calendar = await db.ReadWorkingDaysAsync(today, ct);
        var model = code is { } known ? await db.FindModelAsync(known, ct) : null;
        input.Facts = RepairFacts.None with { Branches = branches };
        var country = input.Location == RepairInput.AtBranch && RepairValidator.BranchOf(input) is { } branch ? branch.Country : "BE";
        input.Facts = new RepairFacts
        {
            Code = code,
            Model = model,
            Serial = serial,
            Branches = branches,
            SameSerial = serial is { } given ? await db.OpenWithSerialAsync(given, person.Reader, ct) : [],
            Calendar = calendar,
            Country = country,
            Earliest = code is null ? null : calendar.Add(today, model?.LeadTimeDays ?? ProductModel.DefaultLeadTimeDays, country),
        };
    }

    protected override Task<ValidationResult> ValidateAsync(RepairInput input, CancellationToken ct) => validator.ValidateAsync(input, ct);

    /// <summary>Without JavaScript nothing is shown while typing: the first send then shows it.</summary>
    public override (string Field, string Message)? Unread(object input)
    {
        var repair = (RepairInput)input;
        var shown = (repair.SameSerialShown ?? "").Split(',');
        return repair.Facts.SameSerial.All(same => shown.Contains(same.Number)) ? null : (nameof(RepairInput.SerialNumber), texts["SameSerial.Unread"]);
    }

    protected override FiledDossier ToDossier(RepairInput input)
    {
        var facts = input.Facts;
        return new FiledDossier
        {
            Type = Type,
            Reference = Text(input.Reference),
            NotifyByMail = input.Notify == RepairInput.Ticked,
            BranchId = input.IsAtEndUser ? null : RepairValidator.BranchOf(input)!.Id,
            ModelCode = facts.Code!.Value.Value,
            ModelId = facts.Model?.Id,
            SerialNumber = facts.Serial?.Value,
            Imei = Imei.TryParse(input.Imei, out var imei) ? imei.Value : null,
            Sold = input.Sold == RepairInput.Yes,
            EndUser = EndUserOf(input),
            Details = dossier => new RepairRequest
            {
                DossierId = dossier.Id,
                OrganisationId = dossier.OrganisationId,
                ServiceOffer = facts.Model?.ServiceOffer,
                SerialOmitted = facts.Serial is null,
                Location = input.IsAtEndUser ? DeviceLocation.EndUser : DeviceLocation.Branch,
                Description = Text(input.Description)!,
                PreferredDate = RepairValidator.TryDate(input.PreferredDate, out var date) ? date : null,
            },
        };
    }

    private static EndUser? EndUserOf(RepairInput input)
    {
        if (!input.IsAtEndUser)
            return input.Sold == RepairInput.Yes && Text(input.BuyerName) is { } buyer ? new EndUser(buyer) : null;
        return new EndUser(
            Text(input.EndUserName)!,
            Text(input.EndUserStreet),
            Text(input.EndUserPostalCode),
            Text(input.EndUserTown),
            PhoneNumber.TryParse(input.EndUserPhone, out var phone) ? phone : null,
            EmailAddress.TryParse(input.EndUserEmail, out var mail) ? mail : null);
    }

    private static string? Text(string? typed) => RepairInput.Clean(typed) is { Length: > 0 } text ? text : null;
}
