using System.IO.Compression;
using System.Text;
using DealerPortal.Core.Exports;
using DealerPortal.Core.Tables;

namespace DealerPortal.Core.Tests.Tables;

public sealed class TableFileTests
{
    [Theory]
    [InlineData("a;b\n1;\"x;y\"\n", "utf-8")]
    [InlineData("a,b\r\n1,x;y\r\n", "utf-8")]
    [InlineData("\uFEFFa;b\n 1 ;x;y\n", "utf-8")]
    public void Csv_IsReadWithEitherSeparator(string text, string encoding)
    {
        using var content = new MemoryStream(Encoding.GetEncoding(encoding).GetBytes(text));

        var rows = TableFile.Read(content, TableFile.FormatOf(content)!.Value).ToList();

        Assert.Equal(["a", "b"], rows[0].Cells);
        Assert.Equal("1", rows[1].Cells[0]);
        Assert.StartsWith("x", (string)rows[1].Cells[1]!, StringComparison.Ordinal);
        Assert.Equal([1, 2], rows.Select(row => row.Line));
    }

    [Fact]
    public void Csv_OfOldSpreadsheets_KeepsItsAccentsAndEuros()
    {
        var bytes = CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetBytes("Référence;Montant\nDémo;12 €\n");
        using var content = new MemoryStream(bytes);

        var rows = TableFile.Read(content, TableFormat.Csv).ToList();

        Assert.Equal(["Référence", "Montant"], rows[0].Cells);
        Assert.Equal(["Démo", "12 €"], rows[1].Cells);
    }

    [Fact]
    public void Csv_EmptyLinesAreLeftOut_AndATornOneSpoilsItselfAlone()
    {
        using var content = new MemoryStream("a;b\n\n;;\n\"open;2\n3;4\n"u8.ToArray());

        var rows = TableFile.Read(content, TableFormat.Csv).ToList();

        Assert.Equal([false, true, false], rows.Select(row => row.IsTorn));
        Assert.Equal((5, "3"), (rows[2].Line, rows[2].Cells[0]));
    }

    [Fact]
    public async Task Workbook_KeepsNumbersAndDates()
    {
        using var content = new MemoryStream();
        var sheet = new Sheet<(string, decimal, DateOnly)>(
            [new("Texte", 10, row => row.Item1), new("Nombre", 10, row => row.Item2), new("Date", 10, row => row.Item3)], OneBatch([("Démo 😀", -256.5m, new DateOnly(2026, 11, 12))]));
        await XlsxSheet.WriteAsync(sheet, "Feuille", content, CancellationToken.None);

        Assert.Equal(TableFormat.Xlsx, TableFile.FormatOf(content));
        var rows = TableFile.Read(content, TableFormat.Xlsx).ToList();

        Assert.Equal(["Texte", "Nombre", "Date"], rows[0].Cells);
        Assert.Equal(["Démo 😀", -256.5m, new DateTime(2026, 11, 12)], rows[1].Cells);
    }

    [Fact]
    public void Workbook_ThatIsDamaged_IsSaidToBe()
    {
        using var content = new MemoryStream();
        using (var zip = new ZipArchive(content, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var entry = new StreamWriter(zip.CreateEntry("xl/workbook.xml").Open());
            entry.Write("<workbook");
        }

        Assert.Throws<TableUnreadableException>(() => TableFile.Read(content, TableFormat.Xlsx).ToList());
        using var half = new MemoryStream(content.ToArray()[..20]);
        Assert.Throws<TableUnreadableException>(() => TableFile.Read(half, TableFormat.Xlsx).ToList());
    }

    [Theory]
    [InlineData(new byte[] { 0xFF, 0xD8, 0xFF, 0xE0, 0, 16 })]
    [InlineData(new byte[] { 0x25, 0x50, 0x44, 0x46, 0x2D, 0x31 })]
    public void Format_OfAPictureOrDocument_IsNone(byte[] bytes)
    {
        using var content = new MemoryStream(bytes);

        Assert.Null(TableFile.FormatOf(content));
    }

    private static async IAsyncEnumerable<IReadOnlyList<T>> OneBatch<T>(IReadOnlyList<T> rows)
    {
        await Task.Yield();
        yield return rows;
    }
}
