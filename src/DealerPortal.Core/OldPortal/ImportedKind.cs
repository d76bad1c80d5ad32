using DealerPortal.Core.Data;
using DealerPortal.Core.Tables;

namespace DealerPortal.Core.OldPortal;

/// <summary>What depends on what an import wrote.</summary>
public enum UndoObstacle
{
    /// <summary>People belong to an organisation of it, or asked to.</summary>
    Members,

    /// <summary>Dossiers and drafts were made in an organisation, or for a branch, of it.</summary>
    Dossiers,

    /// <summary>An organisation of it got further branches since.</summary>
    Branches,

    /// <summary>Something else refers to what it wrote.</summary>
    Other,

    /// <summary>People accepted their invitation. They stay members, and the rest is undone.</summary>
    Accepted,

    /// <summary>Something happened to dossiers since they came in. They stay, and the rest is undone.</summary>
    Touched,
}

/// <param name="Count">How many there are.</param>
public sealed record UndoBlocker(UndoObstacle Obstacle, int Count)
{
    /// <summary>Whether nothing is undone; otherwise only what this names stays.</summary>
    public bool Stops => Obstacle is not (UndoObstacle.Accepted or UndoObstacle.Touched);
}

/// <summary>What a kind of file holds: its columns, what its rows mean, and how they are written and taken back.</summary>
public abstract class ImportedKind
{
    public abstract PortalImportKind Kind { get; }

    public abstract IReadOnlyList<PortalColumn> Columns { get; }

    /// <summary>Begins to read a file from its first row on.</summary>
    internal abstract RowReading Begin(PortalColumns columns);

    /// <summary>What depends on what an import wrote, as it stands now.</summary>
    internal abstract Task<IReadOnlyList<UndoBlocker>> BlockersAsync(PortalDbContext db, Guid importId, CancellationToken ct);

    /// <summary>Takes back a part of what an import wrote, and its traces.</summary>
    /// <returns>How many traces; none once all is back.</returns>
    internal abstract Task<int> UndoStepAsync(WriteScope write, PortalImport import, DateTime now, CancellationToken ct);
}

/// <summary>
/// One reading of a file. It remembers what earlier rows said, by line, so that a batch that is written again after a
/// failed attempt means the same.
/// </summary>
internal abstract class RowReading(PortalColumns columns)
{
    /// <summary>What a batch of rows would do, compared with what is there.</summary>
    public async Task<IReadOnlyList<PortalRow>> JudgeAsync(PortalDbContext db, IReadOnlyList<TableRow> rows, CancellationToken ct)
    {
        var torn = rows.Where(row => row.IsTorn).Select(row => PortalRow.Faulty(row.Line, [new(row.Line, null, PortalFault.Torn, null)]));
        var judged = await JudgeAsync(db, [.. rows.Where(row => !row.IsTorn).Select(row => new PortalCells(row, columns))], ct);
        return [.. torn.Concat(judged).OrderBy(row => row.Line)];
    }

    /// <summary>Does what is slow before the write.</summary>
    public virtual Task PrepareAsync(PortalDbContext db, IReadOnlyList<TableRow> rows, CancellationToken ct) => Task.CompletedTask;

    /// <summary>Writes what is new in a batch, with its traces.</summary>
    public abstract Task<IReadOnlyList<PortalRow>> WriteAsync(WriteScope write, PortalImport import, IReadOnlyList<TableRow> rows, DateTime now, CancellationToken ct);

    protected abstract Task<IReadOnlyList<PortalRow>> JudgeAsync(PortalDbContext db, IReadOnlyList<PortalCells> rows, CancellationToken ct);

    /// <summary>The earlier line that said the same; null where this is the first.</summary>
    protected static int? EarlierLine(Dictionary<string, int> lines, string key, int line)
    {
        if (lines.TryAdd(key, line) || lines[key] == line)
            return null;
        return lines[key];
    }
}

/// <summary>The kinds of files that can be taken over.</summary>
public sealed class ImportedKinds(IEnumerable<ImportedKind> kinds)
{
    private readonly Dictionary<PortalImportKind, ImportedKind> _kinds = kinds.ToDictionary(kind => kind.Kind);

    public ImportedKind this[PortalImportKind kind] => _kinds[kind];
}
