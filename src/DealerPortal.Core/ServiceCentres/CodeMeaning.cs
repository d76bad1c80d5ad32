using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Dossiers.Handling;

namespace DealerPortal.Core.ServiceCentres;

/// <summary>What a service centre's code means to the portal.</summary>
public enum CodeMeaning : byte
{
    OrderReceived = 1,
    AppointmentScheduled = 2,
    InRepair = 3,
    WaitingForParts = 4,
    RepairCompleted = 5,
    RepairCancelled = 6,

    ReturnAuthorised = 11,
    PickupPlanned = 12,
    Collected = 13,
    Inspected = 14,
    Credited = 15,
    ReturnRefused = 16,

    /// <summary>No step: its numbers are taken over, and its text is shown.</summary>
    Information = 21,

    /// <summary>Of no interest to anybody.</summary>
    Ignored = 22,
}

public static class CodeMeanings
{
    private const int ReturnOffset = 10;

    /// <summary>The repair status that it reaches; null where it is no step of a repair.</summary>
    public static RepairStatus? Repair(this CodeMeaning meaning) => meaning <= CodeMeaning.RepairCancelled ? (RepairStatus)meaning : null;

    /// <summary>The status that it reaches on the return track; null where it is no step of it.</summary>
    public static ReturnStatus? Return(this CodeMeaning meaning) =>
        meaning is >= CodeMeaning.ReturnAuthorised and <= CodeMeaning.ReturnRefused ? (ReturnStatus)(meaning - ReturnOffset) : null;

    public static bool NeedsAppointment(this CodeMeaning meaning) => meaning is CodeMeaning.AppointmentScheduled or CodeMeaning.PickupPlanned;

    /// <summary>The dealer must read why.</summary>
    public static bool NeedsReason(this CodeMeaning meaning) => meaning is CodeMeaning.RepairCancelled or CodeMeaning.ReturnRefused;

    /// <summary>Null where the code is no step.</summary>
    internal static TrackStep? Step(this CodeMeaning meaning, CentreReport report, string? text)
    {
        var planned = meaning.NeedsAppointment() ? report.Appointment : null;
        if (meaning.Repair() is { } repair)
            return new RepairStep(repair, text, planned);
        return meaning.Return() is { } returned ? new ReturnStep(returned, text, planned, report.GrmsNumber) : null;
    }
}
