using System.Globalization;
using DealerPortal.Core.Dossiers.Lists;
using DealerPortal.Web.Features.Admin.Queue;
using DealerPortal.Web.Features.Dossiers.List;

namespace DealerPortal.Web.Features.Admin.Dossiers;

/// <summary>The list that a dossier was opened from and where it stood there. The addresses of its pages carry it, so that one goes on to the next.</summary>
/// <param name="At">From 1.</param>
public sealed record QueueTrail(QueueQuery List, int At)
{
    private const string ListName = "list";
    private const string AtName = "at";

    /// <summary>The page of the list that holds the place.</summary>
    public string BackUrl => List.With("page", At > QueueQuery.PageSize ? (((At - 1) / QueueQuery.PageSize) + 1).ToString(CultureInfo.InvariantCulture) : null);

    /// <summary>Null for a dossier that was not opened from a list, or too far down to leaf from there.</summary>
    public static QueueTrail? Of(HttpRequest request) =>
        request.Query.TryGetValue(ListName, out var list) && ListAddress.Number(request.Query[AtName]) is { } at and >= 1 and <= DossierLists.CountLimit
            ? new QueueTrail(QueueQuery.Parse(list), at) : null;

    /// <summary>A dossier's page for support, or with a step the address that step is posted to.</summary>
    public static string Address(QueueTrail? trail, string number, string? step = null) => $"/admin/dossiers/{number}{(step is null ? null : "/" + step)}"
        + (trail is null ? null : QueryString.Create(new Dictionary<string, string?> { [ListName] = trail.List.Canonical, [AtName] = trail.At.ToString(CultureInfo.InvariantCulture) }));
}

public static class QueueTrailAddresses
{
    /// <inheritdoc cref="QueueTrail.Address"/>
    public static string DossierAddress(this HttpRequest request, string number, string? step = null) => QueueTrail.Address(QueueTrail.Of(request), number, step);
}
