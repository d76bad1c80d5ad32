using System.Globalization;
using DealerPortal.Core.Mail.Inbound;
using DealerPortal.Web.Features.Shared;

namespace DealerPortal.Web.Features.Admin.Inbound;

/// <summary>The list, with what was asked of it.</summary>
/// <param name="Open">Bounded by <see cref="InboundList.CountLimit"/>.</param>
public sealed record InboundListPage(InboundView View, int Number, InboundRows Page, int Open)
{
    public string UrlOf(InboundView view) => Url(view, 1);

    public string UrlOf(int page) => Url(View, page);

    private static string Url(InboundView view, int page)
    {
        var query = QueryString.Empty;
        if (view != InboundView.Open)
            query = query.Add("view", view.ToString());
        if (page > 1)
            query = query.Add("page", page.ToString(CultureInfo.InvariantCulture));
        return "/admin/inbound" + query;
    }
}

/// <summary>One mail, as text.</summary>
/// <param name="Number">Of the dossier it was added to.</param>
/// <param name="SettledBy">Who had done with it.</param>
public sealed record InboundMailPage(InboundMail Mail, string? Number, string? SettledBy)
{
    public AttachForm Attach { get; init; } = new();

    public bool IsOpen => Mail is { Outcome: InboundOutcome.Kept, SettledAt: null };
    public IReadOnlyList<string> Files => Mail.Files?.Split('\n') ?? [];
}

/// <summary>The dossier that somebody found the mail to belong to.</summary>
public sealed class AttachForm
{
    public string? Number { get; set; }
}

/// <summary>How a reason looks; texts of <see cref="InboundTexts"/>.</summary>
public static class InboundBadge
{
    public static StatusBadge Of(InboundReason reason) => reason switch
    {
        InboundReason.AutomaticReply or InboundReason.OwnMail => new("idle", "circle-minus", $"Reason.{reason}"),
        InboundReason.UnknownToken or InboundReason.UnknownSender or InboundReason.NotAllowed => new("attn", "alert-triangle", $"Reason.{reason}"),
        _ => new("info", "info-circle", $"Reason.{reason}"),
    };
}
