namespace DealerPortal.Core.Dossiers.Promises;

/// <summary>What a dossier waits for next, from support or from a service centre. Each has a clock of its own.</summary>
public enum PromiseStep : byte
{
    /// <summary>Of a request that was filed or reopened.</summary>
    FirstAnswer = 1,

    /// <summary>The end of a request that was taken up and has no repair or return before it.</summary>
    Conclusion = 2,

    /// <summary>That the service centre has the order.</summary>
    RepairOrder = 11,

    /// <summary>An appointment, or the beginning of the work.</summary>
    RepairStart = 12,

    /// <summary>That the appointment took place; counted from its end.</summary>
    RepairVisit = 13,

    /// <summary>The end of the work.</summary>
    RepairEnd = 14,

    /// <summary>That the parts are there and the work goes on.</summary>
    RepairParts = 15,

    /// <summary>Whether the device may come back.</summary>
    ReturnDecision = 21,

    /// <summary>The date of the pickup.</summary>
    ReturnPlanning = 22,

    /// <summary>That the driver has the device; counted from the end of the slot.</summary>
    ReturnCollection = 23,

    ReturnInspection = 24,

    ReturnCredit = 25,
}

/// <summary>Which step follows which status.</summary>
public static class PromiseSteps
{
    private static readonly PromiseStep[] Request = [PromiseStep.FirstAnswer, PromiseStep.Conclusion];

    private static readonly PromiseStep[] Repair =
        [PromiseStep.RepairOrder, PromiseStep.RepairStart, PromiseStep.RepairVisit, PromiseStep.RepairEnd, PromiseStep.RepairParts];

    private static readonly PromiseStep[] Return =
        [PromiseStep.ReturnDecision, PromiseStep.ReturnPlanning, PromiseStep.ReturnCollection, PromiseStep.ReturnInspection, PromiseStep.ReturnCredit];

    /// <summary>Those of the request itself, then those of what follows it.</summary>
    public static IReadOnlyList<PromiseStep> Of(DossierTrack track) => [.. Request, .. OfTrack(track)];

    public static IReadOnlyList<PromiseStep> OfTrack(DossierTrack track) => track switch
    {
        DossierTrack.Repair => Repair,
        DossierTrack.Return => Return,
        _ => [],
    };

    public static PromiseStep After(RepairStatus? status) => status switch
    {
        null => PromiseStep.RepairOrder,
        RepairStatus.OrderReceived => PromiseStep.RepairStart,
        RepairStatus.AppointmentScheduled => PromiseStep.RepairVisit,
        RepairStatus.InRepair => PromiseStep.RepairEnd,
        RepairStatus.WaitingForParts => PromiseStep.RepairParts,
        _ => PromiseStep.Conclusion,
    };

    public static PromiseStep After(ReturnStatus? status) => status switch
    {
        null => PromiseStep.ReturnDecision,
        ReturnStatus.Authorised => PromiseStep.ReturnPlanning,
        ReturnStatus.PickupPlanned => PromiseStep.ReturnCollection,
        ReturnStatus.Collected => PromiseStep.ReturnInspection,
        ReturnStatus.Inspected => PromiseStep.ReturnCredit,
        _ => PromiseStep.Conclusion,
    };

    /// <summary>Whether its clock begins when an appointment or the slot of a pickup ends.</summary>
    public static bool IsVisit(PromiseStep? step) => step is PromiseStep.RepairVisit or PromiseStep.ReturnCollection;
}
