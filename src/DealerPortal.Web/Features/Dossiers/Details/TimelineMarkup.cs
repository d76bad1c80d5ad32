using DealerPortal.Core;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Dossiers.Handling;
using DealerPortal.Core.Mail.Inbound;
using DealerPortal.Core.Organisations;
using DealerPortal.Web.Features.Shared;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Dossiers.Details;

/// <summary>How an entry of the timeline reads: a heading, who, and the words that belong to it.</summary>
/// <param name="Icon">A name in the sprite; null for a person's own words, which show the person.</param>
/// <param name="Note">A line of the portal's own below the heading.</param>
/// <param name="Quote">What the person wrote.</param>
/// <param name="QuoteClass">Whose words they are: the reader's side, the other's, or internal.</param>
public sealed record TimelineLine(string? Icon, string Heading, string? By, string? Note, string? Quote, string QuoteClass)
{
    /// <summary>The other dossier that the entry is about.</summary>
    public string? DossierNumber { get; init; }
}

/// <summary>Puts timeline entries in words, for dealers or for staff.</summary>
public sealed class TimelineMarkup(IStringLocalizer<DetailsTexts> t, IStringLocalizer<SharedTexts> shared, bool isStaff)
{
    private static readonly TimeSpan _worthSaying = TimeSpan.FromMinutes(5);

    public TimelineLine Line(TimelineItem item)
    {
        var entry = item.Entry;
        var isTheirs = entry.Actor == ActorKind.Dealer == isStaff;
        var quoteClass = entry.IsInternal ? "msg internal" : isTheirs ? "msg theirs" : "msg";
        var name = item.ActorName ?? t[$"Actor.{entry.Actor}"].Value;
        return entry.Kind switch
        {
            TimelineKind.Message => new(null, Voice(entry, name), isStaff && entry.Actor == ActorKind.Dealer ? t["By.Dealer"].Value : null, null, entry.Text, quoteClass),
            TimelineKind.InternalNote => new(null, name, null, null, entry.Text, quoteClass),
            TimelineKind.Submitted => new("file-plus", t["Timeline.Submitted"], Who(item), null, null, quoteClass),
            TimelineKind.RequestStatusChanged => new(RequestIcon(entry), RequestHeading(entry), Who(item), null, entry.Text, quoteClass),
            TimelineKind.RepairStatusChanged => new(RepairIcon(entry), RepairHeading(entry), Who(item), Note(entry), entry.Text, quoteClass),
            TimelineKind.AppointmentScheduled => new("calendar-event", t["Timeline.Appointment"], Who(item), Note(entry), entry.Text, quoteClass),
            TimelineKind.ReturnStatusChanged when entry.ReturnStatus is { } returned =>
                new(StatusBadge.Of(returned).Icon, shared[StatusBadge.Of(returned).TextKey], Who(item), Note(entry), entry.Text, quoteClass),
            TimelineKind.PickupPlanned => new("calendar-event", t["Timeline.PickupPlanned"], Who(item), Note(entry), entry.Text, quoteClass),
            TimelineKind.GrmsNumberSet => new("receipt", t["Timeline.Grms", entry.Text ?? ""], Who(item), null, null, quoteClass),
            TimelineKind.CreditLinked => new("receipt", t["Timeline.CreditLinked", entry.Text ?? ""], Who(item), null, null, quoteClass),
            TimelineKind.CreditIssued => new("receipt", t["Timeline.CreditIssued", entry.Text ?? ""], Who(item), null, null, quoteClass),
            TimelineKind.TakenOver => new("file-plus", t["Timeline.TakenOver", entry.Text ?? ""], Who(item), null, null, quoteClass),
            TimelineKind.CentreChosen => new("tools", entry.Text is { } centre ? t["Timeline.Centre", centre] : t["Timeline.NoCentre"], Who(item), null, null, quoteClass),
            TimelineKind.CentreReport => new("history", ReportHeading(entry), Who(item), Note(entry), entry.Text, quoteClass),
            TimelineKind.NotificationChanged => new(
                "mail", t[entry.Text == NotificationWords.NotificationOn ? "Timeline.NotifyOn" : "Timeline.NotifyOff"], Who(item), null, null, quoteClass),
            TimelineKind.Assigned => new(
                "user-share", item.AssigneeName is { } assignee ? t["Timeline.AssignedTo", assignee] : t["Timeline.AssignedToNobody"], Who(item), null, null, quoteClass),
            TimelineKind.CancellationRequested => new("ban", t["Timeline.CancellationRequested"], Who(item), null, entry.Text, quoteClass),
            TimelineKind.AnotherDateRequested => new("calendar-event", t["Timeline.AnotherDateRequested"], Who(item), null, entry.Text, quoteClass),
            TimelineKind.Reminded => new("mail", t[isStaff ? "Timeline.Reminded.Staff" : "Timeline.Reminded"], Who(item), null, null, quoteClass),
            TimelineKind.ClosedUnanswered => new("ban", t["Timeline.ClosedUnanswered"], Who(item), null, null, quoteClass),
            TimelineKind.HandedOver => new("user-share", t["Timeline.HandedOver", item.AssigneeName ?? ""], Who(item), null, null, quoteClass),
            TimelineKind.FilesNotTaken => new(
                "file-alert", t["Timeline.FilesNotTaken"], Who(item), string.Join(", ", RefusedFile.Read(entry.Text).Select(file => t[$"NotTaken.{file.Reason}", file.Name].Value)), null, quoteClass),
            TimelineKind.DataChanged => new("pencil", t["Timeline.DataChanged"], Who(item), null, null, quoteClass),
            TimelineKind.DuplicateMerged => new("arrows-join", t["Timeline.DuplicateMerged"], Who(item), null, null, quoteClass) { DossierNumber = entry.Text },
            TimelineKind.MergedIntoOther => new("arrows-join", t["Timeline.MergedIntoOther"], Who(item), null, null, quoteClass) { DossierNumber = entry.Text },
            TimelineKind.Linked => new("link", t["Timeline.Linked"], Who(item), null, null, quoteClass) { DossierNumber = entry.Text },
            TimelineKind.Unlinked => new("link", t["Timeline.Unlinked"], Who(item), null, null, quoteClass) { DossierNumber = entry.Text },
            TimelineKind.Anonymised => new("shield-lock", t["Timeline.Anonymised"], Who(item), null, null, quoteClass),
            _ => new("info-circle", t["Timeline.Other"], Who(item), null, entry.Text, quoteClass),
        };
    }

