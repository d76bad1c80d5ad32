using System.Linq.Expressions;
using DealerPortal.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.Extensions.Logging;

namespace DealerPortal.Core.Work;

/// <summary>Does ordered work of one kind, one after the other.</summary>
public abstract class Worker
{
    public const int MaxAttempts = 3;

    /// <summary>How long an instance may be silent before another takes over; it tells its progress far more often.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    /// <summary>Does what has waited longest; false when nothing waits.</summary>
    public abstract Task<bool> WorkNextAsync(CancellationToken ct);

    /// <summary>Removes what has had its time.</summary>
    public virtual Task TidyAsync(CancellationToken ct) => Task.CompletedTask;
}

/// <inheritdoc/>
/// <remarks>Several instances share the work by a lease in its row; whoever lost it writes nothing more to it.</remarks>
public abstract partial class Worker<T>(PortalDatabase database, PortalDbContext db, TimeProvider time, ILogger log) : Worker
    where T : LeasedWork
{
    private static readonly TimeSpan ToldEvery = TimeSpan.FromSeconds(1);

    private readonly Guid _owner = Guid.NewGuid();
    private readonly TimeProvider _time = time;
    private readonly ILogger _log = log;
    private long _lastTold;

    protected PortalDatabase Database { get; } = database;

    protected PortalDbContext Db { get; } = db;

    protected DateTime Now => _time.GetUtcNow().UtcDateTime;

    /// <summary>When a row was ordered.</summary>
    protected abstract Expression<Func<T, DateTime?>> OrderedAt { get; }

    public sealed override async Task<bool> WorkNextAsync(CancellationToken ct)
    {
        if (await ClaimAsync(ct) is not { } work)
            return false;
        try
        {
            // Whatever kills the process each time must not do so for ever.
            if (work.Attempts > MaxAttempts)
                await EndAsync(work.Id, WorkState.Failed, ct);
            else
                await DoAsync(work, ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The host stops: another one, or its next start, goes on at once.
            await GiveBackAsync(work.Id, attempts: 1);
            throw;
        }
        catch (Exception exception)
        {
            Failed(_log, typeof(T).Name, exception.GetBaseException().GetType().Name);
            await GiveBackAsync(work.Id, attempts: 0);
        }

        return true;
    }

    /// <summary>Whether another attempt goes on where the last one stopped: then whatever got on may be tried again.</summary>
    protected virtual bool GoesOn => true;

    /// <summary>Does it to its end, or goes on where it stopped, and ends it.</summary>
    protected abstract Task DoAsync(T work, CancellationToken ct);

    /// <summary>The row, while it is this instance's.</summary>
    protected IQueryable<T> Held(WriteScope write, Guid id) => write.Db.Set<T>().Where(w => w.Id == id && w.LeaseOwner == _owner);

    /// <summary>Says where it begins, and keeps the lease.</summary>
    /// <exception cref="LeaseLostException">Another instance has taken over.</exception>
    protected Task BeginAsync(Guid id, int written, int total, CancellationToken ct) => TellAsync(id, written, total, hasGotOn: false, ct);

    /// <summary>Says how far it is, though not for every row, and keeps the lease.</summary>
    /// <inheritdoc cref="BeginAsync"/>
    protected Task GetOnAsync(Guid id, int written, int total, CancellationToken ct) =>
        _time.GetElapsedTime(_lastTold) < ToldEvery ? Task.CompletedTask : TellAsync(id, written, total, GoesOn, ct);

    /// <summary>Changes the row as part of a write, and keeps the lease.</summary>
    /// <inheritdoc cref="BeginAsync"/>
    protected async Task ChangeHeldAsync(WriteScope write, Guid id, Action<UpdateSettersBuilder<T>> change, CancellationToken ct)
    {
        var until = Now + Lease;
        var held = await Held(write, id).ExecuteUpdateAsync(
            set =>
            {
                change(set);
                set.SetProperty(w => w.LeaseUntil, until);
            }, ct);
        if (held == 0)
            throw new LeaseLostException();
    }

    /// <returns>False when another instance has taken over.</returns>
    protected Task<bool> EndAsync(Guid id, WorkState state, CancellationToken ct) => Database.WriteAsync((write, token) => EndAsync(write, id, state, _ => { }, token), ct);

    /// <inheritdoc cref="EndAsync(Guid, WorkState, CancellationToken)"/>
    protected async Task<bool> EndAsync(WriteScope write, Guid id, WorkState state, Action<UpdateSettersBuilder<T>> more, CancellationToken ct)
    {
        var now = Now;
        return await Held(write, id).ExecuteUpdateAsync(
            set =>
            {
                more(set);
                set.SetProperty(w => w.State, state).SetProperty(w => w.FinishedAt, now).SetProperty(w => w.LeaseOwner, (Guid?)null);
            }, ct) == 1;
    }

    private async Task TellAsync(Guid id, int written, int total, bool hasGotOn, CancellationToken ct)
    {
        _lastTold = _time.GetTimestamp();
        await Database.WriteAsync(
            (write, token) => ChangeHeldAsync(
                write, id,
                set =>
                {
                    set.SetProperty(w => w.Written, written).SetProperty(w => w.Total, total);
                    if (hasGotOn)
                        set.SetProperty(w => w.Attempts, 1);
                }, token), ct);
    }

    private async Task<T?> ClaimAsync(CancellationToken ct)
    {
        var now = Now;
        foreach (var id in await Due(Db, now).OrderBy(OrderedAt).Select(w => w.Id).Take(5).ToListAsync(ct))
        {
            var claimed = await Database.WriteAsync(
                (write, token) => Due(write.Db, now).Where(w => w.Id == id).ExecuteUpdateAsync(
                    set => set.SetProperty(w => w.State, WorkState.Running).SetProperty(w => w.LeaseOwner, _owner).SetProperty(w => w.LeaseUntil, now + Lease)
                        .SetProperty(w => w.Attempts, w => w.Attempts + 1), token), ct);
            if (claimed == 1)
                return await Db.Set<T>().AsNoTracking().SingleAsync(w => w.Id == id, ct);
        }

        return null;
    }

    private static IQueryable<T> Due(PortalDbContext db, DateTime now) =>
        db.Set<T>().Where(w => w.State == WorkState.Waiting || (w.State == WorkState.Running && w.LeaseUntil < now));

    /// <param name="attempts">Those that do not count.</param>
    private Task GiveBackAsync(Guid id, int attempts) => Database.WriteAsync(async (write, ct) =>
    {
        var now = Now;
        await Held(write, id).Where(w => w.Attempts - attempts >= MaxAttempts).ExecuteUpdateAsync(
            set => set.SetProperty(w => w.State, WorkState.Failed).SetProperty(w => w.FinishedAt, now).SetProperty(w => w.LeaseOwner, (Guid?)null), ct);
        await Held(write, id).ExecuteUpdateAsync(
            set => set.SetProperty(w => w.State, WorkState.Waiting).SetProperty(w => w.Attempts, w => w.Attempts - attempts).SetProperty(w => w.LeaseOwner, (Guid?)null), ct);
    });

    [LoggerMessage(LogLevel.Error, "{Work} could not be done: {Exception}")]
    private static partial void Failed(ILogger log, string work, string exception);
}

/// <summary>The work is another instance's now.</summary>
public sealed class LeaseLostException() : InvalidOperationException("The work is no longer this instance's.");
