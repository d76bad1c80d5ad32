namespace DealerPortal.Core.Dossiers.Queue.Bulk;

/// <summary>What can be done with several dossiers at once.</summary>
public enum BulkStepKind : byte
{
    Assign = 1,

    /// <summary>To in progress, or to waiting for the dealer with a text.</summary>
    ChangeStatus = 2,

    /// <summary>To completed, with a resolution and a text.</summary>
    Close = 3,
}

/// <summary>The step and what belongs to it.</summary>
/// <param name="AssigneeId">With <see cref="BulkStepKind.Assign"/>; null for nobody.</param>
/// <param name="Status">With <see cref="BulkStepKind.ChangeStatus"/>.</param>
/// <param name="Resolution">With <see cref="BulkStepKind.Close"/>.</param>
/// <param name="TextOf">What the dealer reads, by their language; null where there is none.</param>
public sealed record BulkStep(BulkStepKind Kind, int? AssigneeId = null, RequestStatus? Status = null, Resolution? Resolution = null, Func<string, string?>? TextOf = null);

/// <summary>What will become, or became, of one dossier.</summary>
public enum BulkOutcome
{
    /// <summary>It will be done; it was done.</summary>
    Done,

    /// <summary>It is so already: nothing is written.</summary>
    AlreadySo,

    /// <summary>The transition table does not lead there from where it stands.</summary>
    NotAllowed,

    /// <summary>Somebody changed it since the preview: it stays as they left it.</summary>
    Stale,

    /// <summary>There is no such dossier.</summary>
    NotFound,

    /// <summary>An error stopped this one; nothing of it is written.</summary>
    Failed,
}

/// <param name="Number">The dossier's.</param>
public sealed record BulkResult(string Number, BulkOutcome Outcome);