    /// <summary>What a corrected field is called.</summary>
    public string FieldName(DossierField field) => t[$"Corrected.{field}"];

    /// <summary>What stood in a corrected field, as people read it.</summary>
    public string FieldValue(DossierField field, string? value) => value switch
    {
        null => t["Corrected.Nothing"],
        _ when field == DossierField.ServiceOffer => t[$"Offer.{value}"],
        _ when field == DossierField.EndUserPhone => PhoneNumber.Display(value),
        _ => value,
    };

    /// <summary>«by …»; nothing for the portal itself.</summary>
    private string? Who(TimelineItem item) => item switch
    {
        { Entry.Actor: ActorKind.System } => null,
        { ActorName: { } name } => t["By.Person", item.Entry.Actor == ActorKind.Support && !isStaff ? t["Person.Support", name].Value : name].Value,
        _ => t[$"By.{item.Entry.Actor}"].Value,
    };

    private string Voice(TimelineEntry entry, string name) => entry.Actor == ActorKind.Support && entry.ActorId is not null ? t["Person.Support", name] : name;

    private string RequestHeading(TimelineEntry entry) => entry switch
    {
        { RequestStatus: RequestStatus.Completed, Actor: ActorKind.Dealer } => t["Timeline.Withdrawn"],
        { RequestStatus: RequestStatus.Completed, Resolution: { } resolution } => t["Timeline.Completed", shared[$"Resolution.{resolution}"].Value.ToLower(System.Globalization.CultureInfo.CurrentCulture)],
        { RequestStatus: RequestStatus.WaitingForDealer } => t[isStaff ? "Timeline.Waiting.Staff" : "Timeline.Waiting"],
        _ => t["Timeline.InProgress"],
    };

    private static string RequestIcon(TimelineEntry entry) => entry switch
    {
        { RequestStatus: RequestStatus.Completed, Resolution: Resolution.Cancelled } => "ban",
        { RequestStatus: RequestStatus.Completed, Resolution: Resolution.Refused } => "circle-x",
        { RequestStatus: RequestStatus.Completed } => "circle-check",
        { RequestStatus: RequestStatus.WaitingForDealer } => "message-reply",
        _ => "progress",
    };

    private string RepairHeading(TimelineEntry entry) => entry.RepairStatus is { } status ? shared[$"Repair.{status}"] : t["Timeline.Other"];

    private static string RepairIcon(TimelineEntry entry) => entry.RepairStatus is { } status ? StatusBadge.Of(status).Icon : "info-circle";

    private string ReportHeading(TimelineEntry entry)
    {
        var status = entry switch
        {
            { RepairStatus: { } repair } => shared[StatusBadge.Of(repair).TextKey].Value,
            { ReturnStatus: { } returned } => shared[StatusBadge.Of(returned).TextKey].Value,
            _ => null,
        };
        return status is null ? t["Timeline.CentreInfo"] : t[entry.IsInternal ? "Timeline.Kept" : "Timeline.Late", status];
    }

    /// <summary>The appointment, and when it happened where that was not just before it was reported.</summary>
    private string? Note(TimelineEntry entry)
    {
        var happened = entry.OccurredAt is { } at && (entry.At - at).Duration() >= _worthSaying ? t["Timeline.Occurred", Formats.DateAndHour(at)].Value : null;
        return string.Join(" · ", new[] { AppointmentText(entry), happened }.Where(part => part is not null)) is { Length: > 0 } note ? note : null;
    }

    private static string? AppointmentText(TimelineEntry entry) =>
        entry is { AppointmentDate: { } date, AppointmentFrom: { } from, AppointmentUntil: { } until } ? $"{Formats.LongDate(date)}, {Formats.HourRange(from, until)}" : null;
}
