using DealerPortal.Core.Credits;
using DealerPortal.Core.Dossiers;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Shared;

/// <summary>How a status looks: icon and tone beside the word, never the colour alone.</summary>
/// <param name="Tone">A class of the style sheet.</param>
/// <param name="Icon">A name in the sprite.</param>
/// <param name="TextKey">A key of <see cref="SharedTexts"/>.</param>
public sealed record StatusBadge(string Tone, string Icon, string TextKey)
{
    /// <summary>As dealers read it; a refused or cancelled request is not green.</summary>
    public static StatusBadge ForDealer(RequestStatus status, Resolution? resolution) => status switch
    {
        RequestStatus.WaitingForDealer => new("attn", "message-reply", $"Status.{status}"),
        RequestStatus.Completed => Ended(resolution, $"Status.{status}"),
        _ => new("info", "progress", $"Status.{status}"),
    };

    /// <summary>As staff read it: whose move it is seen from the other side.</summary>
    public static StatusBadge ForStaff(RequestStatus status, Resolution? resolution) => status switch
    {
        RequestStatus.Submitted => new("idle", "inbox", $"StaffStatus.{status}"),
        RequestStatus.WaitingForDealer => new("attn", "hourglass", $"StaffStatus.{status}"),
        RequestStatus.Completed => Ended(resolution, $"StaffStatus.{status}"),
        _ => new("info", "progress", $"StaffStatus.{status}"),
    };

    public static StatusBadge Of(RepairStatus status) => status switch
    {
        RepairStatus.OrderReceived => new("info", "inbox", $"Repair.{status}"),
        RepairStatus.AppointmentScheduled => new("info", "calendar-event", $"Repair.{status}"),
        RepairStatus.InRepair => new("info", "tool", $"Repair.{status}"),
        RepairStatus.WaitingForParts => new("attn", "hourglass", $"Repair.{status}"),
        RepairStatus.RepairCompleted => new("ok", "circle-check", $"Repair.{status}"),
        _ => new("idle", "ban", $"Repair.{status}"),
    };

    public static StatusBadge Of(ReturnStatus status) => status switch
    {
        ReturnStatus.Authorised => new("info", "circle-check", $"Return.{status}"),
        ReturnStatus.PickupPlanned => new("info", "calendar-event", $"Return.{status}"),
        ReturnStatus.Collected => new("info", "truck", $"Return.{status}"),
        ReturnStatus.Inspected => new("info", "search", $"Return.{status}"),
        ReturnStatus.Credited => new("ok", "circle-check", $"Return.{status}"),
        _ => new("idle", "circle-x", $"Return.{status}"),
    };

    public static StatusBadge Of(CreditState state) =>
        state == CreditState.Issued ? new("ok", "circle-check", $"Credit.{state}") : new("info", "progress", $"Credit.{state}");

    private static StatusBadge Ended(Resolution? resolution, string key) => resolution switch
    {
        Resolution.Refused => new("idle", "circle-x", key),
        Resolution.Cancelled => new("idle", "ban", key),
        _ => new("ok", "circle-check", key),
    };
}

/// <summary><c>&lt;status-badge value="…" /&gt;</c></summary>
[HtmlTargetElement("status-badge", TagStructure = TagStructure.WithoutEndTag)]
public sealed class StatusBadgeTagHelper(IStringLocalizer<SharedTexts> texts) : TagHelper
{
    public required StatusBadge Value { get; set; }

    [Microsoft.AspNetCore.Mvc.ViewFeatures.ViewContext]
    [HtmlAttributeNotBound]
    public Microsoft.AspNetCore.Mvc.Rendering.ViewContext ViewContext { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "span";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", $"status {Value.Tone}");
        output.Content.SetHtmlContent(TagHelpers.IconTagHelper.Markup(ViewContext, Value.Icon)).Append(texts[Value.TextKey]);
    }
}
