using System.IO.Compression;
using System.Text;
using System.Xml.Linq;
using DealerPortal.Core.Exports;

namespace DealerPortal.Core.Tests.Exports;

/// <summary>Both formats, cell by cell. Source: quality.md S12 (formulas) and R10 (every script survives).</summary>
public sealed class SheetTests
{
    private static readonly XNamespace Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    /// <summary>Half past one in the night in which Brussels goes back an hour, the second time; shown as the clock shows it.</summary>
    private static readonly DateTime At = new(2026, 10, 25, 1, 30, 0, DateTimeKind.Utc);

    public static TheoryData<string, string> Texts => new()
    {
        { "26-0000123-4", "26-0000123-4" },
        { "=1+1", "'=1+1" },
        { "+32 4 000", "'+32 4 000" },
        { "-5", "'-5" },
        { "@SUM(A1)", "'@SUM(A1)" },
        { "\t=1", "'\t=1" },
        { "\r=1", "'\r=1" },
        { "a;b,c \"d\"\r\ne", "a;b,c \"d\"\r\ne" },
        { " <script>&amp;</script> ", " <script>&amp;</script> " },
        { "שלום עולם", "שלום עולם" },
        { "😀 İstanbul Straße", "😀 İstanbul Straße" },
        { "e\u0301 é", "e\u0301 é" },
        { "a\u0000b\u001Fc\uD800d", "a\uFFFDb\uFFFDc\uFFFDd" },
        { "", "" },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task Csv_HoldsTheTextAsItIs_AndNoFormula(string text, string expected)
    {
        var rows = Parse((await CsvAsync("fr", text))[1..], ';');

        Assert.Equal([["Texte", "Date"], [expected, "25/10/2026 02:30"]], rows);
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task Xlsx_HoldsTheTextAsItIs_AndNoFormula(string text, string expected)
    {
        var cells = await CellsAsync(text);

        // XML reads every line break as one.
        Assert.Equal(expected.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n'), cells[2].Value);
        Assert.All(cells, cell => Assert.Empty(cell.Descendants(Main + "f")));
    }

    [Theory]
    [InlineData("fr", "Texte;Date", "25/10/2026 02:30")]
    [InlineData("nl", "Texte;Date", "25/10/2026 02:30")]
    [InlineData("de", "Texte;Date", "25.10.2026 02:30")]
    [InlineData("en", "Texte,Date", "25/10/2026 02:30")]
    public async Task Csv_FollowsTheCulture_AndBeginsWithTheMark(string language, string heading, string date)
    {
        var csv = await CsvAsync(language, "x");

        Assert.StartsWith('\uFEFF' + heading + "\r\n", csv, StringComparison.Ordinal);
        Assert.EndsWith(date + "\r\n", csv, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Xlsx_HoldsRealDates()
    {
        var cells = await CellsAsync("x");

        // 46320 is 25 October 2026 in days since 30 December 1899.
        Assert.Equal(new DateTime(2026, 10, 25, 2, 30, 0), new DateTime(1899, 12, 30).AddDays(double.Parse(cells[3].Value, System.Globalization.CultureInfo.InvariantCulture)), TimeSpan.FromSeconds(1));
        Assert.Null(cells[3].Attribute("t"));
        Assert.Equal("1", cells[3].Attribute("s")!.Value);
    }

    [Theory]
    [InlineData(ExportFormat.Csv)]
    [InlineData(ExportFormat.Xlsx)]
    public async Task Writing_NeverHoldsTheWholeList(ExportFormat format)
    {
        const int Batches = 400;
        var alive = new List<WeakReference>();
        var most = 0;
        async IAsyncEnumerable<IReadOnlyList<Row>> ManyAsync()
        {
            for (var i = 0; i < Batches; i++)
            {
                await Task.Yield();
                var rows = NewBatch();
                alive.Add(new WeakReference(rows));
                yield return rows;
                if (i % 100 == 99)
                {
                    rows = null;
                    GC.Collect();
                    most = Math.Max(most, alive.Count(batch => batch.IsAlive));
                }
            }
        }

        await WriteAsync(format, new Sheet<Row>(Columns, ManyAsync()), Stream.Null, "fr");

        Assert.InRange(most, 0, 3);
    }

    private static List<SheetColumn<Row>> Columns => [new("Texte", 10, row => row.Text), new("Date", 17, row => row.At)];

    private static Row[] NewBatch() => [.. Enumerable.Range(0, 100).Select(i => new Row($"row {i}", At))];

    private static Task WriteAsync(ExportFormat format, Sheet<Row> sheet, Stream target, string language) => format == ExportFormat.Csv
        ? CsvSheet.WriteAsync(sheet, Languages.CultureOf(language), target, CancellationToken.None)
        : XlsxSheet.WriteAsync(sheet, "Dossiers", target, CancellationToken.None);

    private static async Task<string> CsvAsync(string language, string text)
    {
        using var stream = new MemoryStream();
        await WriteAsync(ExportFormat.Csv, new Sheet<Row>(Columns, OneAsync(text)), stream, language);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static async Task<List<XElement>> CellsAsync(string text)
    {
        using var stream = new MemoryStream();
        await WriteAsync(ExportFormat.Xlsx, new Sheet<Row>(Columns, OneAsync(text)), stream, "fr");
        stream.Position = 0;
        await using var zip = new ZipArchive(stream);
        foreach (var part in zip.Entries)
        {
            await using var xml = await part.OpenAsync();
            _ = XDocument.Load(xml);
        }

        await using var sheet = await zip.GetEntry("xl/worksheets/sheet1.xml")!.OpenAsync();
        return [.. XDocument.Load(sheet, LoadOptions.PreserveWhitespace).Descendants(Main + "c")];
    }

    private static async IAsyncEnumerable<IReadOnlyList<Row>> OneAsync(string text)
    {
        await Task.Yield();
        yield return [new Row(text, At)];
    }

    /// <summary>RFC 4180, independent of what wrote it.</summary>
    private static List<List<string>> Parse(string csv, char separator)
    {
        var rows = new List<List<string>> { new() };
        var field = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < csv.Length; i++)
        {
            var c = csv[i];
            if (quoted && c == '"' && i + 1 < csv.Length && csv[i + 1] == '"')
                field.Append(csv[i++]);
            else if (c == '"')
                quoted = !quoted;
            else if (!quoted && c == separator)
                End();
            else if (!quoted && c == '\r' && csv[i + 1] == '\n')
            {
                End();
                rows.Add([]);
                i++;
            }
            else
                field.Append(c);
        }

        rows.RemoveAt(rows.Count - 1);
        return rows;

        void End()
        {
            rows[^1].Add(field.ToString());
            field.Clear();
        }
    }

    private sealed record Row(string Text, DateTime At);
}
