using System.Globalization;
using DealerPortal.Core.Catalogue;
using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Dossiers.New.Fields;

/// <summary>A form about one device: looks model and serial number up, and answers them while they are typed.</summary>
public abstract class DeviceForm<TInput>(PortalDbContext db, IStringLocalizer<FieldTexts> fields) : DossierForm<TInput>
    where TInput : DeviceInput, new()
{
    private const string Folder = "~/Features/Dossiers/New/Fields/";

    public override IReadOnlyDictionary<string, string> Fragments { get; } = new Dictionary<string, string>
    {
        ["offer"] = Folder + "_Offer.cshtml",
        ["serial-notes"] = Folder + "_SerialNotes.cshtml",
    };

    protected PortalDbContext Db => db;

    protected IStringLocalizer<FieldTexts> Fields => fields;

    protected override async Task PrepareAsync(TInput input, DraftContext context, CancellationToken ct)
    {
        ModelCode? code = ModelCode.TryParse(input.ModelCode, out var parsed) ? parsed : null;
        SerialNumber? serial = SerialNumber.TryParse(input.SerialNumber, out var number) ? number : null;
        input.Device = new DeviceFacts
        {
            Code = code,
            Model = code is { } known ? await db.FindModelAsync(known, ct) : null,
            Serial = serial,
            SameSerial = serial is { } given ? await db.OpenWithSerialAsync(given, context.Person.Reader, ct) : [],
        };
    }

    /// <summary>Without JavaScript nothing is shown while typing: the first send then shows it.</summary>
    public override (string Field, string Message)? Unread(object input)
    {
        var device = (TInput)input;
        var shown = (device.SameSerialShown ?? "").Split(',');
        return device.Device.SameSerial.All(same => shown.Contains(same.Number)) ? null : (nameof(DeviceInput.SerialNumber), fields["SameSerial.Unread"]);
    }

    /// <summary>What every form about a device files.</summary>
    protected FiledDossier Filed(TInput input, Func<Dossier, IDossierDetails> details) => new()
    {
        Type = Type,
        Reference = FormInput.TextOf(input.Reference),
        NotifyByMail = input.Notify == FormInput.Ticked,
        BranchId = (input as IBranchInput)?.ChosenBranch?.Id,
        ModelCode = input.Device.Code?.Value,
        ModelId = input.Device.Model?.Id,
        SerialNumber = input.Device.Serial?.Value,
        Sold = FormInput.YesOrNo(input.Sold),
        Details = details,
    };

    /// <summary>What every form about a device takes over from a dossier.</summary>
    protected static Dictionary<string, string?> Answers(Dossier source, CopyMode mode) => new()
    {
        [nameof(DeviceInput.ModelCode)] = mode == CopyMode.NextLikeThis ? null : source.ModelCode,
        [nameof(DeviceInput.SerialNumber)] = mode == CopyMode.SameDevice ? source.SerialNumber : null,
        [nameof(DeviceInput.Sold)] = FormInput.OfYesOrNo(source.Sold),
        [nameof(IBranchInput.BranchId)] = source.BranchId?.ToString(CultureInfo.InvariantCulture),
        [nameof(FormInput.Reference)] = mode == CopyMode.NextLikeThis ? null : source.Reference,
        [nameof(FormInput.Notify)] = source.NotifyByMail ? FormInput.Ticked : null,
    };
}
