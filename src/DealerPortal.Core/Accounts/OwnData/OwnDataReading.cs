using System.Globalization;
using System.Runtime.CompilerServices;
using DealerPortal.Core.Accounts.SecondFactor;
using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Dossiers.Lists;
using DealerPortal.Core.Exports;
using DealerPortal.Core.Mail;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Core.Accounts.OwnData;

/// <summary>
/// Reads what belongs to one person, in whatever organisation: what they said of themselves, typed, filed, wrote and were sent.
/// Not what others said, nor consumers' data beyond what is still in the person's own drafts and messages; no secret.
/// </summary>
public sealed class OwnDataReading(PortalDbContext db)
{
    private const int BatchSize = 500;

    // What people write; the rest of a timeline is the organisation's.
    private static readonly TimelineKind[] _written = [TimelineKind.Message, TimelineKind.CancellationRequested, TimelineKind.AnotherDateRequested];

    public async Task<object> ProfileAsync(int userId, CancellationToken ct)
    {
        var codesLeft = await db.Set<RecoveryCode>().CountAsync(c => c.UserId == userId && c.UsedAt == null, ct);
        return await db.Users.AsNoTracking().Where(u => u.Id == userId).Select(u => new
        {
            u.FirstName,
            u.LastName,
            u.Email,
            Phone = u.PhoneNumber,
            u.Language,
            u.StaffRole,
            u.CreatedAt,
            u.LastSignInAt,
            KeepsInformedByMail = u.NotifyByMail,
            DoesWithoutMailsAbout = u.MutedMails,
            MailsCameBackAt = u.BouncedAt,
            HasAuthenticatorApp = u.AuthenticatorKey != null,
            RecoveryCodesLeft = codesLeft,
        }).SingleAsync(ct);
    }

    public IAsyncEnumerable<object> Memberships(int userId) => (
        from membership in db.Memberships.AsNoTracking()
        join organisation in db.Organisations.AsNoTracking() on membership.OrganisationId equals organisation.Id
        where membership.UserId == userId
        orderby membership.Id
        select new { Organisation = organisation.Name, organisation.VatNumber, membership.Role, membership.Status, membership.RequestedAt, membership.DecidedAt }).AsAsyncEnumerable();

    public IAsyncEnumerable<object> Sessions(int userId) => db.Sessions.AsNoTracking().Where(s => s.UserId == userId).OrderBy(s => s.CreatedAt)
        .Select(s => new { s.CreatedAt, s.LastSeenAt, s.ExpiresAt, s.EndedAt, s.Browser, s.System }).AsAsyncEnumerable();

    public async Task<object> PasskeysAsync(int userId, CancellationToken ct) =>
        (await db.Set<IdentityUserPasskey<int>>().AsNoTracking().Where(p => p.UserId == userId).ToListAsync(ct))
            .Select(p => new { p.Data.Name, p.Data.CreatedAt, IsSynced = p.Data.IsBackedUp }).OrderBy(p => p.CreatedAt).ToList();

    public IAsyncEnumerable<object> Views(int userId) => db.Set<SavedView>().AsNoTracking().Where(v => v.OwnerId == userId).OrderBy(v => v.List).ThenBy(v => v.Position)
        .Select(v => new { v.List, v.Name, v.Query }).AsAsyncEnumerable();

    /// <summary>With what was typed, as it was typed.</summary>
    public async Task<object> DraftsAsync(int userId, CancellationToken ct)
    {
        var drafts = await db.Drafts.AllOrganisations().AsNoTracking().Where(d => d.OwnerId == userId && d.ConsumedAt == null).OrderBy(d => d.CreatedAt).ToListAsync(ct);
        var ids = drafts.ConvertAll(d => (Guid?)d.Id);
        var staged = (await db.Attachments.AllOrganisations().AsNoTracking().Where(a => ids.Contains(a.DraftId)).Select(a => new { a.DraftId, a.Name }).ToListAsync(ct))
            .ToLookup(a => a.DraftId, a => a.Name);
        return drafts.ConvertAll(d => new { d.Type, d.CreatedAt, d.SavedAt, Typed = d.ReadPairs(), Files = staged[d.Id] });
    }

