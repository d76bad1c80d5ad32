namespace DealerPortal.Core.Dossiers.Lists;

/// <summary>A row as its organisation's own list shows it.</summary>
public sealed record DossierRow(
    string Number,
    DossierType Type,
    DateTime CreatedAt,
    string? ModelCode,
    string? Reference,
    string? EndUserName,
    RequestStatus Status,
    Resolution? Resolution,
    WaitingOn? WaitingOn,
    DateTime UpdatedAt);

/// <summary>A row as support's queue shows it; without end-user data, every look at which is on record.</summary>
/// <param name="AssigneeName">Null while nobody looks after it.</param>
public sealed record QueueRow(
    long Id,
    string Number,
    DossierType Type,
    string? ModelCode,
    string? Reference,
    string OrganisationName,
    string OwnerName,
    RequestStatus Status,
    Resolution? Resolution,
    WaitingOn? WaitingOn,
    DateTime CreatedAt,
    DateTime UpdatedAt,
    DateTime StatusSince,
    DateTime? DueAt,
    int? AssigneeId,
    string? AssigneeName,
    Guid Stamp);

/// <param name="Count">All that match, exact up to <see cref="DossierLists.CountLimit"/>; one more means «more than that».</param>
public sealed record DossierPage<TRow>(IReadOnlyList<TRow> Rows, int Count, bool HasNext);
