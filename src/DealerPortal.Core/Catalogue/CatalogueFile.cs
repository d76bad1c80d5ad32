using CsvHelper;
using DealerPortal.Core.Csv;

namespace DealerPortal.Core.Catalogue;

/// <summary>Why a file cannot be read at all.</summary>
public enum CatalogueFileFault
{
    None,
    Empty,

    /// <summary>A workbook or a picture, say.</summary>
    NoText,

    /// <summary>There is no column <c>code</c>.</summary>
    NoCodes,

    /// <summary>A column that is known stands there twice.</summary>
    ColumnTwice,
    TooManyRows,
}

/// <summary>A row of a file as it stands there; null for a cell that is empty or has no column.</summary>
/// <param name="Line">From 1, the header being the first.</param>
/// <param name="IsTorn">Its quotes do not match.</param>
public sealed record CatalogueRow(
    int Line, string? Code, string? Category, string? Fr, string? Nl, string? De, string? En, string? ServiceOffer, string? LeadTime, string? Active, bool IsTorn);

/// <param name="Ignored">Columns that mean nothing here.</param>
public sealed record CatalogueFile(CatalogueFileFault Fault, IReadOnlyList<CatalogueRow> Rows, IReadOnlyList<string> Ignored)
{
    public const int MaxRows = 20_000;

    private const int MaxRecordBytes = 64 * 1024;

    /// <summary>In the order of the example. All but the first may be left out; see docs/operations.md.</summary>
    public static readonly IReadOnlyList<string> Columns = ["code", "category", "name_fr", "name_nl", "name_de", "name_en", "service_offer", "lead_time_days", "active"];

    /// <summary>Columns are found by their names in any order and case, separated by semicolons or commas; never throws for what the file holds.</summary>
    public static CatalogueFile Read(byte[] content)
    {
        if (CsvText.Decode(content) is not { } text)
            return Faulty(CatalogueFileFault.NoText);
        if (string.IsNullOrWhiteSpace(text))
            return Faulty(CatalogueFileFault.Empty);
        var torn = new HashSet<long>();
        using var csv = CsvReader.FromText(text, new CsvReaderOptions
        {
            Separator = CsvText.SeparatorOf(text),
            TrimWhitespace = true,
            TrackLineNumbers = true,
            // One quote that does not close spoils its own line, not all that follow.
            AllowLineBreaksInQuotes = false,
            MaxRecordSize = MaxRecordBytes,
            OnMalformedRecord = record => torn.Add(record.LineNumber),
        });
        try
        {
            return Read(csv, torn);
        }
        catch (CsvFormatException)
        {
            return Faulty(CatalogueFileFault.NoText);
        }
    }

    private static CatalogueFile Read(CsvReader csv, HashSet<long> torn)
    {
        var names = csv.Headers.Select(name => name.Trim().ToLowerInvariant()).ToList();
        var places = Columns.Select(column => names.IndexOf(column)).ToList();
        if (places[0] < 0)
            return Faulty(CatalogueFileFault.NoCodes);
        if (Columns.Any(column => names.IndexOf(column) != names.LastIndexOf(column)))
            return Faulty(CatalogueFileFault.ColumnTwice);

        var rows = new List<CatalogueRow>();
        while (csv.Read())
        {
            var cells = places.ConvertAll(place => place >= 0 && place < csv.FieldCount ? Given(csv.GetString(place)) : null);
            if (cells.TrueForAll(cell => cell is null))
                continue;
            if (rows.Count == MaxRows)
                return Faulty(CatalogueFileFault.TooManyRows);
            rows.Add(new CatalogueRow(
                (int)csv.LineNumber, cells[0], cells[1], cells[2], cells[3], cells[4], cells[5], cells[6], cells[7], cells[8], torn.Contains(csv.LineNumber)));
        }

        return rows.Count == 0 ? Faulty(CatalogueFileFault.Empty) : new(CatalogueFileFault.None, rows, [.. names.Where(name => name.Length > 0).Except(Columns)]);
    }

    private static string? Given(string? cell) => TypedText.SingleLine(cell) is { Length: > 0 } given ? given : null;

    private static CatalogueFile Faulty(CatalogueFileFault fault) => new(fault, [], []);
}
