using System.Globalization;
using DealerPortal.Core.Search;

namespace DealerPortal.Core.Tables;

/// <summary>Why a cell is not taken, whatever its table is about.</summary>
public enum CellFault : byte
{
    Missing = 2,

    /// <summary>It is no number, code, date or word of this kind.</summary>
    Wrong = 3,
    TooLong = 4,
    OutOfRange = 5,
}

/// <summary>What stands in cells, whichever way a spreadsheet wrote it.</summary>
public static class TableCell
{
    /// <summary>So much of a cell is shown beside its fault.</summary>
    public const int ShownLength = 80;

    private static readonly string[] _dates = ["yyyy-MM-dd", "d/M/yyyy", "d.M.yyyy", "d-M-yyyy", "yyyyMMdd", "yyyy/M/d", "yyyy-MM-ddTHH:mm:ss", "d/M/yyyy HH:mm", "d/M/yyyy HH:mm:ss"];

    /// <summary>As a text; null where nothing stands.</summary>
    public static string? Text(object? cell) => cell switch
    {
        null => null,
        string text => text,
        decimal number => number.ToString("0.########", CultureInfo.InvariantCulture),
        DateTime at => at.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        _ => null,
    };

    /// <summary>As a text, shortened.</summary>
    public static string? Shown(object? cell) => Text(cell) is { } text ? text.Length <= ShownLength ? text : text[..ShownLength] : null;

    /// <summary>Day before month, as the house's countries write it.</summary>
    public static DateOnly? Date(string text) =>
        DateTime.TryParseExact(text, _dates, CultureInfo.InvariantCulture, DateTimeStyles.None, out var typed) ? DateOnly.FromDateTime(typed) : null;

    /// <summary>A column's name, or a word, without case, accents, spaces and signs.</summary>
    public static string KeyOf(string? header, int maxLength)
    {
        var key = SearchTokens.Normalise(header is { Length: > 200 } ? header[..200] : header ?? "");
        return key.Length <= maxLength ? key : key[..maxLength];
    }

    /// <summary>Words by their keys; of two that have the same the first.</summary>
    public static Dictionary<string, T> Words<T>(params (T Value, string[] Words)[] all) =>
        all.SelectMany(of => of.Words.Select(word => (Key: SearchTokens.Normalise(word), of.Value))).DistinctBy(pair => pair.Key).ToDictionary(pair => pair.Key, pair => pair.Value);
}

/// <summary>The cells of one row as values of their fields. What cannot be read is a fault, and null.</summary>
public abstract class TableCells<TField>
    where TField : struct, Enum
{
    private const int FirstYear = 1990;
    private const int LastYear = 2100;

    /// <summary>What stands there; null for a field without a column too.</summary>
    protected abstract object? Cell(TField field);

    /// <summary>Takes down what is wrong with a cell.</summary>
    protected abstract void Fault(TField field, CellFault fault);

    /// <summary>The key of a word, which a file says in all its rows.</summary>
    protected virtual string KeyOf(string word) => SearchTokens.Normalise(word);

    /// <param name="parse">Gives null for what is no such code.</param>
    public string? Code(TField field, Func<string, string?> parse, bool required = false)
    {
        if (Given(field, required) is not { } text)
            return null;
        if (parse(text) is { } code)
            return code;
        Fault(field, CellFault.Wrong);
        return null;
    }

    public string? Text(TField field, int maxLength, bool required = false)
    {
        if (Given(field, required) is not { } text)
            return null;
        if (text.Length <= maxLength)
            return text;
        Fault(field, CellFault.TooLong);
        return null;
    }

    public T? Word<T>(TField field, Dictionary<string, T> words, bool required = false)
        where T : struct
    {
        if (Given(field, required) is not { } text)
            return null;
        if (text.Length <= TableCell.ShownLength && words.TryGetValue(KeyOf(text), out var value))
            return value;
        Fault(field, CellFault.Wrong);
        return null;
    }

    public DateOnly? Date(TField field, bool required = false)
    {
        if (Cell(field) is DateTime at)
            return Dated(field, DateOnly.FromDateTime(at));
        if (Given(field, required) is not { } text)
            return null;
        if (TableCell.Date(text) is { } typed)
            return Dated(field, typed);
        Fault(field, CellFault.Wrong);
        return null;
    }

    protected string? Given(TField field, bool required)
    {
        var text = TableCell.Text(Cell(field));
        if (text is null && required)
            Fault(field, CellFault.Missing);
        return text;
    }

    private DateOnly? Dated(TField field, DateOnly date)
    {
        if (date.Year is >= FirstYear and <= LastYear)
            return date;
        Fault(field, CellFault.OutOfRange);
        return null;
    }
}
