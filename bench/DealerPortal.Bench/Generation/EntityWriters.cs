using DealerPortal.Core.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Metadata;

namespace DealerPortal.Bench.Generation;

/// <summary>One prepared statement per table, made when its first row comes.</summary>
internal sealed class EntityWriters(SqliteConnection connection, IModel model) : IDisposable
{
    private readonly Dictionary<Type, PreparedInsert> _writers = [];

    public void Write(object entity)
    {
        var type = entity.GetType();
        if (!_writers.TryGetValue(type, out var writer))
        {
            var mapped = model.FindEntityType(type) ?? throw new InvalidOperationException($"{type.Name} is no entity.");
            _writers[type] = writer = new PreparedInsert(connection, mapped);
        }

        writer.Write(entity);
    }

    public void Dispose()
    {
        foreach (var writer in _writers.Values)
            writer.Dispose();
    }
}
