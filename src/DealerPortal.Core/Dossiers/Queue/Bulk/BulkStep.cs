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
/// <param name="Text">What every dealer reads, where a text belongs to it and no template.</param>
/// <param name="TemplateId">The template that is filled for each dossier in its owner's language instead.</param>
public sealed record BulkStep(
    BulkStepKind Kind, int? AssigneeId = null, RequestStatus? Status = null, Resolution? Resolution = null, string? Text = null, int? TemplateId = null)
{
    /// <summary>Where the step leads the request; null where it does not touch it.</summary>
    public RequestStatus? Reaches => Kind switch
    {
        BulkStepKind.Assign => null,
        BulkStepKind.Close => RequestStatus.Completed,
        _ => Status,
    };
}

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

    /// <summary>There is no such dossier, or it was merged into another.</summary>
    NotFound,

    /// <summary>The template is not for dossiers of this type, or too long once it is filled.</summary>
    NoText,

    /// <summary>An error stopped this one; nothing of it is written.</summary>
    Failed,
}

/// <param name="Number">The dossier's.</param>
public sealed record BulkResult(string Number, BulkOutcome Outcome);
