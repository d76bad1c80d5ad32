using System.Data.Common;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace DealerPortal.Core.Data;

/// <summary>Refuses writes that did not come through <see cref="PortalDatabase.WriteAsync{T}"/>, and renews the stamps of those that did.</summary>
internal sealed class WriteGuard : DbCommandInterceptor, ISaveChangesInterceptor
{
    public InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result)
    {
        Prepare(eventData.Context);
        return result;
    }

    public ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Prepare(eventData.Context);
        return ValueTask.FromResult(result);
    }

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        if (eventData.CommandSource is CommandSource.ExecuteUpdate or CommandSource.ExecuteDelete)
            Require(eventData.Context);
        return base.NonQueryExecutingAsync(command, eventData, result, cancellationToken);
    }

    private static void Prepare(DbContext? context)
    {
        // The key ring saves through its own scope, one row at a time.
        if (!context!.ChangeTracker.Entries().All(entry => entry.Entity is DataProtectionKey))
            Require(context);
        foreach (var entry in context.ChangeTracker.Entries<IStamped>())
        {
            if (entry.State is EntityState.Added or EntityState.Modified)
                entry.Entity.Stamp = Guid.NewGuid();
        }
    }

    private static void Require(DbContext? context)
    {
        if (context is PortalDbContext { IsWriting: false })
            throw new InvalidOperationException("Writes pass PortalDatabase.WriteAsync.");
    }
}
