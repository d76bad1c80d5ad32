using System.Reflection;
using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace DealerPortal.Core.Privacy;

/// <summary>
/// The texts to empty when dossiers are anonymised: of every entity that hangs on a dossier what is marked
/// <see cref="EndUserDataAttribute"/>, taken from the model, so that a new form's are not forgotten.
/// </summary>
public static class EndUserDataRows
{
    private const string Key = nameof(IDossierDetails.DossierId);

    /// <summary>Entries whose text is the portal's own word: a number, a name of a centre, a switch.</summary>
    private static readonly TimelineKind[] _ownWords =
    [
        TimelineKind.NotificationChanged, TimelineKind.DuplicateMerged, TimelineKind.MergedIntoOther, TimelineKind.Linked, TimelineKind.Unlinked,
        TimelineKind.GrmsNumberSet, TimelineKind.CentreChosen, TimelineKind.CreditLinked, TimelineKind.CreditIssued, TimelineKind.TakenOver,
    ];

    /// <summary>Every entity whose rows belong to a dossier, with its texts to empty.</summary>
    public static IReadOnlyList<(IEntityType Entity, IReadOnlyList<IProperty> Texts)> Of(IModel model) =>
        [.. model.GetEntityTypes().Where(entity => KeyOf(entity) is not null)
            .Select(entity => (entity, (IReadOnlyList<IProperty>)[.. entity.GetProperties().Where(property => property.PropertyInfo?.GetCustomAttribute<EndUserDataAttribute>() is not null)]))];

    /// <summary>By what a row names its dossier.</summary>
    public static IProperty? KeyOf(IEntityType entity) => entity.ClrType == typeof(Dossier) ? entity.FindProperty(nameof(Dossier.Id)) : entity.FindProperty(Key);

    /// <summary>Empties the texts of these dossiers.</summary>
    public static async Task EmptyAsync(PortalDbContext db, IReadOnlyList<long> dossierIds, CancellationToken ct)
    {
        foreach (var (entity, texts) in Of(db.Model).Where(row => row.Texts.Count > 0))
        {
            var eraser = (IEraser)Activator.CreateInstance(typeof(Eraser<>).MakeGenericType(entity.ClrType))!;
            await eraser.EmptyAsync(db, KeyOf(entity)!, texts, dossierIds, ct);
        }
    }

    private interface IEraser
    {
        Task<int> EmptyAsync(PortalDbContext db, IProperty key, IReadOnlyList<IProperty> texts, IReadOnlyList<long> ids, CancellationToken ct);
    }

    private sealed class Eraser<T> : IEraser
        where T : class
    {
        public Task<int> EmptyAsync(PortalDbContext db, IProperty key, IReadOnlyList<IProperty> texts, IReadOnlyList<long> ids, CancellationToken ct)
        {
            var name = key.Name;
            var rows = db.Set<T>().AllOrganisations();
            rows = key.IsNullable
                ? rows.Where(row => EF.Parameter(ids).Contains(EF.Property<long?>(row, name)!.Value))
                : rows.Where(row => EF.Parameter(ids).Contains(EF.Property<long>(row, name)));
            if (rows is IQueryable<TimelineEntry> entries)
                rows = (IQueryable<T>)entries.Where(entry => !_ownWords.Contains(entry.Kind));
            return rows.ExecuteUpdateAsync(
                set =>
                {
                    foreach (var text in texts)
                    {
                        var column = text.Name;
                        set.SetProperty(row => EF.Property<string?>(row, column), text.IsNullable ? null : "");
                    }
                },
                ct);
        }
    }
}
