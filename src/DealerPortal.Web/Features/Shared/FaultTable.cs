using System.Globalization;
using CsvHelper;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Shared;

/// <summary>What is to be said about a line of a file, in the reader's language.</summary>
/// <param name="Field">Null where it is about the whole line.</param>
/// <param name="Value">What stands there.</param>
public sealed record FaultLine(int Line, string? Field, string? Value, string Reason);

/// <summary>The first of the lines about which something is to be said.</summary>
/// <param name="Id">Of its heading.</param>
/// <param name="Tone">Of the count beside it.</param>
/// <param name="About">What is to be known of the lines; null where they speak for themselves.</param>
/// <param name="Total">How many lines there are.</param>
public sealed record FaultTable(string Id, string Title, string Tone, string? About, int Total, IReadOnlyList<FaultLine> Lines);

/// <summary>The same as a file that spreadsheets open, without formulas in it.</summary>
internal static class FaultFile
{
    public static async Task<byte[]> OfAsync(IAsyncEnumerable<FaultLine> lines, IStringLocalizer<SharedTexts> words, CancellationToken ct)
    {
        using var content = new MemoryStream();
        using (var csv = CsvWriter.Create(content, new CsvWriterOptions { Separator = ';', WriteByteOrderMark = true, Injection = CsvInjection.Escape }, leaveOpen: true))
        {
            csv.WriteRecord([words["Faults.Line"], words["Faults.Field"], words["Faults.Value"], words["Faults.Reason"]]);
            await foreach (var line in lines.WithCancellation(ct))
                csv.WriteRecord([line.Line.ToString(CultureInfo.InvariantCulture), line.Field ?? "", line.Value ?? "", line.Reason]);
        }

        return content.ToArray();
    }
}
