using System.Globalization;
using DealerPortal.Core;
using DealerPortal.Core.Accounts;
using DealerPortal.Core.Catalogue;
using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Organisations;
using DealerPortal.Web.Features.Dossiers.New.Fields;
using FluentValidation;
using FluentValidation.Results;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Dossiers.New.AppliancePickup;

/// <summary>The pickup of a large appliance: one form with two entries, each of which answers its first question.</summary>
public sealed class AppliancePickupForm(
    PortalDbContext db,
    BranchChoices branches,
    IValidator<AppliancePickupInput> validator,
    IStringLocalizer<FieldTexts> fields,
    IStringLocalizer<AppliancePickupTexts> texts,
    TimeProvider time) : DeviceForm<AppliancePickupInput>(db, fields)
{
    /// <summary>The slot of the report that declares the appliance not repairable.</summary>
    public const string Report = "Report";

    private const string WhiteGoodsEntry = "large-appliance-pickup";
    private const string NonRepairableEntry = "non-repairable-pickup";
    private const string PlaceFields = "place-fields";
    private const int MaxRelated = 10;

    public override string Slug => "appliance-pickup";
    public override DossierType Type => DossierType.AppliancePickup;
    public override FormGroup Group => FormGroup.AfterSales;
    public override string Icon => "truck";
    public override string Title => texts["Title"];
    public override string Description => texts["About.WhiteGoods"];
    public override IStringLocalizer Texts => texts;
    public override string SendLabel => texts["Send"];
    public override string View => "~/Features/Dossiers/New/AppliancePickup/AppliancePickup.cshtml";

    public override IReadOnlyList<FormEntry> Entries =>
    [
        new(WhiteGoodsEntry, FormGroup.AfterSales, Icon, texts["Title.WhiteGoods"], texts["About.WhiteGoods"]),
        new(NonRepairableEntry, FormGroup.Return, "trash-x", texts["Title.NonRepairable"], texts["About.NonRepairable"]),
    ];

    public override IReadOnlyDictionary<string, string> Fragments => new Dictionary<string, string>(base.Fragments)
    {
        ["related"] = "~/Features/Dossiers/New/AppliancePickup/_Related.cshtml",
        ["place-note"] = "~/Features/Dossiers/New/AppliancePickup/_PlaceNote.cshtml",
        [PlaceFields] = "~/Features/Dossiers/New/AppliancePickup/_Place.cshtml",
    };

    public override IReadOnlyList<FileSlot> Slots => [new(Report, texts["Report"], texts["Report.Hint"], Icon: "file-text")];

    public override IReadOnlyList<FormSection> Sections =>
    [
        new(texts["Section.Device"], nameof(AppliancePickupInput.ModelCode), [nameof(AppliancePickupInput.Purpose), nameof(AppliancePickupInput.ModelCode), nameof(AppliancePickupInput.SerialNumber)]),
        new(texts["Section.Reason"], nameof(AppliancePickupInput.Reason),
        [
            nameof(AppliancePickupInput.Reason), nameof(AppliancePickupInput.RepairNumber), Report, nameof(AppliancePickupInput.DoaNumber), nameof(AppliancePickupInput.ReasonText),
        ]),
        new(texts["Section.Place"], nameof(AppliancePickupInput.BranchId),
        [
            nameof(AppliancePickupInput.BranchId), nameof(AppliancePickupInput.ContactName), nameof(AppliancePickupInput.ContactPhone), nameof(AppliancePickupInput.OpeningHours),
            nameof(AppliancePickupInput.ReadyFrom), nameof(AppliancePickupInput.Floor), nameof(AppliancePickupInput.Lift),
        ]),
        new(texts["Section.FollowUp"], nameof(AppliancePickupInput.Reference), [nameof(AppliancePickupInput.Reference), DraftController.FilesField]),
    ];

    public override bool HasNews(string fragment, object input) => fragment != PlaceFields || ((AppliancePickupInput)input).Answered.Count > 0;

    /// <summary>Whoever chose another branch and sent at once, as without JavaScript, sees first what followed from it.</summary>
    public override (string Field, string Message)? Unread(object input) =>
        base.Unread(input) ?? (((AppliancePickupInput)input).Answered.Count > 0 ? (nameof(AppliancePickupInput.BranchId), texts["Place.Unread"]) : null);

    public override async Task<IReadOnlyDictionary<string, string?>> CopyAsync(Dossier source, CopyMode mode, CancellationToken ct)
    {
        var details = await Db.Set<Core.Dossiers.AppliancePickup>().AsNoTracking().SingleAsync(p => p.DossierId == source.Id, ct);
        var answers = Answers(source, mode);
        answers[nameof(AppliancePickupInput.Purpose)] = ValueOf(details.Purpose);
        answers[nameof(AppliancePickupInput.Reason)] = ValueOf(details.Reason);
        answers[nameof(AppliancePickupInput.ContactName)] = details.ContactName;
        answers[nameof(AppliancePickupInput.ContactPhone)] = PhoneNumber.Display(details.ContactPhone);
        answers[nameof(AppliancePickupInput.Floor)] = details.Floor;
        answers[nameof(AppliancePickupInput.Lift)] = FormInput.OfYesOrNo(details.HasLift);
        answers[nameof(AppliancePickupInput.OpeningHours)] = details.OpeningHours;
        if (mode == CopyMode.NextLikeThis)
            return answers;
        answers[nameof(AppliancePickupInput.ReasonText)] = details.ReasonText;
        if (mode == CopyMode.SameDevice)
            answers[details.Reason == PickupReason.DoaAccepted ? nameof(AppliancePickupInput.DoaNumber) : nameof(AppliancePickupInput.RepairNumber)] = details.RelatedNumber;
        return answers;
    }

    public override string? FollowLabel(Dossier source) => Core.Dossiers.TechnicalDoa.IsAccepted(source) ? texts["Follow"].Value : null;

    public override async Task<IReadOnlyDictionary<string, string?>> FollowAsync(Dossier source, SessionSnapshot person, CancellationToken ct)
    {
        var isWhite = await Db.Models.AnyAsync(m => m.Id == source.ModelId && m.Category.Group == ProductGroup.WhiteGoods, ct);
        var start = new FormStart(isWhite ? WhiteGoodsEntry : NonRepairableEntry, new Dictionary<string, string>());
        var blank = await BlankInputAsync(person, start, ct);
        return new Dictionary<string, string?>(Answers(source, CopyMode.SameDevice))
        {
            [nameof(AppliancePickupInput.Purpose)] = blank.Purpose,
            [nameof(AppliancePickupInput.Reason)] = AppliancePickupInput.DoaAccepted,
            [nameof(AppliancePickupInput.DoaNumber)] = source.Number,
            [nameof(AppliancePickupInput.BranchId)] = blank.BranchId,
            [nameof(AppliancePickupInput.ContactName)] = blank.ContactName,
            [nameof(AppliancePickupInput.ContactPhone)] = blank.ContactPhone,
            [nameof(AppliancePickupInput.OpeningHours)] = blank.OpeningHours,
            [nameof(AppliancePickupInput.PlaceOf)] = blank.PlaceOf,
        };
    }

    protected override string TitleOf(AppliancePickupInput input) => input.PurposeValue switch
    {
        PickupPurpose.LargeWhiteGoods => texts["Title.WhiteGoods"],
        PickupPurpose.NonRepairable => texts["Title.NonRepairable"],
        _ => Title,
    };

    protected override async Task<AppliancePickupInput> BlankInputAsync(SessionSnapshot person, FormStart start, CancellationToken ct)
    {
        var branchId = await branches.UsualAsync(person, ct);
        var place = await PlaceAsync(branchId, person, ct);
        return new()
        {
            Purpose = start.Entry switch { WhiteGoodsEntry => AppliancePickupInput.WhiteGoods, NonRepairableEntry => AppliancePickupInput.NonRepairable, _ => null },
            Reason = start.Entry == NonRepairableEntry ? AppliancePickupInput.NotRepairable : null,
            Notify = await Db.NotifyDefaultAsync(person, ct),
            BranchId = branchId,
            ContactName = place.ContactName,
            ContactPhone = place.ContactPhone,
            OpeningHours = place.OpeningHours,
            PlaceOf = branchId ?? AppliancePickupInput.NoBranch,
        };
    }

    protected override async Task PrepareAsync(AppliancePickupInput input, DraftContext context, CancellationToken ct)
    {
        await base.PrepareAsync(input, context, ct);
        input.Branches = await branches.AllAsync(ct);
        await FollowBranchAsync(input, context.Person, ct);
        input.FilledSlots = context.FilledSlots;
        input.Today = Formats.Today(time);
        var readable = Db.Dossiers.AsNoTracking().VisibleTo(context.Person.Reader)
            .Where(d => d.Type == DossierType.RepairRequest || (d.Type == DossierType.TechnicalDoa && d.Resolution == Resolution.Accepted));
        if (input.Device.Serial is { } serial)
            input.Related = await Project(readable.Where(d => d.SerialNumber == serial.Value).OrderByDescending(d => d.CreatedAt).Take(MaxRelated)).ToListAsync(ct);
        if (DossierNumber.TryParse(input.RelatedNumber, out var number))
            input.Chosen = await Project(readable.Where(d => d.Number == number)).SingleOrDefaultAsync(ct);
    }

    protected override Task<ValidationResult> ValidateAsync(AppliancePickupInput input, CancellationToken ct) => validator.ValidateAsync(input, ct);

    protected override FiledDossier ToDossier(AppliancePickupInput input) => Filed(input, dossier => new Core.Dossiers.AppliancePickup
    {
        DossierId = dossier.Id,
        OrganisationId = dossier.OrganisationId,
        Purpose = input.PurposeValue!.Value,
        Reason = input.ReasonValue!.Value,
        RelatedNumber = input.Chosen?.Number,
        ReasonText = input.ReasonValue == PickupReason.Other ? FormInput.TextOf(input.ReasonText) : null,
        ContactName = FormInput.TextOf(input.ContactName)!,
        ContactPhone = PhoneNumber.TryParse(input.ContactPhone, out var phone) ? phone : throw new InvalidOperationException("Filed without a valid phone number."),
        ReadyFrom = TypedDate.OrNull(input.ReadyFrom)!.Value,
        Floor = FormInput.TextOf(input.Floor),
        HasLift = FormInput.YesOrNo(input.Lift),
        OpeningHours = FormInput.TextOf(input.OpeningHours),
    });

    /// <summary>Contact and hours are those of the branch, also when another is chosen, until somebody types something else.</summary>
    private async Task FollowBranchAsync(AppliancePickupInput input, SessionSnapshot person, CancellationToken ct)
    {
        input.PlaceOf ??= input.BranchId ?? AppliancePickupInput.NoBranch;
        var id = ((IBranchInput)input).ChosenBranch?.Id.ToString(CultureInfo.InvariantCulture);
        if (id is null || id == input.PlaceOf)
            return;
        var answered = (await PlaceAsync(input.PlaceOf, person, ct)).FollowedBy(await PlaceAsync(id, person, ct), input);
        input.ContactName = answered.GetValueOrDefault(nameof(input.ContactName), input.ContactName);
        input.ContactPhone = answered.GetValueOrDefault(nameof(input.ContactPhone), input.ContactPhone);
        input.OpeningHours = answered.GetValueOrDefault(nameof(input.OpeningHours), input.OpeningHours);
        input.PlaceOf = id;
        input.Answered = answered;
    }

    /// <param name="branchId">As posted; also of one that was closed meanwhile.</param>
    private async Task<PickupPlace> PlaceAsync(string? branchId, SessionSnapshot person, CancellationToken ct)
    {
        var branch = int.TryParse(branchId, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? await Db.Branches.AsNoTracking().SingleOrDefaultAsync(b => b.Id == id, ct) : null;
        var phone = await Db.Users.Where(u => u.Id == person.UserId).Select(u => u.PhoneNumber).SingleAsync(ct);
        return PickupPlace.Of(branch, person.FullName, phone);
    }

    private static IQueryable<RelatedDossier> Project(IQueryable<Dossier> dossiers) =>
        dossiers.Select(d => new RelatedDossier(d.Number, d.Type, d.SerialNumber, d.CreatedAt, d.Resolution == Resolution.Accepted));

    private static string ValueOf(PickupPurpose purpose) =>
        purpose == PickupPurpose.LargeWhiteGoods ? AppliancePickupInput.WhiteGoods : AppliancePickupInput.NonRepairable;

    private static string ValueOf(PickupReason reason) => reason switch
    {
        PickupReason.NotRepairable => AppliancePickupInput.NotRepairable,
        PickupReason.DoaAccepted => AppliancePickupInput.DoaAccepted,
        _ => AppliancePickupInput.OtherReason,
    };
}
