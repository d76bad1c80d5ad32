using DealerPortal.Core.Files;

namespace DealerPortal.Core.Tables;

/// <summary>Why a file is not taken at all.</summary>
public enum TableFault
{
    None,
    Empty,
    TooLarge,

    /// <summary>Neither CSV nor a workbook.</summary>
    Unreadable,
}

/// <summary>The first rows of a file.</summary>
/// <param name="Headers">Null for a column without a name.</param>
public sealed record TableStart(IReadOnlyList<string?> Headers, IReadOnlyList<TableRow> Rows);

/// <summary>A table whose first rows were looked at.</summary>
public sealed record OpenedTable(TableFormat Format, TableStart Start);

/// <summary>Takes tables in: looked at first, then kept until their work is done.</summary>
public sealed class TableIntake(IFileStore store)
{
    private const int StartRows = 3;

    /// <summary>Looks whether it is a table with rows; null, with the reason, where it is none.</summary>
    /// <param name="content">Seekable.</param>
    public static (OpenedTable? Table, TableFault Fault) Look(Stream content, long maxBytes, int rows = StartRows)
    {
        if (content.Length > maxBytes)
            return (null, TableFault.TooLarge);
        if (TableFile.FormatOf(content) is not { } format)
            return (null, TableFault.Unreadable);
        try
        {
            var start = StartOf(content, format, rows);
            return start.Rows.Count == 0 ? (null, TableFault.Empty) : (new OpenedTable(format, start), TableFault.None);
        }
        catch (TableUnreadableException)
        {
            return (null, TableFault.Unreadable);
        }
    }

    /// <summary>Stores it; without a row that names its key the sweep takes it after a day.</summary>
    public async Task<string> StoreAsync(Stream content, CancellationToken ct)
    {
        var key = FileKeys.New();
        content.Position = 0;
        await store.WriteAsync(key, content, ct);
        return key;
    }

    /// <summary>The first rows of a stored table; null once it had its time.</summary>
    public async Task<TableStart?> StartAsync(string? storageKey, TableFormat format, CancellationToken ct, int rows = StartRows)
    {
        await using var content = storageKey is { } key ? await store.OpenAsync(key, ct) : null;
        return content is null ? null : StartOf(content, format, rows);
    }

    /// <summary>A file's name as it is kept.</summary>
    public static string NameOf(string fileName, int maxLength)
    {
        var name = TypedText.SingleLine(fileName);
        return name.Length <= maxLength ? name : name[..maxLength];
    }

    private static TableStart StartOf(Stream content, TableFormat format, int count)
    {
        var rows = TableFile.Read(content, format).Take(count + 1).ToList();
        return rows.Count == 0 ? new([], []) : new([.. rows[0].Cells.Select(TableCell.Shown)], rows[1..]);
    }
}
