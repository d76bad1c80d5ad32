using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace DealerPortal.Bench.Generation;

/// <summary>
/// Inserts entities by one prepared statement that is read off the model, as EF would write them but without its change
/// tracking, which a million rows cannot afford.
/// </summary>
internal sealed class EntityWriter : IDisposable
{
    private readonly SqliteCommand _insert;
    private readonly Column[] _columns;

    public EntityWriter(SqliteConnection connection, IEntityType entity)
    {
        var table = StoreObjectIdentifier.Create(entity, StoreObjectType.Table)
            ?? throw new InvalidOperationException($"{entity.DisplayName()} has no table.");
        if (entity.GetComplexProperties().Any())
            throw new NotSupportedException($"{entity.DisplayName()} has complex properties.");
        _insert = connection.CreateCommand();
        // Without a type of their own: that of each value decides how it is stored.
        _columns = [.. entity.GetProperties().Select((property, index) => new Column(property, new SqliteParameter { ParameterName = $"@p{index.ToString(CultureInfo.InvariantCulture)}" }))];
        _insert.Parameters.AddRange(_columns.Select(column => column.Parameter));
        var names = entity.GetProperties().Select(property => $"\"{property.GetColumnName(table)}\"");
        _insert.CommandText = $"INSERT INTO \"{table.Name}\" ({string.Join(", ", names)}) VALUES ({string.Join(", ", _columns.Select(column => column.Parameter.ParameterName))})";
    }

    public void Write(object entity)
    {
        foreach (var column in _columns)
            column.Parameter.Value = column.ValueOf(entity) ?? DBNull.Value;
        _insert.ExecuteNonQuery();
    }

    public void Dispose() => _insert.Dispose();

    private sealed class Column(IProperty property, SqliteParameter parameter)
    {
        private readonly IClrPropertyGetter _getter = property.GetGetter();
        private readonly ValueConverter? _converter = property.GetTypeMapping().Converter;
        private readonly bool _isAssignedByDatabase = property.IsPrimaryKey() && property.ValueGenerated == ValueGenerated.OnAdd;

        public SqliteParameter Parameter => parameter;

        public object? ValueOf(object entity)
        {
            var value = _getter.GetClrValue(entity);
            if (_isAssignedByDatabase && value is 0 or 0L)
                return null;
            return _converter is null ? value : _converter.ConvertToProvider(value);
        }
    }
}

/// <summary>One writer per table, prepared when its first row comes.</summary>
internal sealed class EntityWriters(SqliteConnection connection, IModel model) : IDisposable
{
    private readonly Dictionary<Type, EntityWriter> _writers = [];

    public void Write(object entity)
    {
        var type = entity.GetType();
        if (!_writers.TryGetValue(type, out var writer))
        {
            var mapped = model.FindEntityType(type) ?? throw new InvalidOperationException($"{type.Name} is no entity.");
            _writers[type] = writer = new EntityWriter(connection, mapped);
        }

        writer.Write(entity);
    }

    public void Dispose()
    {
        foreach (var writer in _writers.Values)
            writer.Dispose();
    }
}
