using System.Globalization;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Dossiers.Lists;
using DealerPortal.Web.Features.Dossiers.List;

namespace DealerPortal.Web.Features.Admin.Queue;

/// <summary>The queue's state as its address holds it. What cannot be read does not restrict; an address that says nothing means what is to do.</summary>
public sealed record QueueQuery
{
    public const string Path = "/admin";
    public const int PageSize = 50;

    /// <summary>Values of <see cref="Waits"/> beside the parties: whatever is open, and everything.</summary>
    public const string Open = "open";
    public const string Everything = "all";

    /// <summary>Values of <see cref="Assignee"/> beside a person's key.</summary>
    public const string Me = "me";
    public const string Nobody = "none";

    public const string On = "1";

    /// <summary>Days that <see cref="Age"/> offers.</summary>
    public static readonly IReadOnlyList<int> Ages = [2, 7, 30, 90];

    private static readonly Dictionary<string, WaitingOn> Parties = new(StringComparer.OrdinalIgnoreCase)
    {
        ["support"] = WaitingOn.Support,
        ["dealer"] = WaitingOn.Dealer,
        ["centre"] = WaitingOn.ServiceCentre,
    };

    public string? Q { get; init; }
    public string? Waits { get; init; }
    public string? Type { get; init; }
    public string? Status { get; init; }
    public string? Assignee { get; init; }

    /// <summary>An organisation's VAT number, or what was typed to find one.</summary>
    public string? Org { get; init; }

    /// <summary>Filed at least so many days ago.</summary>
    public string? Age { get; init; }

    public string? Overdue { get; init; }

    /// <summary>Due soon; with <see cref="Overdue"/> as well as overdue.</summary>
    public string? Soon { get; init; }

    public string? Sort { get; init; }
    public string? Page { get; init; }

    /// <summary>What can be waited on, as addresses name it.</summary>
    public static IEnumerable<string> AllWaits => Parties.Keys.Append(Open).Append(Everything);

    public bool IsOverdue => Overdue == On;
    public bool IsSoon => Soon == On;

    /// <summary>Whether it asks when promises end, which only open dossiers have.</summary>
    private bool IsOfPromises => IsOverdue || IsSoon;

    /// <summary>One of <see cref="AllWaits"/>.</summary>
    public string Scope =>
        AllWaits.FirstOrDefault(name => string.Equals(name, Waits, StringComparison.OrdinalIgnoreCase))
            is { } known && !(IsOfPromises && known == Everything) ? known
        : IsOfPromises ? Open
        : IsBare ? "support" : Everything;

    public RequestStatus? StatusValue => ListAddress.Value<RequestStatus>(Status);
    public DossierType? TypeValue => ListAddress.Value<DossierType>(Type);
    public int? AgeDays => ListAddress.Number(Age) is { } days && Ages.Contains(days) ? days : null;
    public string? Text => string.IsNullOrWhiteSpace(Q) ? null : Q.Trim();

    public DossierSort SortValue => ListAddress.Value<DossierSort>(Sort) is { } sort && (sort != DossierSort.Promise || Scope != Everything) ? sort : DefaultSort;

    private DossierSort DefaultSort => Scope switch
    {
        "support" or "centre" or Open => DossierSort.Promise,
        Everything => DossierSort.Newest,
        _ => DossierSort.Oldest,
    };

    private bool IsBare => string.Concat(Q, Waits, Type, Status, Assignee, Org, Age, Sort).Length == 0;

    /// <summary>What restricts, in one spelling whatever was typed, so that two addresses of one list are the same text.</summary>
    private IReadOnlyList<(string Name, string? Value)> State =>
    [
        ("q", Text),
        ("waits", Scope),
        ("type", TypeValue?.ToString()),
        ("status", StatusValue?.ToString()),
        ("assignee", AssigneeText),
        ("org", string.IsNullOrWhiteSpace(Org) ? null : Org.Trim()),
        ("age", AgeDays?.ToString(CultureInfo.InvariantCulture)),
        ("overdue", IsOverdue ? On : null),
        ("soon", IsSoon ? On : null),
        ("sort", SortValue == DefaultSort ? null : SortValue.ToString().ToLowerInvariant()),
    ];

    private string? AssigneeText => Assignee is Me or Nobody ? Assignee : ListAddress.Number(Assignee)?.ToString(CultureInfo.InvariantCulture);

    /// <summary>The list's query without its page, in one spelling.</summary>
    public string Canonical => ListAddress.Of(State, null, null);

    /// <summary>The same list with one thing changed, from its first page on; null removes it.</summary>
    public string With(string? name, string? value) => Path + ListAddress.Of(State, name, value);

    /// <param name="me">Who asks.</param>
    /// <param name="organisationId">What <see cref="Org"/> means.</param>
    public DossierFilter ToFilter(int me, int? organisationId, QueueClock clock) => new()
    {
        Text = Text,
        WaitingOn = Scope switch
        {
            Open => [.. Parties.Values],
            Everything => [],
            var party => [Parties[party]],
        },
        Type = TypeValue,
        Statuses = StatusValue is { } status ? [status] : [],
        Assignee = AssigneeText switch
        {
            null => null,
            Me => new AssigneeFilter(me),
            Nobody => new AssigneeFilter(null),
            var id => new AssigneeFilter(int.Parse(id, CultureInfo.InvariantCulture)),
        },
        OrganisationId = organisationId,
        CreatedUntil = AgeDays is { } days ? clock.Now.AddDays(-days) : null,
        DueBefore = IsSoon ? clock.SoonUntil : IsOverdue ? clock.Now : null,
        DueFrom = IsSoon && !IsOverdue ? clock.Now : null,
        Sort = SortValue,
        Page = Math.Clamp(ListAddress.Number(Page) ?? 1, 1, DossierLists.LastPage),
        PageSize = PageSize,
    };

    /// <summary>The list that an address leads to.</summary>
    public static QueueQuery Parse(string? query)
    {
        var of = ListAddress.Reader(query);
        return new QueueQuery
        {
            Q = of("q"),
            Waits = of("waits"),
            Type = of("type"),
            Status = of("status"),
            Assignee = of("assignee"),
            Org = of("org"),
            Age = of("age"),
            Overdue = of("overdue"),
            Soon = of("soon"),
            Sort = of("sort"),
            Page = of("page"),
        };
    }
}
