using System.Globalization;
using DealerPortal.Core.Mail;
using DealerPortal.Core.Mail.Outbox;
using DealerPortal.Web.Features.Shared;

namespace DealerPortal.Web.Features.Admin.Outbox;

/// <summary>The list, with what was asked of it.</summary>
/// <param name="State">Null for all.</param>
/// <param name="Waiting">Bounded.</param>
/// <param name="Dead">Bounded.</param>
public sealed record OutboxListPage(string? Text, OutboxState? State, int Number, OutboxPage Page, int Waiting, int Dead)
{
    public string UrlOf(OutboxState? state) => Url(state, 1);

    public string UrlOf(int page) => Url(State, page);

    private string Url(OutboxState? state, int page)
    {
        var query = QueryString.Empty;
        if (!string.IsNullOrWhiteSpace(Text))
            query = query.Add("q", Text);
        if (state is { } one)
            query = query.Add("state", one.ToString());
        if (page > 1)
            query = query.Add("page", page.ToString(CultureInfo.InvariantCulture));
        return "/admin/outbox" + query;
    }
}

/// <summary>One mail as it was sent.</summary>
/// <param name="Content">Null for a secret, and where it is gone.</param>
/// <param name="Number">Of the dossier it is about.</param>
/// <param name="MaySend">Whether this person may send it again or put it back.</param>
public sealed record OutboxMailPage(
    OutboxMail Mail, OutboxState State, MailContent? Content, string? Number, IReadOnlyList<OutboxCopy> Copies, bool MaySend)
{
    public bool CanSendAgain => MaySend && Content is not null && State is (OutboxState.Sent or OutboxState.Returned);
    public bool CanPutBack => MaySend && Content is not null && State == OutboxState.Dead;
}

/// <summary>How the state of a mail looks; texts of <see cref="OutboxTexts"/>.</summary>
public static class OutboxBadge
{
    public static StatusBadge Of(OutboxState state) => state switch
    {
        OutboxState.Held => new("idle", "clock", $"State.{state}"),
        OutboxState.Waiting => new("info", "hourglass", $"State.{state}"),
        OutboxState.HeldBack => new("attn", "alert-triangle", $"State.{state}"),
        OutboxState.Sending => new("info", "progress", $"State.{state}"),
        OutboxState.Sent => new("ok", "circle-check", $"State.{state}"),
        OutboxState.Returned => new("stop", "arrow-back-up", $"State.{state}"),
        _ => new("stop", "circle-x", $"State.{state}"),
    };
}