    /// <summary>What the person filed, without the consumers' data.</summary>
    public async Task<Sheet<OwnDossierRow>> DossiersAsync(int userId, string language, CancellationToken ct)
    {
        var words = new ExportWords(language);
        var ids = await db.Dossiers.AllOrganisations().Where(d => d.AuthorId == userId).OrderBy(d => d.Id).Select(d => d.Id).ToListAsync(ct);
        return new Sheet<OwnDossierRow>(
        [
            new(words["Number"], 15, row => row.Number),
            new(words["Organisation"], 28, row => row.Organisation),
            new(words["Type"], 28, row => words.Of(row.Type)),
            new(words["CreatedAt"], 17, row => row.CreatedAt),
            new(words["Model"], 18, row => row.ModelCode),
            new(words["Serial"], 18, row => row.SerialNumber),
            new(words["Reference"], 20, row => row.Reference),
        ], BatchesAsync(ids, ct));
    }

    public IAsyncEnumerable<object> Messages(int userId) => (
        from entry in db.Timeline.AllOrganisations().AsNoTracking()
        join dossier in db.Dossiers.AllOrganisations().AsNoTracking() on entry.DossierId equals dossier.Id
        where entry.ActorId == userId && _written.Contains(entry.Kind) && entry.Text != null
        orderby entry.Id
        select new { Dossier = dossier.Number, entry.At, entry.Kind, entry.CameByMail, entry.Text }).AsAsyncEnumerable();

    public IAsyncEnumerable<object> Files(int userId) => (
        from file in db.Attachments.AllOrganisations().AsNoTracking()
        join dossier in db.Dossiers.AllOrganisations().AsNoTracking() on file.DossierId equals dossier.Id
        where file.UploadedById == userId
        orderby file.UploadedAt
        select new { Dossier = dossier.Number, file.Name, file.ContentType, Bytes = file.Length, file.UploadedAt }).AsAsyncEnumerable();

    public IAsyncEnumerable<object> Mails(int userId) => db.Set<OutboxMail>().AsNoTracking().Where(m => m.UserId == userId).OrderBy(m => m.CreatedAt)
        .Select(m => new { m.CreatedAt, m.SentAt, To = m.Recipient, m.Subject }).AsAsyncEnumerable();

    /// <summary>What was done to the account; of whoever else did it only that it was somebody else.</summary>
    public IAsyncEnumerable<object> Log(int userId)
    {
        var subject = userId.ToString(CultureInfo.InvariantCulture);
        return db.Audit.AsNoTracking().Where(a => a.SubjectType == nameof(User) && a.SubjectId == subject).OrderBy(a => a.Id)
            .Select(a => new { a.At, a.Action, By = a.ActorId == null ? "portal" : a.ActorId == userId ? "you" : "somebody else" }).AsAsyncEnumerable();
    }

    private async IAsyncEnumerable<IReadOnlyList<OwnDossierRow>> BatchesAsync(List<long> ids, [EnumeratorCancellation] CancellationToken ct)
    {
        foreach (var batch in ids.Chunk(BatchSize))
        {
            yield return await (
                from dossier in db.Dossiers.AllOrganisations().AsNoTracking()
                join organisation in db.Organisations.AsNoTracking() on dossier.OrganisationId equals organisation.Id
                where batch.Contains(dossier.Id)
                orderby dossier.Id
                select new OwnDossierRow(dossier.Number, organisation.Name, dossier.Type, dossier.CreatedAt, dossier.ModelCode, dossier.SerialNumber, dossier.Reference)).ToListAsync(ct);
        }
    }
}

/// <summary>A dossier as its author gets it back.</summary>
public sealed record OwnDossierRow(string Number, string Organisation, DossierType Type, DateTime CreatedAt, string? ModelCode, string? SerialNumber, string? Reference);
