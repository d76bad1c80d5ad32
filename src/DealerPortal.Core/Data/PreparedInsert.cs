using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace DealerPortal.Core.Data;

/// <summary>
/// Inserts entities into SQLite by one prepared statement that is read off the model, as EF would write them but without its
/// change tracking, which many rows cannot afford. A key that the database assigns stays unknown.
/// </summary>
public sealed class PreparedInsert : IDisposable
{
    private readonly SqliteCommand _insert;
    private readonly Column[] _columns;

    public PreparedInsert(SqliteConnection connection, IEntityType entity)
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

    /// <summary>The transaction it is part of; null for the connection's own.</summary>
    public DbTransaction? Transaction
    {
        init => _insert.Transaction = (SqliteTransaction?)value;
    }

    /// <summary>What a row is stored as, column by column.</summary>
    public object[] ValuesOf(object entity) => Array.ConvertAll(_columns, column => column.ValueOf(entity) ?? DBNull.Value);

    public void Write(object entity)
    {
        foreach (var column in _columns)
            column.Parameter.Value = column.ValueOf(entity) ?? DBNull.Value;
        _insert.ExecuteNonQuery();
    }

    /// <summary>A row as <see cref="ValuesOf"/> gave it.</summary>
    public void WriteValues(object[] values)
    {
        for (var i = 0; i < _columns.Length; i++)
            _columns[i].Parameter.Value = values[i];
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

public static class PreparedInserts
{
    /// <summary>
    /// Inserts many rows as part of a write. On SQLite they are in the database at once and not in the context; on SQL Server
    /// EF sends them in batches of its own when the write is saved.
    /// </summary>
    /// <exception cref="DbUpdateException">As a save throws it.</exception>
    public static void Insert<T>(this WriteScope write, IReadOnlyCollection<T> rows)
        where T : class
    {
        if (rows.Count == 0)
            return;
        if (write.Db.Database.GetDbConnection() is not SqliteConnection connection)
        {
            write.Db.AddRange(rows);
            return;
        }

        using var insert = new PreparedInsert(connection, write.Db.Model.FindEntityType(typeof(T))!) { Transaction = write.Db.Database.CurrentTransaction!.GetDbTransaction() };
        try
        {
            foreach (var row in rows)
                insert.Write(row);
        }
        catch (SqliteException exception)
        {
            throw new DbUpdateException(exception.Message, exception);
        }
    }
}
