using DealerPortal.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace DealerPortal.Core.OldPortal;

/// <summary>Rows that refer to others by a foreign key, of every entity of the model, so that a new one is not forgotten.</summary>
internal static class Dependents
{
    /// <summary>How many rows of each entity refer to these.</summary>
    /// <param name="keys">Of the rows that are referred to.</param>
    /// <param name="apart">Entities that do not count.</param>
    public static async Task<IReadOnlyDictionary<Type, int>> CountAsync<TPrincipal, TKey>(PortalDbContext db, IQueryable<TKey> keys, IReadOnlyList<Type> apart, CancellationToken ct)
        where TKey : struct
    {
        var counts = new Dictionary<Type, int>();
        foreach (var reference in db.Model.FindEntityType(typeof(TPrincipal))!.GetReferencingForeignKeys().Where(key => !apart.Contains(key.DeclaringEntityType.ClrType)))
        {
            var entity = reference.DeclaringEntityType.ClrType;
            var counter = (ICounter<TKey>)Activator.CreateInstance(typeof(Counter<,>).MakeGenericType(entity, typeof(TKey)))!;
            counts[entity] = counts.GetValueOrDefault(entity) + await counter.CountAsync(db, reference.Properties.Single(), keys, ct);
        }

        return counts;
    }

    /// <summary>Of these rows the keys of those to which others refer.</summary>
    /// <inheritdoc cref="CountAsync"/>
    public static async Task<IReadOnlySet<TKey>> KeysAsync<TPrincipal, TKey>(PortalDbContext db, IQueryable<TKey> keys, IReadOnlyList<Type> apart, CancellationToken ct)
        where TKey : struct
    {
        var found = new HashSet<TKey>();
        foreach (var reference in db.Model.FindEntityType(typeof(TPrincipal))!.GetReferencingForeignKeys().Where(key => !apart.Contains(key.DeclaringEntityType.ClrType)))
        {
            var counter = (ICounter<TKey>)Activator.CreateInstance(typeof(Counter<,>).MakeGenericType(reference.DeclaringEntityType.ClrType, typeof(TKey)))!;
            found.UnionWith(await counter.KeysAsync(db, reference.Properties.Single(), keys, ct));
        }

        return found;
    }

    private interface ICounter<TKey>
    {
        Task<int> CountAsync(PortalDbContext db, IReadOnlyProperty reference, IQueryable<TKey> keys, CancellationToken ct);

        Task<List<TKey>> KeysAsync(PortalDbContext db, IReadOnlyProperty reference, IQueryable<TKey> keys, CancellationToken ct);
    }

    private sealed class Counter<T, TKey> : ICounter<TKey>
        where T : class
        where TKey : struct
    {
        public Task<int> CountAsync(PortalDbContext db, IReadOnlyProperty reference, IQueryable<TKey> keys, CancellationToken ct)
        {
            var name = reference.Name;
            var rows = db.Set<T>().AllOrganisations();
            return reference.IsNullable
                ? rows.CountAsync(row => keys.Contains(EF.Property<TKey?>(row, name)!.Value), ct)
                : rows.CountAsync(row => keys.Contains(EF.Property<TKey>(row, name)), ct);
        }

        public Task<List<TKey>> KeysAsync(PortalDbContext db, IReadOnlyProperty reference, IQueryable<TKey> keys, CancellationToken ct)
        {
            var name = reference.Name;
            var rows = db.Set<T>().AllOrganisations();
            var found = reference.IsNullable
                ? rows.Where(row => keys.Contains(EF.Property<TKey?>(row, name)!.Value)).Select(row => EF.Property<TKey?>(row, name)!.Value)
                : rows.Where(row => keys.Contains(EF.Property<TKey>(row, name))).Select(row => EF.Property<TKey>(row, name));
            return found.Distinct().ToListAsync(ct);
        }
    }
}
