using System.Text.Encodings.Web;
using System.Text.Json;
using DealerPortal.Core.Audit;
using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Dossiers.Lists;
using DealerPortal.Core.Files;
using DealerPortal.Core.Work;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Core.Exports;

/// <summary>Whose list is exported, and how.</summary>
/// <param name="OrganisationId">The dealer's; null for staff.</param>
public sealed record ExportOrder(Reader By, int? OrganisationId, DossierFilter Filter, ExportFormat Format, string Language);

/// <summary>Exports on record, and those that are written in the background for who asked for them.</summary>
public sealed class ExportOrders(PortalDatabase database, PortalDbContext db, IFileStore store, WorkSignal<ExportWriting> signal, TimeProvider time)
{
    private const int TextMaxLength = 200;
    private const int Shown = 50;

    // Letters as they are, so that the longest search fits.
    private static readonly JsonSerializerOptions _json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Puts an export that is written at once on record.</summary>
    public Task RecordAsync(ExportOrder order, int count, CancellationToken ct) => database.WriteAsync((write, _) =>
    {
        Record(write, time.GetUtcNow().UtcDateTime, order, "direct", count);
        return Task.CompletedTask;
    }, ct);

    /// <summary>Orders a file; it is written as soon as an instance is free.</summary>
    public async Task<Guid> OrderAsync(ExportOrder order, CancellationToken ct)
    {
        var filter = order.Filter with { Text = order.Filter.Text is { Length: > TextMaxLength } text ? text[..TextMaxLength] : order.Filter.Text, Page = 1 };
        var export = new Export
        {
            Id = Guid.CreateVersion7(),
            State = WorkState.Waiting,
            RequestedById = order.By.UserId,
            RequestedAt = time.GetUtcNow().UtcDateTime,
            OrganisationId = order.OrganisationId,
            SeesWholeOrganisation = order.By.SeesWholeOrganisation,
            Format = order.Format,
            Language = Languages.Normalise(order.Language),
            Filter = JsonSerializer.Serialize(filter, _json),
        };
        await database.WriteAsync((write, _) =>
        {
            write.Db.Add(export);
            Record(write, export.RequestedAt, order, export.Id.ToString(), null);
            write.AfterCommit(signal.Wake);
            return Task.CompletedTask;
        }, ct);
        return export.Id;
    }

    /// <summary>The person's own, newest first.</summary>
    public async Task<IReadOnlyList<Export>> OfAsync(Reader by, int? organisationId, CancellationToken ct) =>
        await Own(by, organisationId).OrderByDescending(e => e.RequestedAt).Take(Shown).ToListAsync(ct);

    /// <summary>One of the person's own; null when there is none.</summary>
    public Task<Export?> FindAsync(Reader by, int? organisationId, Guid id, CancellationToken ct) => Own(by, organisationId).SingleOrDefaultAsync(e => e.Id == id, ct);

    /// <summary>The file; null while there is none.</summary>
    public async Task<Stream?> OpenAsync(Export export, CancellationToken ct) => export is { State: WorkState.Done, StorageKey: { } key } ? await store.OpenAsync(key, ct) : null;

    internal static DossierFilter FilterOf(Export export) => JsonSerializer.Deserialize<DossierFilter>(export.Filter, _json)!;

    private IQueryable<Export> Own(Reader by, int? organisationId)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var since = now - Export.Lifetime;
        var own = db.Set<Export>().AsNoTracking().Where(e => e.RequestedById == by.UserId && e.RequestedAt > since && e.OrganisationId == organisationId);
        // Who has lost rights since does not get what they allowed.
        return by.IsStaff || by.SeesWholeOrganisation ? own : own.Where(e => !e.SeesWholeOrganisation);
    }

    private static void Record(WriteScope write, DateTime now, ExportOrder order, string id, int? count) =>
        write.Db.Record(now, order.By.UserId, "dossiers.exported", nameof(Export), id, string.Join(' ', Details(order, count)));

    /// <summary>Count, format and the ids of the filter: never a text, which may be a consumer's name.</summary>
    private static IEnumerable<string> Details(ExportOrder order, int? count)
    {
        var filter = order.Filter;
        if (count is { } rows)
            yield return FormattableString.Invariant($"rows={rows}");
        yield return $"format={order.Format}";
        if (order.OrganisationId is { } own)
            yield return FormattableString.Invariant($"organisation={own}");
        if (filter.Statuses.Count > 0)
            yield return $"status={string.Join(',', filter.Statuses)}";
        if (filter.WaitingOn.Count > 0)
            yield return $"waiting-on={string.Join(',', filter.WaitingOn)}";
        if (filter.Type is { } type)
            yield return $"type={type}";
        if (filter.OrganisationId is { } organisation)
            yield return FormattableString.Invariant($"filter-organisation={organisation}");
        if (filter.OwnerId is { } owner)
            yield return FormattableString.Invariant($"owner={owner}");
        if (filter.Assignee is { } assignee)
            yield return FormattableString.Invariant($"assignee={assignee.Id}");
        if (filter.BranchId is { } branch)
            yield return FormattableString.Invariant($"branch={branch}");
        if (filter.Text is not null)
            yield return "text";
    }
}
