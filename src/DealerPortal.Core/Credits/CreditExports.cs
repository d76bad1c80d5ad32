using System.Runtime.CompilerServices;
using DealerPortal.Core.Audit;
using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Exports;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Core.Credits;

/// <summary>Lists of credits as files, row by row, within the rights of who reads them.</summary>
public sealed class CreditExports(PortalDatabase database, PortalDbContext db, CreditLists lists, TimeProvider time)
{
    private const int BatchSize = 1000;

    /// <summary>Puts it on record and writes it.</summary>
    public async Task WriteAsync(Reader reader, CreditFilter filter, ExportFormat format, string language, Stream target, CancellationToken ct)
    {
        var ids = await CreditLists.Ordered(lists.Matching(reader.IsStaff, filter), filter.Sort).Select(c => c.Id).ToListAsync(ct);
        await database.WriteAsync((write, _) =>
        {
            write.Db.Record(time.GetUtcNow().UtcDateTime, reader.UserId, "credits.exported", nameof(Credit), 0, FormattableString.Invariant($"rows={ids.Count} format={format}"));
            return Task.CompletedTask;
        }, ct);
        var words = new ExportWords(language);
        var sheet = new Sheet<Row>(Columns(words, reader.IsStaff), BatchesAsync(ids, reader, ct));
        await (format == ExportFormat.Csv ? CsvSheet.WriteAsync(sheet, words.Culture, target, ct) : XlsxSheet.WriteAsync(sheet, words["Credits.Sheet"], target, ct));
    }

    private async IAsyncEnumerable<IReadOnlyList<Row>> BatchesAsync(List<long> ids, Reader reader, [EnumeratorCancellation] CancellationToken ct)
    {
        foreach (var batch in ids.Chunk(BatchSize))
        {
            var keys = batch.ToList();
            var rows = await (
                from credit in lists.VisibleTo(reader.IsStaff)
                where EF.Parameter(keys).Contains(credit.Id)
                select new Row(
                    credit,
                    db.Organisations.Where(o => o.Id == credit.OrganisationId).Select(o => o.Name).FirstOrDefault(),
                    db.Dossiers.ScopedTo(reader).Where(d => d.Id == credit.DossierId).Select(d => d.Number).FirstOrDefault())).ToDictionaryAsync(row => row.Credit.Id, ct);
            yield return [.. batch.Where(rows.ContainsKey).Select(id => rows[id])];
        }
    }

    private static List<SheetColumn<Row>> Columns(ExportWords words, bool isStaff)
    {
        List<SheetColumn<Row>> columns =
        [
            new(words["Grms"], 14, row => row.Credit.GrmsNumber),
            new(words["Credits.Kind"], 12, row => words[$"CreditKind.{row.Credit.Kind}"]),
            new(words["Credits.State"], 14, row => words[$"CreditState.{row.Credit.State}"]),
            new(words["Credits.RequestedOn"], 14, row => row.Credit.RequestedOn),
            new(words["Model"], 18, row => row.Credit.ModelCode),
            new(words["Serial"], 18, row => row.Credit.SerialNumber),
            new("IMEI", 18, row => row.Credit.Imei),
            new(words["Reference"], 20, row => row.Credit.Reference),
            new(words["Credits.Beneficiary"], 16, row => words[$"Beneficiary.{row.Credit.Beneficiary}"]),
            new(words["Credits.BeneficiaryName"], 24, row => row.Credit.BeneficiaryName),
            new(words["Credits.InvoiceNumber"], 18, row => row.Credit.InvoiceNumber),
            new(words["Credits.InvoiceDate"], 14, row => row.Credit.InvoiceDate),
            new(words["Credits.Depreciation"], 12, row => row.Credit.Depreciation),
            new(words["Credits.Amount"], 12, row => row.Credit.Amount),
            new(words["Credits.Dossier"], 15, row => row.DossierNumber),
        ];
        if (isStaff)
            columns.AddRange([new(words["Credits.CustomerNumber"], 14, row => row.Credit.CustomerNumber), new(words["Organisation"], 28, row => row.OrganisationName)]);
        return columns;
    }

    private sealed record Row(Credit Credit, string? OrganisationName, string? DossierNumber);
}
