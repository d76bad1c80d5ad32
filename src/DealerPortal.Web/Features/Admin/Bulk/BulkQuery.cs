using System.Globalization;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Dossiers.Queue.Bulk;
using DealerPortal.Web.Features.Admin.Queue;
using DealerPortal.Web.Features.Dossiers.List;

namespace DealerPortal.Web.Features.Admin.Bulk;

/// <summary>Which step on which dossiers, as the preview's address holds it.</summary>
public record BulkQuery
{
    public const string Path = "/admin/bulk";

    public static readonly IReadOnlyList<RequestStatus> Statuses = [RequestStatus.InProgress, RequestStatus.WaitingForDealer];

    public string? Step { get; init; }

    /// <summary>To whom: a person's key, or <see cref="QueueQuery.Nobody"/>.</summary>
    public string? To { get; init; }

    public string? Status { get; init; }

    /// <summary>The template's key; none for a text of one's own.</summary>
    public string? Template { get; init; }

    /// <summary>The dossiers' numbers.</summary>
    public List<string>? N { get; init; }

    /// <summary>The queue's query to come back to.</summary>
    public string? Back { get; init; }

    public BulkStepKind? Kind => Step switch
    {
        "assign" => BulkStepKind.Assign,
        "status" => BulkStepKind.ChangeStatus,
        "close" => BulkStepKind.Close,
        _ => null,
    };

    public RequestStatus? StatusValue => ListAddress.Value<RequestStatus>(Status) is { } status && Statuses.Contains(status) ? status : null;
    public int? TemplateId => Kind == BulkStepKind.Assign ? null : ListAddress.Number(Template);
    public string BackUrl => QueueQuery.Parse(Back).With(null, null);

    /// <summary>Whether support has to write what the dealer reads.</summary>
    public bool NeedsText => TemplateId is null && (Kind == BulkStepKind.Close || StatusValue == RequestStatus.WaitingForDealer);

    public static string NameOf(BulkStepKind kind) => kind switch
    {
        BulkStepKind.Assign => "assign",
        BulkStepKind.Close => "close",
        _ => "status",
    };

    /// <summary>The step as far as it is known; null while something is to be chosen.</summary>
    /// <param name="assignees">To whom dossiers can be given.</param>
    public BulkStep? ToStep(IReadOnlyList<StaffMember> assignees) => Kind switch
    {
        BulkStepKind.Assign when To == QueueQuery.Nobody => new BulkStep(BulkStepKind.Assign),
        BulkStepKind.Assign when assignees.FirstOrDefault(person => person.Id == ListAddress.Number(To)) is { } assignee => new BulkStep(BulkStepKind.Assign, assignee.Id),
        BulkStepKind.ChangeStatus when StatusValue is { } status => new BulkStep(BulkStepKind.ChangeStatus, Status: status, TemplateId: status == RequestStatus.WaitingForDealer ? TemplateId : null),
        BulkStepKind.Close => new BulkStep(BulkStepKind.Close, TemplateId: TemplateId),
        _ => null,
    };

    /// <summary>The preview's address.</summary>
    public string Address(IEnumerable<string> numbers) => Path + QueryString.Create(
        new (string Name, string? Value)[] { ("step", Step), ("to", To), ("status", Status), ("template", Template), ("back", Back) }
            .Where(pair => !string.IsNullOrEmpty(pair.Value))
            .Concat(numbers.Select(number => (Name: "n", Value: (string?)number)))
            .Select(pair => KeyValuePair.Create(pair.Name, pair.Value)));
}

/// <summary>The step with what the dealer reads, and the dossiers that were left ticked.</summary>
public sealed record BulkForm : BulkQuery
{
    public string? Resolution { get; init; }
    public string? Text { get; init => field = Core.TypedText.Lines(value); }

    /// <summary>Number and stamp of each dossier, as the preview showed it.</summary>
    public List<string>? Pick { get; init; }

    public Resolution? Reached => ListAddress.Value<Resolution>(Resolution);

    public IReadOnlyList<BulkTarget> Targets => [.. (Pick ?? []).Select(Target).OfType<BulkTarget>().DistinctBy(target => target.Number).Take(BulkHandling.MaxDossiers)];

    public static string PickOf(BulkRow row) => string.Create(CultureInfo.InvariantCulture, $"{row.Number}:{row.Stamp:N}");

    private static BulkTarget? Target(string pick) =>
        pick.Split(':') is [{ Length: > 0 and <= Dossier.NumberMaxLength } number, var stamp] && Guid.TryParseExact(stamp, "N", out var parsed) ? new BulkTarget(number, parsed) : null;
}
