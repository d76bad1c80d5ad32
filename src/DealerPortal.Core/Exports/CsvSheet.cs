using System.Globalization;
using CsvHelper;

namespace DealerPortal.Core.Exports;

/// <summary>Writes a sheet as CSV that a spreadsheet opens by a double click: UTF-8 with its mark, the separator and the dates of the culture.</summary>
public static class CsvSheet
{
    public const string ContentType = "text/csv; charset=utf-8";

    private static readonly NumberFormatInfo _comma = NumberFormatInfo.ReadOnly(new NumberFormatInfo { NumberDecimalSeparator = "," });

    public static async Task WriteAsync<TRow>(Sheet<TRow> sheet, CultureInfo culture, Stream target, CancellationToken ct)
    {
        var isEnglish = culture.TwoLetterISOLanguageName == "en";
        var days = culture.TwoLetterISOLanguageName == "de" ? "dd.MM.yyyy" : "dd/MM/yyyy";
        var dates = days + " HH:mm";
        await using var outgoing = new Outgoing(target);
        await using var csv = CsvWriter.Create(outgoing, new CsvWriterOptions { Separator = isEnglish ? ',' : ';', NewLine = "\r\n", WriteByteOrderMark = true, FormatProvider = culture }, leaveOpen: true);
        foreach (var column in sheet.Columns)
            csv.WriteField(SheetText.Of(column.Heading));
        csv.EndRecord();
        await foreach (var rows in sheet.Batches.WithCancellation(ct))
        {
            foreach (var row in rows)
            {
                foreach (var column in sheet.Columns)
                    csv.WriteField(Text(column.Value(row)));
                csv.EndRecord();
            }

            await SendAsync();
        }

        await SendAsync();

        string Text(object? value) => value switch
        {
            null => "",
            DateTime at => Formats.ToBrussels(at).ToString(dates, CultureInfo.InvariantCulture),
            DateOnly date => date.ToString(days, CultureInfo.InvariantCulture),
            // Plain digits with the culture's decimal sign, so that it is a number to the spreadsheet, minus and all.
            decimal number => number.ToString("0.00", isEnglish ? CultureInfo.InvariantCulture : _comma),
            _ => SheetText.Of((string)value),
        };

        async Task SendAsync()
        {
            csv.Flush();
            await outgoing.SendAsync(ct);
        }
    }
}
