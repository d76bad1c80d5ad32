using DealerPortal.Web.Features.Dossiers.New.Fields;

namespace DealerPortal.Web.Features.Dossiers.New.TechnicalQuestion;

/// <summary>A technical question as typed; it may be about a device, a model, or neither.</summary>
public sealed class TechnicalQuestionInput : DeviceInput
{
    public string? Subject { get; set; }
    public string? Question { get; set; }

    public override bool IsModelRequired => false;

    public override bool IsSerialRequired => false;
}
