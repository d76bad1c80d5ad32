namespace DealerPortal.Core.Dossiers;

/// <summary>The eight kinds of dossier.</summary>
public enum DossierType : byte
{
    RepairRequest = 1,
    TechnicalDoa = 2,
    AppliancePickup = 3,
    MissingAccessory = 4,
    TechnicalQuestion = 5,
    ReturnRequest = 6,
    CreditQuestion = 7,
    GeneralQuestion = 8,
}

/// <summary>Where the request stands between dealer and support; what lists show.</summary>
public enum RequestStatus : byte
{
    Submitted = 1,
    InProgress = 2,
    WaitingForDealer = 3,
    Completed = 4,
}

/// <summary>Whose move an open dossier waits for: the service centre's once the request is completed and a repair or a return goes on.</summary>
public enum WaitingOn : byte
{
    Support = 1,
    Dealer = 2,
    ServiceCentre = 3,
}

/// <summary>How a completed request ended.</summary>
public enum Resolution : byte
{
    Answered = 1,
    Accepted = 2,
    Refused = 3,
    Cancelled = 4,
}

/// <summary>Where the repair stands at the service centre; independent of the request.</summary>
public enum RepairStatus : byte
{
    OrderReceived = 1,
    AppointmentScheduled = 2,
    InRepair = 3,
    WaitingForParts = 4,
    RepairCompleted = 5,
    RepairCancelled = 6,
}

/// <summary>Where a pickup or a return stands; independent of the request.</summary>
public enum ReturnStatus : byte
{
    Authorised = 1,
    PickupPlanned = 2,
    Collected = 3,
    Inspected = 4,
    Credited = 5,
    Refused = 6,
}

/// <summary>The request's transition table.</summary>
public static class RequestTransitions
{
    private static readonly Dictionary<RequestStatus, RequestStatus[]> Table = new()
    {
        [RequestStatus.Submitted] = [RequestStatus.InProgress, RequestStatus.WaitingForDealer, RequestStatus.Completed],
        [RequestStatus.InProgress] = [RequestStatus.WaitingForDealer, RequestStatus.Completed],
        [RequestStatus.WaitingForDealer] = [RequestStatus.InProgress, RequestStatus.Completed],
        // Reopened by the dealer's answer within 30 days, or by support.
        [RequestStatus.Completed] = [RequestStatus.InProgress],
    };

    public static IReadOnlyList<RequestStatus> From(RequestStatus status) => Table[status];

    public static bool Allows(RequestStatus from, RequestStatus to) => Table[from].Contains(to);

    /// <summary>Whose move it is in an open dossier whose request stands there.</summary>
    public static WaitingOn WaitingOn(RequestStatus status) => status switch
    {
        RequestStatus.WaitingForDealer => Dossiers.WaitingOn.Dealer,
        RequestStatus.Completed => Dossiers.WaitingOn.ServiceCentre,
        _ => Dossiers.WaitingOn.Support,
    };
}

/// <summary>The repair's transition table. Steps may be skipped, since centres do not report every one; an end is an end.</summary>
public static class RepairTransitions
{
    private static readonly RepairStatus[] Ends = [RepairStatus.RepairCompleted, RepairStatus.RepairCancelled];

    private static readonly Dictionary<RepairStatus, RepairStatus[]> Table = new()
    {
        [RepairStatus.OrderReceived] = [RepairStatus.AppointmentScheduled, RepairStatus.InRepair, RepairStatus.WaitingForParts, .. Ends],
        // A moved appointment is an appointment again.
        [RepairStatus.AppointmentScheduled] = [RepairStatus.AppointmentScheduled, RepairStatus.InRepair, RepairStatus.WaitingForParts, .. Ends],
        // A second visit is arranged from the workshop or once the parts are there.
        [RepairStatus.InRepair] = [RepairStatus.AppointmentScheduled, RepairStatus.WaitingForParts, .. Ends],
        [RepairStatus.WaitingForParts] = [RepairStatus.AppointmentScheduled, RepairStatus.InRepair, .. Ends],
        [RepairStatus.RepairCompleted] = [],
        [RepairStatus.RepairCancelled] = [],
    };

    /// <summary>What may follow; a repair that nobody has reported yet starts anywhere.</summary>
    public static IReadOnlyList<RepairStatus> From(RepairStatus? status) => status is { } known ? Table[known] : Enum.GetValues<RepairStatus>();

    public static bool Allows(RepairStatus? from, RepairStatus to) => From(from).Contains(to);

    public static bool IsEnd(RepairStatus? status) => status is RepairStatus.RepairCompleted or RepairStatus.RepairCancelled;
}

/// <summary>The transition table of pickups and returns. Steps may be skipped, since carriers do not report every one; an end is an end.</summary>
public static class ReturnTransitions
{
    private static readonly ReturnStatus[] Ends = [ReturnStatus.Credited, ReturnStatus.Refused];

    private static readonly Dictionary<ReturnStatus, ReturnStatus[]> Table = new()
    {
        [ReturnStatus.Authorised] = [ReturnStatus.PickupPlanned, ReturnStatus.Collected, ReturnStatus.Inspected, .. Ends],
        // A driver who found nobody comes again.
        [ReturnStatus.PickupPlanned] = [ReturnStatus.PickupPlanned, ReturnStatus.Collected, ReturnStatus.Inspected, .. Ends],
        [ReturnStatus.Collected] = [ReturnStatus.Inspected, .. Ends],
        [ReturnStatus.Inspected] = Ends,
        [ReturnStatus.Credited] = [],
        [ReturnStatus.Refused] = [],
    };

    /// <summary>What may follow; a return that nobody has decided on yet starts anywhere.</summary>
    public static IReadOnlyList<ReturnStatus> From(ReturnStatus? status) => status is { } known ? Table[known] : Enum.GetValues<ReturnStatus>();

    public static bool Allows(ReturnStatus? from, ReturnStatus to) => From(from).Contains(to);

    /// <summary>Whether the device may leave and has not left yet.</summary>
    public static bool AwaitsPickup(ReturnStatus? status) => status is ReturnStatus.Authorised or ReturnStatus.PickupPlanned;

    public static bool IsEnd(ReturnStatus? status) => status is ReturnStatus.Credited or ReturnStatus.Refused;
}
