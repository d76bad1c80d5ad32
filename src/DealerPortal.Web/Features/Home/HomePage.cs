using DealerPortal.Core.Content.Announcements;
using DealerPortal.Core.Dossiers;
using DealerPortal.Web.Features.Dealercards;
using DealerPortal.Web.Features.Dossiers.New;

namespace DealerPortal.Web.Features.Home;

public sealed record HomePage
{
    public required DateTime Now { get; init; }

    /// <summary>Those that have waited longest.</summary>
    public required IReadOnlyList<Move> Moves { get; init; }

    public required int MoveCount { get; init; }

    /// <summary>People who ask to join; for administrators only.</summary>
    public required IReadOnlyList<JoinRequest> Requests { get; init; }

    /// <summary>Those that changed last.</summary>
    public required IReadOnlyList<OpenDossier> Open { get; init; }

    public required int OpenCount { get; init; }
    public required IReadOnlyList<DraftLine> Drafts { get; init; }
    /// <summary>The newest ones.</summary>
    public required IReadOnlyList<CardRow> Dealercards { get; init; }

    public required RecentCredits Credits { get; init; }
    public required IReadOnlyList<DossierForm> Forms { get; init; }
    public required HomeAnnouncements Announcements { get; init; }
}

/// <summary>Dossiers that wait for the dealer, as rows of a list.</summary>
public sealed record MoveList(IReadOnlyList<Move> Moves, DateTime Now);

/// <summary>A dossier that waits for the dealer.</summary>
public sealed record Move(string Number, DossierType Type, string? ModelCode, string? Reference, DateTime Since, string? Question)
{
    private const int MaxLength = 100;

    /// <summary>The first line of what support asks; null where nothing was written.</summary>
    public string? FirstLine
    {
        get
        {
            // A salutation alone says nothing about what is asked.
            var line = Question?.Split('\n').Select(l => l.Trim()).FirstOrDefault(l => l.Length > 0 && !l.EndsWith(','));
            if (line is null || line.Length <= MaxLength)
                return line;
            var end = line.LastIndexOf(' ', MaxLength);
            return line[..(end > 0 ? end : MaxLength)].TrimEnd(',', ';', ':') + "…";
        }
    }
}

public sealed record JoinRequest(int Id, string Name, DateTime RequestedAt);

public sealed record AppointmentTime(DateOnly Date, TimeOnly From, TimeOnly Until);

public sealed record OpenDossier(
    string Number,
    DossierType Type,
    string? ModelCode,
    string? Reference,
    string? EndUserName,
    RequestStatus Status,
    Resolution? Resolution,
    RepairStatus? RepairStatus,
    ReturnStatus? ReturnStatus,
    AppointmentTime? Appointment);

/// <summary>What was credited to the organisation lately.</summary>
/// <param name="Since">The first day of it.</param>
public sealed record RecentCredits(DateOnly Since, int Count, long Cents);

/// <param name="Summary">By what a person recognises it.</param>
public sealed record DraftLine(string Url, string Title, string? Summary, DateTime SavedAt);
