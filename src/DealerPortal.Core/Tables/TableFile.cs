using System.Globalization;
using System.Text;
using CsvHelper;
using DealerPortal.Core.Csv;
using MiniExcelLibs;

namespace DealerPortal.Core.Tables;

public enum TableFormat : byte
{
    /// <summary>Separated by semicolons or commas, in UTF-8 or Windows-1252.</summary>
    Csv = 1,

    /// <summary>The first sheet of an Excel workbook.</summary>
    Xlsx = 2,
}

/// <summary>A row of a table as it stands in the file.</summary>
/// <param name="Line">From 1, the header being the first.</param>
/// <param name="Cells">Each a text without white space around it, a <see cref="decimal"/> or a <see cref="DateTime"/> where the file knows numbers and dates; null where nothing stands.</param>
/// <param name="IsTorn">Its quotes do not match.</param>
public sealed record TableRow(int Line, IReadOnlyList<object?> Cells, bool IsTorn)
{
    public bool IsEmpty => Cells.All(cell => cell is null);
}

/// <summary>The file is no table that can be read.</summary>
public sealed class TableUnreadableException(Exception? cause = null) : Exception("The file is no table.", cause);

/// <summary>Tables that people upload, read row by row, so that a long one takes no more memory than a short one.</summary>
public static class TableFile
{
    /// <summary>More columns mean nothing to anyone here.</summary>
    public const int MaxColumns = 100;

    private const int MaxRecordBytes = 64 * 1024;
    private const int Windows1252 = 1252;
    private const int HeaderBytes = 64 * 1024;

    /// <summary>By its first bytes, whatever its name says; null for what is neither.</summary>
    /// <param name="content">Seekable; left at its beginning.</param>
    public static TableFormat? FormatOf(Stream content)
    {
        Span<byte> start = stackalloc byte[8];
        content.Position = 0;
        var read = content.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        content.Position = 0;
        if (start[..read].StartsWith("PK\u0003\u0004"u8))
            return TableFormat.Xlsx;
        return start[..read].Contains((byte)0) || start[..read].StartsWith("%PDF"u8) ? null : TableFormat.Csv;
    }

    /// <summary>The header and then the rows, empty ones left out.</summary>
    /// <param name="content">Seekable.</param>
    /// <exception cref="TableUnreadableException">While it is enumerated.</exception>
    public static IEnumerable<TableRow> Read(Stream content, TableFormat format)
    {
        content.Position = 0;
        using var rows = (format == TableFormat.Csv ? ReadCsv(content) : ReadXlsx(content)).GetEnumerator();
        while (Next(rows))
        {
            if (!rows.Current.IsEmpty)
                yield return rows.Current;
        }
    }

    private static bool Next(IEnumerator<TableRow> rows)
    {
        try
        {
            return rows.MoveNext();
        }
        // A damaged workbook fails in whatever way its parser happens to notice.
        catch (Exception exception) when (exception is CsvFormatException or InvalidDataException or InvalidOperationException or FormatException
            or ArgumentException or KeyNotFoundException or NullReferenceException or NotSupportedException or System.Xml.XmlException or DecoderFallbackException)
        {
            throw new TableUnreadableException(exception);
        }
    }

    private static IEnumerable<TableRow> ReadCsv(Stream content)
    {
        var encoding = EncodingOf(content);
        using var reader = new StreamReader(content, encoding, detectEncodingFromByteOrderMarks: true, leaveOpen: true);
        var torn = new HashSet<long>();
        using var csv = CsvReader.Create(reader, new CsvReaderOptions
        {
            Separator = SeparatorOf(content, encoding),
            HasHeader = false,
            TrimWhitespace = true,
            TrackLineNumbers = true,
            // One quote that does not close spoils its own line, not all that follow.
            AllowLineBreaksInQuotes = false,
            MaxRecordSize = MaxRecordBytes,
            OnMalformedRecord = record => torn.Add(record.LineNumber),
        }, leaveOpen: true);
        while (csv.Read())
        {
            var cells = new object?[Math.Min(csv.FieldCount, MaxColumns)];
            for (var i = 0; i < cells.Length; i++)
                cells[i] = Given(csv.GetString(i));
            yield return new TableRow((int)csv.LineNumber, cells, torn.Remove(csv.LineNumber));
        }
    }

    private static IEnumerable<TableRow> ReadXlsx(Stream content)
    {
        var line = 0;
        foreach (IDictionary<string, object?> row in content.Query(useHeaderRow: false, excelType: ExcelType.XLSX))
            yield return new TableRow(++line, [.. row.Values.Take(MaxColumns).Select(Cell)], IsTorn: false);
    }

    private static object? Cell(object? value) => value switch
    {
        null => null,
        string text => Given(text),
        DateTime at => at,
        double number => Math.Abs(number) < 1e15 ? Math.Round((decimal)number, 8) : Given(number.ToString(CultureInfo.InvariantCulture)),
        IFormattable other => Given(other.ToString(null, CultureInfo.InvariantCulture)),
        _ => Given(value.ToString()),
    };

    private static string? Given(string? cell) => TypedText.SingleLine(cell) is { Length: > 0 } given ? given : null;

    /// <summary>UTF-8 if all of it is, otherwise Windows-1252.</summary>
    private static Encoding EncodingOf(Stream content)
    {
        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
        using var reader = new StreamReader(content, utf8, detectEncodingFromByteOrderMarks: true, leaveOpen: true);
        var buffer = new char[16 * 1024];
        try
        {
            int read;
            while ((read = reader.Read(buffer)) > 0)
            {
                if (buffer.AsSpan(0, read).Contains('\0'))
                    throw new InvalidDataException("Bytes, no text.");
            }

            return utf8;
        }
        catch (DecoderFallbackException)
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(Windows1252)!;
        }
        finally
        {
            content.Position = 0;
        }
    }

    private static char SeparatorOf(Stream content, Encoding encoding)
    {
        var start = new byte[HeaderBytes];
        var read = content.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        content.Position = 0;
        // Cut within a character at worst, which no separator is part of.
        var lenient = (Encoding)encoding.Clone();
        lenient.DecoderFallback = DecoderFallback.ReplacementFallback;
        return CsvText.SeparatorOf(lenient.GetString(start, 0, read));
    }
}
