using System.Runtime.CompilerServices;
using DealerPortal.Core.Accounts;
using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Dossiers.Lists;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Core.Exports;

/// <summary>The keys of a list that is to be exported, in its order, as it stood when it was asked for.</summary>
public sealed record ExportedList(Reader Reader, DossierSort Order, IReadOnlyList<long> Ids);

/// <summary>Lists of dossiers as files: what the list shows, within the rights of who reads it. Staff's hold no end-user data.</summary>
public sealed class DossierExports(PortalDbContext db, DossierLists lists)
{
    /// <summary>Rows that are read at once.</summary>
    public const int BatchSize = 500;

    /// <summary>Which dossiers the list holds; the rows are read when it is written. A key takes eight bytes.</summary>
    public async Task<ExportedList> OpenAsync(Reader reader, DossierFilter filter, CancellationToken ct) =>
        new(reader, filter.Order, await lists.IdsAsync(reader, filter, int.MaxValue, ct));

    /// <param name="written">Told after each batch how many rows there are so far.</param>
    public Task WriteAsync(ExportedList list, ExportFormat format, string language, Stream target, Func<int, Task>? written, CancellationToken ct)
    {
        var words = new ExportWords(language);
        return list.Reader.IsStaff
            ? WriteAsync(new Sheet<QueueExportRow>(QueueColumns(words), BatchesAsync(list, QueueRows, written, ct)), words, format, target, ct)
            : WriteAsync(new Sheet<DealerExportRow>(DealerColumns(words), BatchesAsync(list, DealerRows, written, ct)), words, format, target, ct);
    }

    private static Task WriteAsync<TRow>(Sheet<TRow> sheet, ExportWords words, ExportFormat format, Stream target, CancellationToken ct) => format == ExportFormat.Csv
        ? CsvSheet.WriteAsync(sheet, words.Culture, target, ct)
        : XlsxSheet.WriteAsync(sheet, words["Sheet"], target, ct);

    private async IAsyncEnumerable<IReadOnlyList<TRow>> BatchesAsync<TRow>(
        ExportedList list, Func<IQueryable<Dossier>, IQueryable<TRow>> rowsOf, Func<int, Task>? written, [EnumeratorCancellation] CancellationToken ct)
        where TRow : IExportRow
    {
        var count = 0;
        foreach (var ids in list.Ids.Chunk(BatchSize))
        {
            var rows = (await rowsOf(lists.Known(ids, list.Order)).ToListAsync(ct)).ToDictionary(row => row.Id);
            // In the order in which they were found, whatever has changed since; without those that are gone.
            yield return [.. ids.Where(rows.ContainsKey).Select(id => rows[id])];
            count += ids.Length;
            if (written is not null)
                await written(count);
        }
    }

    private static List<SheetColumn<DealerExportRow>> DealerColumns(ExportWords words) =>
    [
        new(words["Number"], 15, row => row.Number),
        new(words["Type"], 28, row => words.Of(row.Type)),
        new(words["CreatedAt"], 17, row => row.CreatedAt),
        new(words["Model"], 18, row => row.ModelCode),
        new(words["Serial"], 18, row => row.SerialNumber),
        new(words["Reference"], 20, row => row.Reference),
        new(words["EndUser"], 24, row => row.EndUserName),
        new(words["Status"], 22, row => words[$"DealerStatus.{row.Status}"]),
        new(words["Resolution"], 14, row => words.Of(row.Resolution)),
        new(words["WaitingOn"], 18, row => row.WaitingOn is { } party ? words[$"DealerWaitingOn.{party}"] : null),
        new(words["Grms"], 18, row => row.GrmsNumber),
        new(words["UpdatedAt"], 17, row => row.UpdatedAt),
    ];

    private static List<SheetColumn<QueueExportRow>> QueueColumns(ExportWords words) =>
    [
        new(words["Number"], 15, row => row.Number),
        new(words["Type"], 28, row => words.Of(row.Type)),
        new(words["CreatedAt"], 17, row => row.CreatedAt),
        new(words["DueAt"], 17, row => row.DueAt),
        new(words["WaitingOn"], 18, row => row.WaitingOn is { } party ? words[$"WaitingOn.{party}"] : null),
        new(words["Status"], 18, row => words[$"Status.{row.Status}"]),
        new(words["Resolution"], 14, row => words.Of(row.Resolution)),
        new(words["Model"], 18, row => row.ModelCode),
        new(words["Serial"], 18, row => row.SerialNumber),
        new(words["Organisation"], 28, row => row.OrganisationName),
        new(words["Owner"], 22, row => row.OwnerName),
        new(words["Assignee"], 22, row => row.AssigneeName),
        new(words["Grms"], 18, row => row.GrmsNumber),
        new(words["UpdatedAt"], 17, row => row.UpdatedAt),
    ];

    private static IQueryable<DealerExportRow> DealerRows(IQueryable<Dossier> dossiers) => dossiers.Select(d => new DealerExportRow(
        d.Id, d.Number, d.Type, d.CreatedAt, d.ModelCode, d.SerialNumber, d.Reference, d.EndUserName, d.Status, d.Resolution, d.WaitingOn, d.GrmsNumber, d.UpdatedAt));

    private IQueryable<QueueExportRow> QueueRows(IQueryable<Dossier> dossiers) => dossiers.Select(d => new QueueExportRow(
        d.Id, d.Number, d.Type, d.CreatedAt, d.DueAt, d.WaitingOn, d.Status, d.Resolution, d.ModelCode, d.SerialNumber,
        db.Organisations.Where(o => o.Id == d.OrganisationId).Select(o => o.Name).First(),
        PersonName.Shown(db.Users.Where(u => u.Id == d.OwnerId).Select(u => u.FirstName + " " + u.LastName).First()),
        db.Users.Where(u => u.Id == d.AssigneeId).Select(u => u.FirstName + " " + u.LastName).FirstOrDefault(),
        d.GrmsNumber, d.UpdatedAt));

    private interface IExportRow
    {
        long Id { get; }
    }

    private sealed record DealerExportRow(
        long Id, string Number, DossierType Type, DateTime CreatedAt, string? ModelCode, string? SerialNumber, string? Reference, string? EndUserName,
        RequestStatus Status, Resolution? Resolution, WaitingOn? WaitingOn, string? GrmsNumber, DateTime UpdatedAt) : IExportRow;

    private sealed record QueueExportRow(
        long Id, string Number, DossierType Type, DateTime CreatedAt, DateTime? DueAt, WaitingOn? WaitingOn, RequestStatus Status, Resolution? Resolution,
        string? ModelCode, string? SerialNumber, string OrganisationName, string OwnerName, string? AssigneeName, string? GrmsNumber, DateTime UpdatedAt) : IExportRow;
}
