using DealerPortal.Core.Accounts;
using DealerPortal.Core.Dossiers.Lists;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Admin.Queue;

/// <summary>The views of the queue: those that everybody has, then a person's own, each with its count.</summary>
public sealed class QueueTabs(DossierLists lists, SavedViews views, OrganisationLookUp organisations, IStringLocalizer<QueueTexts> texts)
{
    private static readonly (string Key, QueueQuery Query)[] Common =
    [
        ("ToDo", new() { Waits = "support" }),
        ("Overdue", new() { Overdue = QueueQuery.On }),
        ("Soon", new() { Soon = QueueQuery.On }),
        ("Mine", new() { Waits = QueueQuery.Open, Assignee = QueueQuery.Me }),
        ("Nobody", new() { Waits = "support", Assignee = QueueQuery.Nobody }),
        ("Dealer", new() { Waits = "dealer" }),
        ("Doa", new() { Waits = "support", Type = nameof(Core.Dossiers.DossierType.TechnicalDoa) }),
    ];

    public async Task<IReadOnlyList<QueueTab>> ReadAsync(SessionSnapshot person, QueueQuery shown, QueueClock clock, CancellationToken ct)
    {
        var all = Common.Select(view => (Name: texts[$"View.{view.Key}"].Value, view.Query, IsAlarming: view.Key == "Overdue"))
            .Concat((await views.OfAsync(person.UserId, ViewedList.Queue, ct)).Select(view => (view.Name, Query: QueueQuery.Parse(view.Query), IsAlarming: false)));
        var tabs = new List<QueueTab>();
        foreach (var (name, query, isAlarming) in all)
        {
            var count = await CountAsync(person, query, clock, ct);
            tabs.Add(new QueueTab(name, query.With(null, null), count, query.Canonical == shown.Canonical, isAlarming && count > 0));
        }

        return tabs;
    }

    /// <summary>Only views of open dossiers are counted: those are few, and have indexes of their own.</summary>
    private async Task<int?> CountAsync(SessionSnapshot person, QueueQuery query, QueueClock clock, CancellationToken ct)
    {
        var organisation = await organisations.FindAsync(query.Org, ct);
        var filter = query.ToFilter(person.UserId, organisation.Chosen?.Id, clock);
        return filter.IsOfOpenOnly ? await lists.CountAsync(person.Reader, filter, ct) : null;
    }
}
