using DealerPortal.Core.Audit;
using DealerPortal.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Core.Dossiers.Queue;

/// <summary>What became of a change to a person's views.</summary>
public enum QueueViewOutcome
{
    Done,

    /// <summary>The person has no such view.</summary>
    NotFound,

    /// <summary>Another of the person's views has that name.</summary>
    NameTaken,

    /// <summary>The person has <see cref="QueueView.MaxPerPerson"/> already.</summary>
    TooMany,
}

/// <summary>A person's own views of the queue. Nobody sees or changes another's.</summary>
public sealed class QueueViews(PortalDatabase database, PortalDbContext db, TimeProvider time)
{
    /// <summary>In their order.</summary>
    public async Task<IReadOnlyList<QueueView>> OfAsync(int ownerId, CancellationToken ct) => await Of(db, ownerId).AsNoTracking().ToListAsync(ct);

    /// <param name="query">At most <see cref="QueueView.QueryMaxLength"/> characters.</param>
    public Task<QueueViewOutcome> SaveAsync(int ownerId, string name, string query, CancellationToken ct) => ChangeAsync(ownerId, (views, write) =>
    {
        if (IsTaken(views, name))
            return QueueViewOutcome.NameTaken;
        if (views.Count >= QueueView.MaxPerPerson)
            return QueueViewOutcome.TooMany;
        var view = new QueueView { OwnerId = ownerId, Name = name, Query = query, Position = views.Count == 0 ? 1 : views[^1].Position + 1 };
        write.Db.Add(view);
        return QueueViewOutcome.Done;
    }, "queue-view.saved", ct);

    public Task<QueueViewOutcome> RenameAsync(int ownerId, int id, string name, CancellationToken ct) => ChangeAsync(ownerId, (views, _) =>
    {
        if (views.Find(view => view.Id == id) is not { } view)
            return QueueViewOutcome.NotFound;
        if (IsTaken(views.Where(other => other != view), name))
            return QueueViewOutcome.NameTaken;
        view.Name = name;
        return QueueViewOutcome.Done;
    }, "queue-view.renamed", ct);

    public Task<QueueViewOutcome> RemoveAsync(int ownerId, int id, CancellationToken ct) => ChangeAsync(ownerId, (views, write) =>
    {
        if (views.Find(view => view.Id == id) is not { } view)
            return QueueViewOutcome.NotFound;
        write.Db.Remove(view);
        return QueueViewOutcome.Done;
    }, "queue-view.removed", ct);

    /// <summary>One place up or down among the person's own; the first stays first and the last stays last.</summary>
    public Task<QueueViewOutcome> MoveAsync(int ownerId, int id, bool up, CancellationToken ct) => ChangeAsync(ownerId, (views, _) =>
    {
        var at = views.FindIndex(view => view.Id == id);
        if (at < 0)
            return QueueViewOutcome.NotFound;
        var other = up ? at - 1 : at + 1;
        if (other >= 0 && other < views.Count)
            (views[at].Position, views[other].Position) = (views[other].Position, views[at].Position);
        return QueueViewOutcome.Done;
    }, "queue-view.moved", ct);

    private async Task<QueueViewOutcome> ChangeAsync(int ownerId, Func<List<QueueView>, WriteScope, QueueViewOutcome> change, string action, CancellationToken ct)
    {
        try
        {
            return await database.WriteAsync(async (write, token) =>
            {
                var outcome = change(await Of(write.Db, ownerId).ToListAsync(token), write);
                if (outcome == QueueViewOutcome.Done)
                    write.Db.Record(time.GetUtcNow().UtcDateTime, ownerId, action, nameof(QueueView), ownerId);
                return outcome;
            }, ct);
        }
        catch (DbUpdateException exception) when (exception.IsUniqueViolation())
        {
            // The same name was sent twice at once.
            return QueueViewOutcome.NameTaken;
        }
    }

    private static bool IsTaken(IEnumerable<QueueView> views, string name) => views.Any(view => string.Equals(view.Name, name, StringComparison.OrdinalIgnoreCase));

    private static IQueryable<QueueView> Of(PortalDbContext db, int ownerId) => db.Set<QueueView>().Where(v => v.OwnerId == ownerId).OrderBy(v => v.Position).ThenBy(v => v.Id);
}
