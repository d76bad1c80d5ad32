using System.Globalization;
using System.IO.Compression;
using System.Security;
using System.Text;

namespace DealerPortal.Core.Exports;

/// <summary>
/// Writes a sheet as an Excel workbook (ECMA-376) of one sheet: texts within the cells and real dates, so that it is written from
/// front to back. By hand, since the packages at hand either keep all strings until the end or take emoji apart.
/// </summary>
public static class XlsxSheet
{
    public const string ContentType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
    private const int DateStyle = 1;
    private const int HeadingStyle = 2;
    private const int DayStyle = 3;
    private const int NumberStyle = 4;

    /// <summary>Day 0 of the format.</summary>
    private static readonly DateTime _epoch = new(1899, 12, 30);

    /// <summary>What a cell may hold at most.</summary>
    private const int MaxText = 32_767;

    public static async Task WriteAsync<TRow>(Sheet<TRow> sheet, string name, Stream target, CancellationToken ct)
    {
        await using var outgoing = new Outgoing(target);
        await using (var zip = new ZipArchive(outgoing, ZipArchiveMode.Create, leaveOpen: true))
            await WriteAsync(sheet, name, zip, outgoing, ct);
        await outgoing.SendAsync(ct);
    }

    private static async Task WriteAsync<TRow>(Sheet<TRow> sheet, string name, ZipArchive zip, Outgoing outgoing, CancellationToken ct)
    {
        await AddAsync("[Content_Types].xml", $"""<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="{ContentType}.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>""");
        await AddAsync("_rels/.rels", $"""<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="{Relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>""");
        await AddAsync("xl/_rels/workbook.xml.rels", $"""<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="{Relations}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="{Relations}/styles" Target="styles.xml"/></Relationships>""");
        await AddAsync("xl/workbook.xml", $"""<workbook xmlns="{Main}" xmlns:r="{Relations}"><sheets><sheet name="{SecurityElement.Escape(name)}" sheetId="1" r:id="rId1"/></sheets></workbook>""");
        await AddAsync("xl/styles.xml", $"""<styleSheet xmlns="{Main}"><numFmts count="2"><numFmt numFmtId="164" formatCode="dd/mm/yyyy\ hh:mm"/><numFmt numFmtId="165" formatCode="dd/mm/yyyy"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="5"><xf/><xf numFmtId="164" applyNumberFormat="1"/><xf fontId="1" applyFont="1"/><xf numFmtId="165" applyNumberFormat="1"/><xf numFmtId="4" applyNumberFormat="1"/></cellXfs></styleSheet>""");

        await using var part = await zip.CreateEntry("xl/worksheets/sheet1.xml", CompressionLevel.Fastest).OpenAsync(ct);
        await using var writer = new StreamWriter(part, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        var text = new StringBuilder(Head).Append(CultureInfo.InvariantCulture, $"<worksheet xmlns=\"{Main}\"><sheetViews><sheetView workbookViewId=\"0\"><pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews><cols>");
        for (var i = 0; i < sheet.Columns.Count; i++)
            text.Append(CultureInfo.InvariantCulture, $"<col min=\"{i + 1}\" max=\"{i + 1}\" width=\"{sheet.Columns[i].Width}\" customWidth=\"1\"/>");
        text.Append("</cols><sheetData><row>");
        foreach (var column in sheet.Columns)
            Append(text, SheetText.Of(column.Heading), HeadingStyle);
        text.Append("</row>");
        await foreach (var rows in sheet.Batches.WithCancellation(ct))
        {
            foreach (var row in rows)
            {
                text.Append("<row>");
                foreach (var column in sheet.Columns)
                    Append(text, column.Value(row));
                text.Append("</row>");
            }

            await writer.WriteAsync(text, ct);
            text.Clear();
            await outgoing.SendAsync(ct);
        }

        await writer.WriteAsync(text.Append("</sheetData></worksheet>"), ct);

        async Task AddAsync(string entry, string xml)
        {
            await using var stream = await zip.CreateEntry(entry).OpenAsync(ct);
            await stream.WriteAsync(Encoding.UTF8.GetBytes(Head + xml), ct);
        }
    }

    private static void Append(StringBuilder text, object? value)
    {
        switch (value)
        {
            case null:
                text.Append("<c/>");
                break;
            case DateTime at:
                var days = (Formats.ToBrussels(at) - _epoch).TotalDays;
                text.Append(CultureInfo.InvariantCulture, $"<c s=\"{DateStyle}\"><v>{Math.Round(days, 8)}</v></c>");
                break;
            case DateOnly date:
                text.Append(CultureInfo.InvariantCulture, $"<c s=\"{DayStyle}\"><v>{(date.ToDateTime(TimeOnly.MinValue) - _epoch).Days}</v></c>");
                break;
            case decimal number:
                text.Append(CultureInfo.InvariantCulture, $"<c s=\"{NumberStyle}\"><v>{number}</v></c>");
                break;
            default:
                Append(text, SheetText.Of((string)value), style: 0);
                break;
        }
    }

    private static void Append(StringBuilder text, string value, int style)
    {
        var cut = value.Length <= MaxText ? value : value[..(char.IsHighSurrogate(value[MaxText - 1]) ? MaxText - 1 : MaxText)];
        text.Append(CultureInfo.InvariantCulture, $"<c s=\"{style}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{SecurityElement.Escape(cut)}</t></is></c>");
    }
}
