using System.Globalization;
using System.Linq.Expressions;
using System.Text.Json;
using DealerPortal.Core.Accounts;
using DealerPortal.Core.Audit;
using DealerPortal.Core.Data;
using DealerPortal.Core.Work;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace DealerPortal.Core.ServiceCentres;

/// <summary>Takes the good rows of confirmed files in, in the order in which they happened. A row that is in already is not taken in twice.</summary>
public sealed class CentreTaking(
    PortalDatabase database, PortalDbContext db, CentreUploads uploads, CentreReception reception, TimeProvider time, ILogger<CentreTaking> log)
    : Worker<CentreUpload>(database, db, time, log)
{
    protected override Expression<Func<CentreUpload, DateTime?>> OrderedAt => upload => upload.OrderedAt;

    protected override async Task DoAsync(CentreUpload upload, CancellationToken ct)
    {
        if (!await Db.Users.AsNoTracking().ActiveStaff().AnyAsync(u => u.Id == upload.OrderedById, ct) || await uploads.ReadAsync(upload.CentreId, upload.Id, ct) is not { } file)
        {
            await EndAsync(upload.Id, WorkState.Failed, ct);
            return;
        }

        var left = file.Rows.Where(row => row.GoesIn).Select(row => row.Row).OrderBy(row => row.Report!.OccurredAt).ToList();
        var total = upload.Total ?? left.Count;
        var written = Math.Max(0, total - left.Count);
        await BeginAsync(upload.Id, written, total, ct);
        foreach (var row in left)
        {
            await reception.ReceiveAsync(new CentreSender(upload.CentreId, UploadId: upload.Id), row.Report!, JsonSerializer.Serialize(row.Body, CentreEventBody.Json), ct);
            await GetOnAsync(upload.Id, ++written, total, ct);
        }

        await Database.WriteAsync((write, token) => EndAsync(write, upload, total, token), ct);
    }

    private async Task EndAsync(WriteScope write, CentreUpload upload, int total, CancellationToken ct)
    {
        var confirmedAt = upload.ConfirmedAt ?? Now;
        if (await EndAsync(write, upload.Id, WorkState.Done, set => set.SetProperty(u => u.Written, total).SetProperty(u => u.ConfirmedAt, confirmedAt), ct))
        {
            write.Db.Record(
                Now, upload.OrderedById, "centre-upload.confirmed", nameof(CentreUpload), upload.Id, string.Create(CultureInfo.InvariantCulture, $"centre {upload.CentreId}, {total} rows"));
        }
    }
}
