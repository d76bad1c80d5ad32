using DealerPortal.Core.Files;

namespace DealerPortal.Core.Dossiers.Handling;

/// <summary>A dealer's message, with the files that were kept for it.</summary>
/// <param name="Text">Null where the files say it.</param>
public sealed record DealerMessage(Reader By, string Number, string? Text, IReadOnlyList<KeptFile> Files)
{
    /// <summary>What does not fit into one entry, in the order in which it follows.</summary>
    public IReadOnlyList<string> Continued { get; init; } = [];

    /// <summary>Whether it is the answer to a mail, and not written on the dossier's page.</summary>
    public bool CameByMail { get; init; }

    /// <summary>Whether it may be added after all, as the dossier stands in this write; if not, as what that ends.</summary>
    internal Func<DossierChange, CancellationToken, Task<HandlingOutcome?>>? Guard { get; init; }

    /// <summary>What else is part of the same write.</summary>
    internal Func<DossierChange, CancellationToken, Task>? Also { get; init; }
}

/// <summary>What a dealer may do with a dossier they see. Source: design.md «Dossiers».</summary>
public sealed class DealerHandling(DossierHandling handling)
{
    /// <summary>Adds a message; one that support waits for, or within 30 days of completion, puts the request back in progress.</summary>
    public Task<HandlingOutcome> AddMessageAsync(DealerMessage message, CancellationToken ct) =>
        handling.ChangeAsync(new DossierTarget(message.By, message.Number), async (change, token) =>
        {
            if (message.Guard is { } guard && await guard(change, token) is { } refused)
                return refused;
            if (await change.RefusalOfAsync(message.Files, token) is { } refusal)
                return refusal;
            await change.MessageAsync(message.Text, message.Files, token, message.CameByMail);
            foreach (var text in message.Continued)
                change.Entry(TimelineKind.Message, text, cameByMail: message.CameByMail);
            Answer(change);
            if (message.Also is { } also)
                await also(change, token);
            return change.Done("dossier.message-added", message.CameByMail ? "mail" : null);
        }, mail: null, ct);

    /// <summary>Takes back what support has not begun to work on.</summary>
    public Task<HandlingOutcome> WithdrawAsync(Reader by, string number, Guid stamp, CancellationToken ct) =>
        handling.ChangeAsync(new DossierTarget(by, number, stamp), (change, _) => Task.FromResult(Withdraw(change)), mail: null, ct);

    /// <summary>Asks support to cancel what is under way. As a message it is an answer.</summary>
    public Task<HandlingOutcome> RequestCancellationAsync(Reader by, string number, string? reason, CancellationToken ct) =>
        handling.ChangeAsync(new DossierTarget(by, number), (change, _) =>
        {
            if (change.Dossier.Status == RequestStatus.Submitted || !change.Dossier.IsOpen)
                return Task.FromResult(HandlingOutcome.NotAllowed);
            change.Entry(TimelineKind.CancellationRequested, reason);
            Answer(change);
            return Task.FromResult(change.Done("dossier.cancellation-requested"));
        }, mail: null, ct);

    /// <summary>Asks support for another date than the one arranged, while that is still to come. It is support's move, also where the request was completed.</summary>
    public Task<HandlingOutcome> AskAnotherDateAsync(Reader by, string number, string text, CancellationToken ct) =>
        handling.ChangeAsync(new DossierTarget(by, number), async (change, token) =>
        {
            if (!change.Dossier.AwaitsAppointment || await change.FindAppointmentAsync(token) is null)
                return HandlingOutcome.NotAllowed;
            change.Entry(TimelineKind.AnotherDateRequested, text);
            if (change.Dossier.Status is RequestStatus.WaitingForDealer or RequestStatus.Completed && change.Dossier.MoveTo(RequestStatus.InProgress, change.Now))
                change.Entry(TimelineKind.RequestStatusChanged, request: RequestStatus.InProgress);
            return change.Done("dossier.another-date-requested");
        }, mail: null, ct);

    /// <summary>Switches the mails about one dossier on or off. Choosing what is chosen already changes nothing.</summary>
    public Task<HandlingOutcome> SetNotificationAsync(Reader by, string number, bool notify, CancellationToken ct) =>
        handling.ChangeAsync(new DossierTarget(by, number, EvenIfMerged: true), (change, _) =>
        {
            if (change.Dossier.NotifyByMail == notify)
                return Task.FromResult(HandlingOutcome.Done);
            change.Dossier.NotifyByMail = notify;
            change.Entry(TimelineKind.NotificationChanged, notify ? NotificationWords.NotificationOn : NotificationWords.NotificationOff);
            return Task.FromResult(change.Done("dossier.notification-changed"));
        }, mail: null, ct);

    private static HandlingOutcome Withdraw(DossierChange change)
    {
        if (change.Dossier.Status != RequestStatus.Submitted || !change.Dossier.Complete(Resolution.Cancelled, null, change.Now))
            return HandlingOutcome.NotAllowed;
        change.Entry(TimelineKind.RequestStatusChanged, request: RequestStatus.Completed, resolution: Resolution.Cancelled);
        return change.Done("dossier.withdrawn");
    }

    private static void Answer(DossierChange change)
    {
        var isAnswer = change.Dossier.Status == RequestStatus.WaitingForDealer || change.Dossier.CanReopen(change.Now);
        if (isAnswer && change.Dossier.MoveTo(RequestStatus.InProgress, change.Now))
            change.Entry(TimelineKind.RequestStatusChanged, request: RequestStatus.InProgress);
    }
}

/// <summary>The two words that an entry about mails holds instead of a text.</summary>
public static class NotificationWords
{
    public const string NotificationOn = "on";
    public const string NotificationOff = "off";
}
