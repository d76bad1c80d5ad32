using System.Globalization;
using DealerPortal.Core;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Dossiers.Lists;

namespace DealerPortal.Web.Features.Dossiers.List;

/// <summary>A list's state as its address holds it. What cannot be read does not restrict.</summary>
public sealed record DossierListQuery
{
    public const string Path = "/dossiers";

    /// <summary>Both steps in which the dealer waits for support read the same to the dealer.</summary>
    public const string Processing = "processing";

    /// <summary>The orders that a dealer chooses from, the first of which is the list's own.</summary>
    public static readonly IReadOnlyList<DossierSort> Sorts = [DossierSort.Newest, DossierSort.Oldest, DossierSort.Changed];

    private const string On = "1";

    public string? Q { get; init; }
    public string? Status { get; init; }
    public string? Type { get; init; }
    public string? From { get; init; }
    public string? By { get; init; }
    public string? Branch { get; init; }
    public string? Open { get; init; }
    public string? Sort { get; init; }
    public string? Page { get; init; }

    public DateOnly? FromDate => ListAddress.Date(From);

    public DossierSort SortValue => ListAddress.Value<DossierSort>(Sort) is { } sort && Sorts.Contains(sort) ? sort : DossierSort.Newest;

    /// <summary>The list's query without its page, in one spelling, so that two addresses of one list are the same text.</summary>
    public string Canonical => ListAddress.Of(State, null, null);

    private string? Text => string.IsNullOrWhiteSpace(Q) ? null : Q.Trim();

    private IReadOnlyList<(string Name, string? Value)> State =>
    [
        ("q", Text),
        ("status", Status == Processing ? Processing : ListAddress.Value<RequestStatus>(Status)?.ToString()),
        ("type", ListAddress.Value<DossierType>(Type)?.ToString()),
        ("from", FromDate?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
        ("by", ListAddress.Number(By)?.ToString(CultureInfo.InvariantCulture)),
        ("branch", ListAddress.Number(Branch)?.ToString(CultureInfo.InvariantCulture)),
        ("open", Open == On ? On : null),
        ("sort", NameOf(SortValue)),
    ];

    /// <summary>An order as addresses name it; null for the list's own.</summary>
    public static string? NameOf(DossierSort sort) => sort == Sorts[0] ? null : sort.ToString().ToLowerInvariant();

    public DossierFilter ToFilter() => new()
    {
        Statuses = Status == Processing
            ? [RequestStatus.Submitted, RequestStatus.InProgress]
            : ListAddress.Value<RequestStatus>(Status) is { } status ? [status] : [],
        Type = ListAddress.Value<DossierType>(Type),
        CreatedFrom = FromDate is { } from ? Formats.ToUtc(from.ToDateTime(TimeOnly.MinValue)) : null,
        OwnerId = ListAddress.Number(By),
        BranchId = ListAddress.Number(Branch),
        OpenOnly = Open == On,
        Text = Text,
        Sort = SortValue,
        Page = Math.Clamp(ListAddress.Number(Page) ?? 1, 1, DossierLists.LastPage),
    };

    /// <summary>The list that an address leads to.</summary>
    public static DossierListQuery Parse(string? query)
    {
        var of = ListAddress.Reader(query);
        return new DossierListQuery { Q = of("q"), Status = of("status"), Type = of("type"), From = of("from"), By = of("by"), Branch = of("branch"), Open = of("open"), Sort = of("sort"), Page = of("page") };
    }

    /// <summary>The same list with one thing changed, from its first page on; null removes it.</summary>
    public string With(string? name, string? value) => Path + ListAddress.Of(State, name, value);
}
