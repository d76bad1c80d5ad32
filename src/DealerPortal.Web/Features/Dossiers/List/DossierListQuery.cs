using System.Globalization;
using DealerPortal.Core;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Dossiers.Lists;

namespace DealerPortal.Web.Features.Dossiers.List;

/// <summary>A list's state as its address holds it. What cannot be read does not restrict.</summary>
public sealed record DossierListQuery
{
    public const string OldestFirst = "oldest";

    /// <summary>Both steps in which the dealer waits for support read the same to the dealer.</summary>
    public const string Processing = "processing";

    public string? Q { get; init; }
    public string? Status { get; init; }
    public string? Type { get; init; }
    public string? From { get; init; }
    public string? By { get; init; }
    public string? Branch { get; init; }
    public string? Open { get; init; }
    public string? Sort { get; init; }
    public string? Page { get; init; }

    public DateOnly? FromDate => DateOnly.TryParseExact(From, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;

    public DossierFilter ToFilter() => new()
    {
        Statuses = Status == Processing
            ? [RequestStatus.Submitted, RequestStatus.InProgress]
            : ListAddress.Value<RequestStatus>(Status) is { } status ? [status] : [],
        Type = ListAddress.Value<DossierType>(Type),
        CreatedFrom = FromDate is { Year: >= 1900 } from ? Formats.ToUtc(from.ToDateTime(TimeOnly.MinValue)) : null,
        OwnerId = ListAddress.Number(By),
        BranchId = ListAddress.Number(Branch),
        OpenOnly = Open == "1",
        Text = string.IsNullOrWhiteSpace(Q) ? null : Q.Trim(),
        Sort = Sort == OldestFirst ? DossierSort.Oldest : DossierSort.Newest,
        Page = Math.Clamp(ListAddress.Number(Page) ?? 1, 1, DossierLists.LastPage),
    };

    /// <summary>The list that an address leads to.</summary>
    public static DossierListQuery Parse(string? query)
    {
        var of = ListAddress.Reader(query);
        return new DossierListQuery { Q = of("q"), Status = of("status"), Type = of("type"), From = of("from"), By = of("by"), Branch = of("branch"), Open = of("open"), Sort = of("sort"), Page = of("page") };
    }

    /// <summary>The same list with one thing changed, from its first page on; null removes it.</summary>
    public string With(string path, string? name, string? value)
    {
        (string Name, string? Value)[] all =
            [("q", Q), ("status", Status), ("type", Type), ("from", From), ("by", By), ("branch", Branch), ("open", Open), ("sort", Sort)];
        return path + ListAddress.Of(all, name, value);
    }
}
