namespace DealerPortal.Core.ServiceCentres;

/// <summary>The codes that the portal suggests to centres that have none of their own, for a database that is new. People may change and remove them.</summary>
internal static class CentreDefaults
{
    private static readonly (string Code, CodeMeaning Meaning)[] _codes =
    [
        ("ORDER-RECEIVED", CodeMeaning.OrderReceived),
        ("APPOINTMENT", CodeMeaning.AppointmentScheduled),
        ("IN-REPAIR", CodeMeaning.InRepair),
        ("WAITING-FOR-PARTS", CodeMeaning.WaitingForParts),
        ("COMPLETED", CodeMeaning.RepairCompleted),
        ("CANCELLED", CodeMeaning.RepairCancelled),
        ("RETURN-AUTHORISED", CodeMeaning.ReturnAuthorised),
        ("PICKUP-PLANNED", CodeMeaning.PickupPlanned),
        ("COLLECTED", CodeMeaning.Collected),
        ("INSPECTED", CodeMeaning.Inspected),
        ("CREDITED", CodeMeaning.Credited),
        ("RETURN-REFUSED", CodeMeaning.ReturnRefused),
        ("INFORMATION", CodeMeaning.Information),
    ];

    /// <summary>As rows of the migration; the stamp is as fixed as the rest.</summary>
    public static object[] Codes() =>
    [
        .. _codes.Select((code, i) => new
        {
            Id = i + 1,
            Key = CentreCode.KeyOf(null, code.Code),
            code.Code,
            code.Meaning,
            Stamp = new Guid(i + 1, 0, 0, new byte[8]),
        }),
    ];
}
