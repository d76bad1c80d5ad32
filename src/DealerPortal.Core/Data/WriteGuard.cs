using System.Data.Common;
using DealerPortal.Core.Audit;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
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
        if (context.ChangeTracker.Entries<AuditEntry>().Any(IsForbidden))
            throw new InvalidOperationException("Audit rows are added and sealed, never changed or removed.");
        foreach (var entry in context.ChangeTracker.Entries<IStamped>())
        {
            if (entry.State is EntityState.Added or EntityState.Modified)
                entry.Entity.Stamp = Guid.NewGuid();
        }
    }

    private static bool IsForbidden(EntityEntry<AuditEntry> entry) => entry.State switch
    {
        EntityState.Deleted => true,
        EntityState.Modified => entry.OriginalValues.GetValue<long?>(nameof(AuditEntry.Sequence)) is not null
            || entry.Properties.Any(p => p.IsModified && p.Metadata.Name is not (nameof(AuditEntry.Sequence) or nameof(AuditEntry.Hash))),
        _ => false,
    };

    private static void Require(DbContext? context)
    {
        if (context is PortalDbContext { IsWriting: false })
            throw new InvalidOperationException("Writes pass PortalDatabase.WriteAsync.");
    }
}
