using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DealerPortal.Core.Data;

/// <summary>
/// The door that every write passes: one transaction on a fresh context, begun as a writer, alone in this
/// process on SQLite, retried as a whole on SQL Server. Do slow things (images, mails, hashes) before it.
/// </summary>
public sealed class PortalDatabase(IServiceScopeFactory scopes, WriteGate gate, CurrentTenant tenant)
{
    /// <summary>
    /// Runs <paramref name="work"/> and commits what it changed, or nothing. It may run more than once,
    /// so it must not keep state outside and must load what it changes itself.
    /// </summary>
    /// <exception cref="DbUpdateConcurrencyException">A stamped row changed since it was read.</exception>
    public async Task<T> WriteAsync<T>(Func<WriteScope, CancellationToken, Task<T>> work, CancellationToken ct = default)
    {
        if (tenant.IsReadOnly)
            throw new InvalidOperationException("This scope only looks: nothing may be written in a dealer's place.");
        await using var outer = scopes.CreateAsyncScope();
        var strategy = outer.ServiceProvider.GetRequiredService<PortalDbContext>().Database.CreateExecutionStrategy();
        return await strategy.ExecuteAsync(async token =>
        {
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<CurrentTenant>().CopyFrom(tenant);
            var db = scope.ServiceProvider.GetRequiredService<PortalDbContext>();
            var write = new WriteScope(db, scope.ServiceProvider);
            T result;
            using (await gate.EnterAsync(token))
            {
                await using var transaction = await db.Database.BeginTransactionAsync(token);
                db.IsWriting = true;
                result = await work(write, token);
                await db.SaveChangesAsync(token);
                await transaction.CommitAsync(token);
                db.IsWriting = false;
            }

            write.RunAfterCommit();
            return result;
        }, ct);
    }

    /// <inheritdoc cref="WriteAsync{T}"/>
    public Task WriteAsync(Func<WriteScope, CancellationToken, Task> work, CancellationToken ct = default) =>
        WriteAsync<object?>(async (write, token) =>
        {
            await work(write, token);
            return null;
        }, ct);
}

/// <summary>What one write works with: its own context, and services that share it.</summary>
public sealed class WriteScope(PortalDbContext db, IServiceProvider services)
{
    private readonly List<Action> _afterCommit = [];

    public PortalDbContext Db => db;

    /// <summary>A service that works on this write's context, such as Identity's user manager.</summary>
    public T Get<T>()
        where T : notnull => services.GetRequiredService<T>();

    /// <summary>Runs once the change is durable; for wake-up calls, never for anything that may fail.</summary>
    public void AfterCommit(Action action) => _afterCommit.Add(action);

    internal void RunAfterCommit() => _afterCommit.ForEach(action => action());
}

/// <summary>SQLite has one writer: queueing here costs less than its lock retries. Open on SQL Server.</summary>
public sealed class WriteGate(bool single) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1, 1);

    public async ValueTask<IDisposable?> EnterAsync(CancellationToken ct)
    {
        if (!single)
            return null;
        await _one.WaitAsync(ct);
        return new Exit(_one);
    }

    public void Dispose() => _one.Dispose();

    private sealed class Exit(SemaphoreSlim one) : IDisposable
    {
        public void Dispose() => one.Release();
    }
}
