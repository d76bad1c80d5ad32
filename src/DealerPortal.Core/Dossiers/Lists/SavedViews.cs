using DealerPortal.Core.Audit;
using DealerPortal.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Core.Dossiers.Lists;

/// <summary>What became of a change to a person's views.</summary>
public enum SavedViewOutcome
{
    Done,

    /// <summary>The person has no such view.</summary>
    NotFound,

    /// <summary>Another of the person's views has that name.</summary>
    NameTaken,

    /// <summary>The person has <see cref="SavedView.MaxPerPerson"/> already.</summary>
    TooMany,
}

/// <summary>A person's own views of a list. Nobody sees or changes another's.</summary>
public sealed class SavedViews(PortalDatabase database, PortalDbContext db, TimeProvider time)
{
    // Read with every page of a list: compiled, it costs a third.
    private static readonly Func<PortalDbContext, int, ViewedList, IAsyncEnumerable<SavedView>> _read =
        EF.CompileAsyncQuery<PortalDbContext, int, ViewedList, SavedView>((db, ownerId, list) =>
            db.Set<SavedView>().AsNoTracking().Where(v => v.OwnerId == ownerId && v.List == list).OrderBy(v => v.Position).ThenBy(v => v.Id));

    /// <summary>In their order.</summary>
    public async Task<IReadOnlyList<SavedView>> OfAsync(int ownerId, ViewedList list, CancellationToken ct)
    {
        var views = new List<SavedView>();
        await foreach (var view in _read(db, ownerId, list).WithCancellation(ct))
            views.Add(view);
        return views;
    }

    /// <param name="query">At most <see cref="SavedView.QueryMaxLength"/> characters.</param>
    public Task<SavedViewOutcome> SaveAsync(int ownerId, ViewedList list, string name, string query, CancellationToken ct) => ChangeAsync(ownerId, list, (views, write) =>
    {
        if (IsTaken(views, name))
            return SavedViewOutcome.NameTaken;
        if (views.Count >= SavedView.MaxPerPerson)
            return SavedViewOutcome.TooMany;
        var view = new SavedView { OwnerId = ownerId, List = list, Name = name, Query = query, Position = views.Count == 0 ? 1 : views[^1].Position + 1 };
        write.Db.Add(view);
        return SavedViewOutcome.Done;
    }, "saved-view.saved", ct);

    public Task<SavedViewOutcome> RenameAsync(int ownerId, ViewedList list, int id, string name, CancellationToken ct) => ChangeAsync(ownerId, list, (views, _) =>
    {
        if (views.Find(view => view.Id == id) is not { } view)
            return SavedViewOutcome.NotFound;
        if (IsTaken(views.Where(other => other != view), name))
            return SavedViewOutcome.NameTaken;
        view.Name = name;
        return SavedViewOutcome.Done;
    }, "saved-view.renamed", ct);

    public Task<SavedViewOutcome> RemoveAsync(int ownerId, ViewedList list, int id, CancellationToken ct) => ChangeAsync(ownerId, list, (views, write) =>
    {
        if (views.Find(view => view.Id == id) is not { } view)
            return SavedViewOutcome.NotFound;
        write.Db.Remove(view);
        return SavedViewOutcome.Done;
    }, "saved-view.removed", ct);

    /// <summary>One place up or down among the person's own; the first stays first and the last stays last.</summary>
    public Task<SavedViewOutcome> MoveAsync(int ownerId, ViewedList list, int id, bool up, CancellationToken ct) => ChangeAsync(ownerId, list, (views, _) =>
    {
        var at = views.FindIndex(view => view.Id == id);
        if (at < 0)
            return SavedViewOutcome.NotFound;
        var other = up ? at - 1 : at + 1;
        if (other >= 0 && other < views.Count)
            (views[at].Position, views[other].Position) = (views[other].Position, views[at].Position);
        return SavedViewOutcome.Done;
    }, "saved-view.moved", ct);

    private async Task<SavedViewOutcome> ChangeAsync(int ownerId, ViewedList list, Func<List<SavedView>, WriteScope, SavedViewOutcome> change, string action, CancellationToken ct)
    {
        try
        {
            return await database.WriteAsync(async (write, token) =>
            {
                var outcome = change(await Of(write.Db, ownerId, list).ToListAsync(token), write);
                if (outcome == SavedViewOutcome.Done)
                    write.Db.Record(time.GetUtcNow().UtcDateTime, ownerId, action, nameof(SavedView), ownerId);
                return outcome;
            }, ct);
        }
        catch (DbUpdateException exception) when (exception.IsUniqueViolation())
        {
            // The same name was sent twice at once.
            return SavedViewOutcome.NameTaken;
        }
    }

    private static bool IsTaken(IEnumerable<SavedView> views, string name) => views.Any(view => string.Equals(view.Name, name, StringComparison.OrdinalIgnoreCase));

    private static IQueryable<SavedView> Of(PortalDbContext db, int ownerId, ViewedList list) =>
        db.Set<SavedView>().Where(v => v.OwnerId == ownerId && v.List == list).OrderBy(v => v.Position).ThenBy(v => v.Id);
}
