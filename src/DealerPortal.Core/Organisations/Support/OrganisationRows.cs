using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Files;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace DealerPortal.Core.Organisations.Support;

/// <summary>
/// The rows of an organisation that go along when it is merged: of every entity that names its organisation, taken from the
/// model, so that a new one is not forgotten.
/// </summary>
internal static class OrganisationRows
{
    private const string Owner = nameof(IOrganisationOwned.OrganisationId);

    /// <summary>What decides for itself: members must not come twice, and search words are written anew.</summary>
    private static readonly Type[] Apart = [typeof(Membership), typeof(OrganisationSearchToken)];

    /// <summary>Through whose rows the others are found that no index finds by organisation; these two go last.</summary>
    private static readonly (Type Principal, string Key)[] Parents = [(typeof(Dossier), nameof(Attachment.DossierId)), (typeof(Draft), nameof(Attachment.DraftId))];

    /// <summary>Every entity that is moved, those found through others first.</summary>
    public static IReadOnlyList<IEntityType> Of(IModel model) =>
        [.. model.GetEntityTypes().Where(entity => entity.FindProperty(Owner) is not null && !Apart.Contains(entity.ClrType))
            .OrderBy(entity => Array.FindIndex(Parents, parent => parent.Principal == entity.ClrType))];

    /// <summary>How the rows of an entity are found: by itself, or by the keys of parents.</summary>
    public static IReadOnlyList<string> WaysTo(IEntityType entity)
    {
        List<string> parents = IsIndexed(entity, Owner) ? [] : [.. Parents.Select(parent => parent.Key).Where(key => IsIndexed(entity, key))];
        return parents.Count > 0 ? parents : [Owner];
    }

    /// <summary>Moves all rows of one organisation to another; how many there were.</summary>
    public static async Task<int> MoveAsync(PortalDbContext db, int from, int into, CancellationToken ct)
    {
        var moved = 0;
        foreach (var entity in Of(db.Model))
        {
            var mover = (IMover)Activator.CreateInstance(typeof(Mover<>).MakeGenericType(entity.ClrType))!;
            foreach (var way in WaysTo(entity))
                moved += await mover.MoveAsync(db, way, from, into, ct);
        }

        return moved;
    }

    internal static bool IsIndexed(IEntityType entity, string property) =>
        entity.GetIndexes().Any(index => index.Properties[0].Name == property) || entity.GetKeys().Any(key => key.Properties[0].Name == property);

    private interface IMover
    {
        Task<int> MoveAsync(PortalDbContext db, string way, int from, int into, CancellationToken ct);
    }

    private sealed class Mover<T> : IMover
        where T : class
    {
        public Task<int> MoveAsync(PortalDbContext db, string way, int from, int into, CancellationToken ct)
        {
            var rows = db.Set<T>().AllOrganisations();
            var dossiers = db.Dossiers.Where(d => d.OrganisationId == from).Select(d => d.Id);
            var drafts = db.Drafts.Where(d => d.OrganisationId == from).Select(d => d.Id);
            var isOptional = db.Model.FindEntityType(typeof(T))!.FindProperty(way)!.IsNullable;
            var found = (way, isOptional) switch
            {
                (Owner, false) => rows.Where(row => EF.Property<int>(row, Owner) == from),
                (Owner, true) => rows.Where(row => EF.Property<int?>(row, Owner) == from),
                (nameof(Attachment.DossierId), false) => rows.Where(row => dossiers.Contains(EF.Property<long>(row, way))),
                (nameof(Attachment.DossierId), true) => rows.Where(row => dossiers.Contains(EF.Property<long?>(row, way)!.Value)),
                (_, false) => rows.Where(row => drafts.Contains(EF.Property<Guid>(row, way))),
                (_, true) => rows.Where(row => drafts.Contains(EF.Property<Guid?>(row, way)!.Value)),
            };
            return db.Model.FindEntityType(typeof(T))!.FindProperty(Owner)!.IsNullable
                ? found.ExecuteUpdateAsync(set => set.SetProperty(row => EF.Property<int?>(row, Owner), into), ct)
                : found.ExecuteUpdateAsync(set => set.SetProperty(row => EF.Property<int>(row, Owner), into), ct);
        }
    }
}
