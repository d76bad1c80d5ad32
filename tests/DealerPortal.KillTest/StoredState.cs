using System.Globalization;
using System.Security.Cryptography;
using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Files;
using DealerPortal.Core.Mail;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.KillTest;

/// <summary>Looks at what is on the disk, without the portal's own services of filing.</summary>
internal sealed class StoredState(string databasePath, string filesPath)
{
    private const int PhotosPerDossier = 2;
    private readonly StoredDatabase _database = new(databasePath);
    private long _lastBefore;

    /// <summary>Dossiers that were there before are none of this test's.</summary>
    public async Task RememberStartAsync() =>
        _lastBefore = await ReadAsync(db => db.Dossiers.AllOrganisations().MaxAsync(d => (long?)d.Id)) ?? 0;

    public Task<int> CountAsync() => ReadAsync(db => New(db).CountAsync());

    public Task<HashSet<Guid>> ConsumedAsync(IEnumerable<Guid> drafts) => ReadAsync(async db =>
        (await db.Drafts.AllOrganisations().Where(d => drafts.Contains(d.Id) && d.ConsumedAt != null).Select(d => d.Id).ToListAsync()).ToHashSet());

    public Task<int> OrphansAsync() => ReadAsync(async db =>
    {
        var named = await db.Attachments.AllOrganisations().Select(a => new { a.StorageKey, a.ThumbnailKey }).ToListAsync();
        return Directory.EnumerateFiles(filesPath, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(filesPath, f))
            .Except(named.SelectMany(a => new[] { a.StorageKey, a.ThumbnailKey }).OfType<string>()).Count();
    });

    /// <summary>Everything that is half, missing or double.</summary>
    public Task<List<string>> CheckAsync(IReadOnlyList<Send> sends) => ReadAsync(async db =>
    {
        var faults = await _database.FaultsAsync();
        var dossiers = await New(db).ToListAsync();
        var numbers = dossiers.Select(d => d.Number).ToHashSet();
        faults.AddRange(sends.Where(s => s.Number is not null && !numbers.Contains(s.Number)).Select(s => $"dossier {s.Number} was promised and is not there"));
        // The reference is the draft's id.
        faults.AddRange(dossiers.GroupBy(d => d.Reference).Where(g => g.Count() > 1).Select(g => $"draft {g.Key} became {g.Count()} dossiers"));
        foreach (var dossier in dossiers)
            faults.AddRange((await HalvesAsync(db, dossier)).Select(half => $"dossier {dossier.Number} has {half}"));

        faults.AddRange(await db.Drafts.AllOrganisations().Where(d => (d.ConsumedAt == null) != (d.DossierId == null)).Select(d => $"draft {d.Id} is half consumed").ToListAsync());
        foreach (var file in await db.Attachments.AllOrganisations().Where(a => a.DossierId == null || a.DossierId > _lastBefore).ToListAsync())
            faults.AddRange(FaultsOf(file));
        return faults;
    });

    private static async Task<List<string>> HalvesAsync(PortalDbContext db, Dossier dossier)
    {
        var halves = new List<string>();
        void Expect(string what, int expected, int found)
        {
            if (found != expected)
                halves.Add($"{found} {what} instead of {expected}");
        }

        var id = dossier.Id;
        var subject = id.ToString(CultureInfo.InvariantCulture);
        Expect("details", 1, await db.RepairRequests.AllOrganisations().CountAsync(r => r.DossierId == id));
        Expect("submissions", 1, await db.Timeline.AllOrganisations().CountAsync(e => e.DossierId == id && e.Kind == TimelineKind.Submitted));
        Expect("receipts", 1, await db.Set<OutboxMail>().CountAsync(m => m.DossierId == id));
        Expect("audit rows", 1, await db.Audit.CountAsync(a => a.Action == "dossier.submitted" && a.SubjectId == subject));
        Expect("photos", PhotosPerDossier, await db.Attachments.AllOrganisations().CountAsync(a => a.DossierId == id && a.DraftId == null));
        Expect("consumed drafts", 1, await db.Drafts.AllOrganisations().CountAsync(d => d.DossierId == id && d.ConsumedAt != null));
        var tokens = await db.DossierTokens.AllOrganisations().Where(t => t.DossierId == id).Select(t => t.Token).ToListAsync();
        Expect("missing search words", 0, DossierSearchRows.Of(dossier).Select(t => t.Token).Except(tokens).Count());
        return halves;
    }

    private IEnumerable<string> FaultsOf(Attachment file)
    {
        var path = Path.Combine(filesPath, file.StorageKey);
        if (!File.Exists(path))
            yield return $"file {file.Id} is not in the store";
        else if (Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))) != file.Sha256)
            yield return $"file {file.Id} is not what was stored";
        if (file.ThumbnailKey is not null && !File.Exists(Path.Combine(filesPath, file.ThumbnailKey)))
            yield return $"file {file.Id} has no thumbnail";
    }

    private IQueryable<Dossier> New(PortalDbContext db) => db.Dossiers.AllOrganisations().AsNoTracking().Where(d => d.Id > _lastBefore);

    private Task<T> ReadAsync<T>(Func<PortalDbContext, Task<T>> read) => _database.ReadAsync(read);
}
