using System.Data.Common;
using DealerPortal.TestCommon;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace DealerPortal.Web.Tests.Access;

/// <param name="Property">Entity and property.</param>
/// <param name="Row">The row's key.</param>
/// <param name="Value">As the database holds it.</param>
internal sealed record StoredValue(string Property, string Row, IProperty Model, object? Value, bool IsNewRow)
{
    public string? Text => Value as string;

    /// <summary>
    /// What kind of change it is, the same in every run: of a new or a changed row, which property, and of a value that
    /// is not the row's own (a role, a state, a yes or no, whether there is one) the value.
    /// </summary>
    public string Kind => $"{(IsNewRow ? "new" : "changed")} {Property} = {(Value is null ? "nothing" : IsState ? Value : "something")}";

    private bool IsState => (Nullable.GetUnderlyingType(Model.ClrType) ?? Model.ClrType) is var type && (type.IsEnum || type == typeof(bool));
}

/// <summary>Everything in the database at one moment, to see what a request has changed, wherever that is.</summary>
internal sealed class StoredRows
{
    private readonly Dictionary<(string Entity, string Row), Dictionary<IProperty, object?>> _rows = [];

    public static Task<StoredRows> ReadAsync(PortalFactory factory) => factory.ReadAsync(async db =>
    {
        var stored = new StoredRows();
        await db.Database.OpenConnectionAsync();
        foreach (var entity in db.Model.GetEntityTypes().Where(entity => entity.GetTableName() is not null && !entity.IsMappedToJson()))
            await stored.ReadAsync(db.Database.GetDbConnection(), entity);
        return stored;
    });

    /// <summary>What is there now and was not, or was otherwise, before; of rows that are gone the key alone.</summary>
    public IReadOnlyList<StoredValue> ChangesSince(StoredRows before)
    {
        var changes = new List<StoredValue>();
        foreach (var ((entity, row), values) in _rows)
        {
            var old = before._rows.GetValueOrDefault((entity, row));
            changes.AddRange(values.Where(value => old is null || !Equals(old[value.Key], value.Value))
                .Select(value => new StoredValue($"{entity}.{value.Key.Name}", row, value.Key, value.Value, old is null)));
        }

        foreach (var ((entity, row), values) in before._rows.Where(old => !_rows.ContainsKey(old.Key)))
            changes.Add(new StoredValue($"{entity} removed", row, values.Keys.First(), null, IsNewRow: false));
        return changes;
    }

    /// <summary>Where a text stands: entity, property and row.</summary>
    public IReadOnlyList<string> TextsWith(string part) =>
        [.. _rows.SelectMany(row => row.Value.Where(value => value.Value is string text && text.Contains(part, StringComparison.OrdinalIgnoreCase))
            .Select(value => $"{row.Key.Entity}.{value.Key.Name} {row.Key.Row}"))];

    private async Task ReadAsync(DbConnection connection, IEntityType entity)
    {
        var table = StoreObjectIdentifier.Create(entity, StoreObjectType.Table)!.Value;
        var properties = entity.GetProperties().Where(property => property.GetColumnName(table) is not null).ToList();
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT {string.Join(", ", properties.Select(property => $"\"{property.GetColumnName(table)}\""))} FROM \"{table.Name}\"";
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            var values = properties.Select((property, i) => (property, Value: reader.IsDBNull(i) ? null : reader.GetValue(i)))
                .ToDictionary(value => value.property, value => value.Value is byte[] bytes ? Convert.ToHexString(bytes) : value.Value);
            var key = string.Join('|', entity.FindPrimaryKey()!.Properties.Select(property => values[property]));
            _rows[(entity.ShortName(), key)] = values;
        }
    }
}
