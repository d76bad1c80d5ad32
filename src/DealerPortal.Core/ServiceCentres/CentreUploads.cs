using DealerPortal.Core.Audit;
using DealerPortal.Core.Csv;
using DealerPortal.Core.Data;
using DealerPortal.Core.Work;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Core.ServiceCentres;

/// <summary>What a row of a file is, before and after the file went in.</summary>
public enum CentreRowState : byte
{
    /// <summary>It goes in.</summary>
    Good = 1,

    /// <summary>It has problems and stays out.</summary>
    Invalid = 2,

    /// <summary>There is no such dossier for this centre. It stays out.</summary>
    NoDossier = 3,

    /// <summary>It goes in and waits for its code.</summary>
    UnknownCode = 4,

    /// <summary>Another event has its id. It stays out.</summary>
    Conflict = 5,

    /// <summary>It came with another file, or by machine, or twice in this one: nothing changes.</summary>
    Known = 6,

    /// <summary>It came in with this file.</summary>
    In = 7,
}

/// <param name="Outcome">What became of it, where it is in.</param>
public sealed record CentreRowResult(CentreRow Row, CentreRowState State, IReadOnlyList<ReportProblem> Problems, CentreEventOutcome? Outcome)
{
    public bool GoesIn => State is CentreRowState.Good or CentreRowState.UnknownCode;
}

/// <summary>A kept file, row by row.</summary>
public sealed record CentreFilePreview(CentreUpload Upload, IReadOnlyList<CentreRowResult> Rows);

/// <summary>Files of events for a centre without machines: looked at first, ordered to be taken in on a second word, the same file twice changes nothing.</summary>
public sealed class CentreUploads(PortalDatabase database, PortalDbContext db, CentreReception reception, WorkSignal<CentreTaking> signal, TimeProvider time)
{
    private const int IdsPerQuery = 500;

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <summary>Keeps a file whose rows can be read.</summary>
    /// <returns>The file's id, or what is wrong with it as a whole.</returns>
    public async Task<(Guid? Id, CentreFileReading Reading)> KeepAsync(int centreId, string fileName, byte[] content, int actorId, CancellationToken ct)
    {
        if (content.Length > CentreUpload.MaxLength)
            return (null, new(CentreFileFault.TooLarge, null, []));
        if (CsvText.Decode(content) is not { } text)
            return (null, new(CentreFileFault.Unreadable, null, []));
        var reading = CentreFile.Read(text, Now);
        if (reading.Fault != CentreFileFault.None)
            return (null, reading);

        var id = Guid.CreateVersion7(time.GetUtcNow());
        var name = TypedText.SingleLine(fileName);
        await database.WriteAsync(async (write, token) =>
        {
            var old = Now - CentreUpload.KeptFor;
            await write.Db.CentreUploads.Where(u => u.UploadedAt < old && u.Content != "").ExecuteUpdateAsync(set => set.SetProperty(u => u.Content, ""), token);
            write.Db.Add(new CentreUpload
            {
                Id = id,
                CentreId = centreId,
                UploadedById = actorId,
                UploadedAt = Now,
                FileName = name.Length > CentreUpload.FileNameMaxLength ? name[^CentreUpload.FileNameMaxLength..] : name,
                Content = text,
            });
            write.Db.Record(Now, actorId, "centre-upload.added", nameof(CentreUpload), id, $"centre {centreId}, {reading.Rows.Count} rows");
        }, ct);
        return (id, reading);
    }

    /// <returns>Null where the centre has no such file, or its content went.</returns>
    public async Task<CentreFilePreview?> ReadAsync(int centreId, Guid id, CancellationToken ct)
    {
        var upload = await db.CentreUploads.AsNoTracking().SingleOrDefaultAsync(u => u.Id == id && u.CentreId == centreId, ct);
        if (upload is null || upload.Content.Length == 0)
            return null;
        var rows = CentreFile.Read(upload.Content, upload.UploadedAt).Rows;
        var known = await KnownAsync(centreId, [.. rows.Select(row => row.Report?.EventId).OfType<string>().Distinct()], ct);
        var results = new List<CentreRowResult>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var row in rows)
            results.Add(await ResultAsync(upload, row, known, seen, ct));
        return new CentreFilePreview(upload, results);
    }

    /// <summary>Orders that the good rows be taken in; one that is under way is not ordered twice, one that failed goes on. Once more takes in what the first time left.</summary>
    /// <returns>False where the centre has no such file.</returns>
    public Task<bool> OrderAsync(int centreId, Guid id, int actorId, CancellationToken ct) => database.WriteAsync(async (write, token) =>
    {
        var now = Now;
        var kept = write.Db.CentreUploads.Where(u => u.Id == id && u.CentreId == centreId && u.Content != "");
        var ordered = await kept.Where(u => u.State != WorkState.Waiting && u.State != WorkState.Running).ExecuteUpdateAsync(
            set => set.SetProperty(u => u.State, WorkState.Waiting).SetProperty(u => u.OrderedById, actorId).SetProperty(u => u.OrderedAt, now)
                .SetProperty(u => u.Written, u => u.State == WorkState.Failed ? u.Written : 0).SetProperty(u => u.Total, u => u.State == WorkState.Failed ? u.Total : null)
                .SetProperty(u => u.Attempts, 0).SetProperty(u => u.FinishedAt, (DateTime?)null), token);
        if (ordered == 0)
            return await kept.AnyAsync(token);
        write.Db.Record(now, actorId, "centre-upload.ordered", nameof(CentreUpload), id, $"centre {centreId}");
        write.AfterCommit(signal.Wake);
        return true;
    }, ct);

    private async Task<CentreRowResult> ResultAsync(CentreUpload upload, CentreRow row, Dictionary<string, CentreEvent> known, HashSet<string> seen, CancellationToken ct)
    {
        if (row.Report is not { } report)
            return new(row, CentreRowState.Invalid, row.Problems, null);
        var isFirst = seen.Add(report.EventId);
        if (known.TryGetValue(report.EventId, out var stored))
        {
            var state = stored.ContentHash != report.ContentHash ? CentreRowState.Conflict : stored.UploadId == upload.Id && isFirst ? CentreRowState.In : CentreRowState.Known;
            return new(row, state, [], state == CentreRowState.Conflict ? null : stored.Outcome);
        }

        if (!isFirst)
            return new(row, CentreRowState.Known, [], null);
        var (forecast, problems) = await reception.LookAsync(upload.CentreId, report, ct);
        return new(row, forecast, problems, null);
    }

    private async Task<Dictionary<string, CentreEvent>> KnownAsync(int centreId, IReadOnlyList<string> ids, CancellationToken ct)
    {
        var known = new Dictionary<string, CentreEvent>(StringComparer.Ordinal);
        foreach (var some in ids.Chunk(IdsPerQuery))
        {
            foreach (var stored in await db.CentreEvents.AsNoTracking().Where(e => e.CentreId == centreId && some.Contains(e.EventId)).ToListAsync(ct))
                known[stored.EventId] = stored;
        }

        return known;
    }
}
