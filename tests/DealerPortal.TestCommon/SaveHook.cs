using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace DealerPortal.TestCommon;

/// <summary>Lets something happen in the middle of a write, just before it is saved: a failure, or the end of the host.</summary>
public sealed class SaveHook : SaveChangesInterceptor
{
    /// <summary>Told what is about to be saved.</summary>
    public Action<DbContext>? Before { get; set; }

    /// <summary>Calls <paramref name="happens"/> at the <paramref name="nth"/> save, from 1, that adds a <typeparamref name="T"/>.</summary>
    public void AtSave<T>(int nth, Action happens)
        where T : class
    {
        var saves = 0;
        Before = db =>
        {
            if (db.ChangeTracker.Entries<T>().Any(entry => entry.State == EntityState.Added) && ++saves == nth)
                happens();
        };
    }

    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Before?.Invoke(eventData.Context!);
        return ValueTask.FromResult(result);
    }
}
