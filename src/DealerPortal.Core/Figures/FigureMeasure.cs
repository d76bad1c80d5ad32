namespace DealerPortal.Core.Figures;

/// <summary>What is counted of dossiers, each in the month (of Brussels) in which it happened.</summary>
public enum FigureMeasure : byte
{
    /// <summary>Dossiers filed.</summary>
    Received = 1,

    /// <summary>Requests completed, and the working days since they were filed. One that is reopened does not count until it is completed again.</summary>
    Completed = 2,

    /// <summary>Support's first message or decision that the dealer sees, and the working days since the dossier was filed.</summary>
    FirstAnswer = 3,

    // The steps of the tracks, each with the working days since the step before that was reached: steps may be skipped.
    OrderReceived = 10,
    AppointmentScheduled = 11,
    RepairCompleted = 12,
    Authorised = 20,
    PickupPlanned = 21,
    Collected = 22,
    Inspected = 23,
    Credited = 24,
}
