using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Dossiers.New.Fields;

/// <summary>The slots for what proves which device it is, when it was bought and what is wrong with it.</summary>
public static class Evidence
{
    public const string SerialPlate = nameof(SerialPlate);
    public const string ProofOfPurchase = nameof(ProofOfPurchase);
    public const string Fault = nameof(Fault);

    public static FileSlot SerialPlateSlot(IStringLocalizer<FieldTexts> texts) =>
        new(SerialPlate, texts["Evidence.Plate"], texts["Evidence.Plate.Hint"], IsRequired: true, Icon: "barcode");

    public static FileSlot ProofOfPurchaseSlot(IStringLocalizer<FieldTexts> texts) =>
        new(ProofOfPurchase, texts["Evidence.Proof"], texts["Evidence.Proof.Hint"], IsRequired: true, Icon: "receipt");

    public static FileSlot FaultSlot(IStringLocalizer<FieldTexts> texts) => new(Fault, texts["Evidence.Fault"], texts["Evidence.Fault.Hint"]);
}

/// <summary>A form that asks for evidence about a device.</summary>
public interface IEvidenceInput
{
    string? PurchaseDate { get; }
    bool IsSold { get; }

    /// <summary>The slots that have a file.</summary>
    IReadOnlySet<string> FilledSlots { get; }
    DateOnly Today { get; }
}
