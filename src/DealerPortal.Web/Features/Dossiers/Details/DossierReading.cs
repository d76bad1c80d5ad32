using DealerPortal.Core;
using DealerPortal.Core.Accounts;
using DealerPortal.Core.Credits;
using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Mail.Mails;
using DealerPortal.Core.Organisations;
using DealerPortal.Web.Features.Dossiers.Print;
using DealerPortal.Web.Features.Files;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Web.Features.Dossiers.Details;

/// <summary>A dossier as its page shows it, to the organisation and to staff.</summary>
public sealed record DossierDetails
{
    public required Dossier Dossier { get; init; }
    public required string AuthorName { get; init; }

    /// <summary>Whose dossier it is, where that is not who filed it.</summary>
    public required string? OwnerName { get; init; }
    public required Branch? Branch { get; init; }
    public required string? ModelName { get; init; }
    public required DossierKind Kind { get; init; }

    /// <summary>What only its type asks.</summary>
    public required IReadOnlyList<DossierAnswer> Answers { get; init; }

    /// <summary>What only its type tells on a slip.</summary>
    public required SlipFacts Slip { get; init; }
    public required Appointment? Appointment { get; init; }

    /// <summary>The newest first; without internal entries for a dealer.</summary>
    public required IReadOnlyList<TimelineItem> Timeline { get; init; }

    public required IReadOnlyList<FileItem> Files { get; init; }

    /// <summary>The dossier whose data it took over, where the reader may see that.</summary>
    public required string? CopiedFrom { get; init; }

    /// <summary>The type of the dossier that it follows from, as a return from an accepted DOA; null for a copy of its own kind.</summary>
    public required DossierType? FollowsFrom { get; init; }

    public required IReadOnlyList<string> Copies { get; init; }

    /// <summary>What was credited for it, the latest first.</summary>
    public required IReadOnlyList<Credit> Credits { get; init; }

    /// <summary>The dossier that goes on in its place, where it was merged as a duplicate.</summary>
    public required string? MergedInto { get; init; }

    /// <summary>Whether nothing moves it any more: it goes on in another, or was anonymised.</summary>
    public bool IsFrozen => MergedInto is not null || Dossier.AnonymisedAt is not null;

    /// <summary>Whether support has still to say which service the house offers.</summary>
    public required bool LacksOffer { get; init; }

    /// <summary>What a form carries to tell later what its writer had not seen.</summary>
    public long LastSeen => Timeline.Count == 0 ? 0 : Timeline.Max(item => item.Entry.Id);

    public bool IsAtEndUser => Branch is null && EndUserAddress is not null;

    /// <summary>Where the device is, or where it goes to: a branch's address or the end user's, as a line.</summary>
    public string? Place => Branch?.AddressLine ?? EndUserAddress;

    /// <summary>Whom to ask for at the branch, with its number; null where it names nobody, or the dossier somebody itself.</summary>
    public string? BranchContact => Slip.Contact is null && Branch is { ContactName: { } name }
        ? string.Join(", ", new[] { name, Branch.Phone is { } phone ? PhoneNumber.Display(phone) : null }.OfType<string>())
        : null;

    /// <summary>When the branch is open; null where the dossier says itself when and how to come in.</summary>
    public string? BranchHours => Slip.Access is null ? Branch?.OpeningHours : null;

    /// <summary>The dossier as mails tell it.</summary>
    public DossierFacts Facts => DossierFacts.Of(Dossier, Kind, () => Answers, ModelName);

    public string? EndUserAddress
    {
        get
        {
            var town = string.Join(' ', new[] { Dossier.EndUserPostalCode, Dossier.EndUserTown }.Where(part => part is not null));
            var line = string.Join(", ", new[] { Dossier.EndUserStreet, town }.Where(part => !string.IsNullOrEmpty(part)));
            return line.Length == 0 ? null : line;
        }
    }
}

/// <param name="AssigneeName">The person whom <see cref="TimelineEntry.AssigneeId"/> names.</param>
/// <param name="Changes">What was corrected, with <see cref="TimelineKind.DataChanged"/>.</param>
public sealed record TimelineItem(TimelineEntry Entry, string? ActorName, string? AssigneeName, IReadOnlyList<FileItem> Files, IReadOnlyList<DossierFieldChange> Changes);

/// <param name="TimelineEntryId">The message it came with; null for the files of the form.</param>
public sealed record FileItem(Guid Id, string Name, long Length, DateTime UploadedAt, bool HasThumbnail, long? TimelineEntryId, string? Slot)
{
    public string Url => $"/files/{Id:D}";
    public string ThumbnailUrl => $"{Url}/thumbnail";
}

/// <summary>Reads a dossier with all that its page shows.</summary>
public sealed class DossierReading(PortalDbContext db, DossierKinds kinds)
{
    /// <returns>Null when there is no such dossier for this reader.</returns>
    public async Task<DossierDetails?> ReadAsync(string number, Reader reader, CancellationToken ct)
    {
        var found = await (
            from dossier in db.Dossiers.AsNoTracking().VisibleTo(reader)
            join author in db.Users.AsNoTracking() on dossier.AuthorId equals author.Id
            join owner in db.Users.AsNoTracking() on dossier.OwnerId equals owner.Id
            from branch in db.Branches.AsNoTracking().ScopedTo(reader).Where(b => b.Id == dossier.BranchId).DefaultIfEmpty()
            from appointment in db.Appointments.AsNoTracking().ScopedTo(reader).Where(a => a.DossierId == dossier.Id).DefaultIfEmpty()
            where dossier.Number == number
            select new { dossier, AuthorName = PersonName.Shown(author.FirstName + " " + author.LastName), OwnerName = PersonName.Shown(owner.FirstName + " " + owner.LastName), branch, appointment }).SingleOrDefaultAsync(ct);
        if (found is null)
            return null;

        var id = found.dossier.Id;
        var kind = kinds[found.dossier.Type];
        var details = await kind.FindAsync(db, id, reader, ct);
        var model = found.dossier.ModelId is { } modelId ? await db.Models.AsNoTracking().Where(m => m.Id == modelId).Select(m => m.Name).SingleAsync(ct) : null;
        var files = await db.Attachments.AsNoTracking().ScopedTo(reader).Where(a => a.DossierId == id).OrderBy(a => a.UploadedAt).ThenBy(a => a.Id)
            .Select(a => new FileItem(a.Id, a.Name, a.Length, a.UploadedAt, a.ThumbnailKey != null, a.TimelineEntryId, a.Slot)).ToListAsync(ct);
        var filesOfEntry = files.ToLookup(file => file.TimelineEntryId);
        var changes = (await db.Set<DossierFieldChange>().AsNoTracking().ScopedTo(reader).Where(c => c.DossierId == id).OrderBy(c => c.Id).ToListAsync(ct)).ToLookup(c => c.TimelineEntryId);
        var mergedInto = found.dossier.MergedIntoId is { } into ? await db.Dossiers.AsNoTracking().ScopedTo(reader).Where(d => d.Id == into).Select(d => d.Number).SingleAsync(ct) : null;
        // Named in the query, the organisation would tempt SQLite to read all of its dossiers.
        var links = (await db.Dossiers.AsNoTracking().OfFound().Where(d => d.Id == found.dossier.CopiedFromId || d.CopiedFromId == id)
            .OrderBy(d => d.Id).Select(d => new { d.Id, d.Number, d.Type, d.OrganisationId, d.OwnerId }).ToListAsync(ct))
            .FindAll(d => reader.IsStaff || (d.OrganisationId == found.dossier.OrganisationId && (reader.SeesWholeOrganisation || d.OwnerId == reader.UserId)));
        var source = links.Find(link => link.Id == found.dossier.CopiedFromId);
        return new DossierDetails
        {
            Dossier = found.dossier,
            AuthorName = found.AuthorName,
            OwnerName = found.dossier.AuthorId == found.dossier.OwnerId ? null : found.OwnerName,
            Branch = found.branch,
            ModelName = model?.In(Languages.Current),
            Kind = kind,
            Answers = details is null ? [] : [.. kind.Answers(details).Where(answer => answer.Value.Length > 0)],
            Slip = details is null ? new SlipFacts() : kind.Slip(details),
            Appointment = found.appointment,
            Timeline = [.. (await TimelineAsync(id, reader, ct)).Select(row => new TimelineItem(row.Entry, row.ActorName, row.AssigneeName, [.. filesOfEntry[row.Entry.Id]], [.. changes[row.Entry.Id]]))],
            Files = files,
            CopiedFrom = source?.Number,
            FollowsFrom = source?.Type == found.dossier.Type ? null : source?.Type,
            Copies = [.. links.Where(link => link != source).Select(link => link.Number)],
            Credits = await db.Credits.AsNoTracking().OfDossier(found.dossier).ToListAsync(ct),
            MergedInto = mergedInto,
            LacksOffer = details is not null && kind.LacksOffer(details),
        };
    }

    private async Task<List<(TimelineEntry Entry, string? ActorName, string? AssigneeName)>> TimelineAsync(long dossierId, Reader reader, CancellationToken ct)
    {
        var isStaff = reader.IsStaff;
        var rows = await (
            from entry in db.Timeline.AsNoTracking().ScopedTo(reader)
            join user in db.Users.AsNoTracking() on entry.ActorId equals user.Id into actors
            from actor in actors.DefaultIfEmpty()
            join person in db.Users.AsNoTracking() on entry.AssigneeId equals person.Id into assignees
            from assignee in assignees.DefaultIfEmpty()
            where entry.DossierId == dossierId && (isStaff || !entry.IsInternal)
            orderby entry.At descending, entry.Id descending
            select new
            {
                entry,
                Actor = PersonName.Shown(actor == null ? null : actor.FirstName + " " + actor.LastName),
                Assignee = PersonName.Shown(assignee == null ? null : assignee.FirstName + " " + assignee.LastName),
            }).ToListAsync(ct);
        return [.. rows.Select(row => (row.entry, row.Actor, row.Assignee))];
    }
}

public static class DossierPageServices
{
    /// <summary>What the pages of a dossier share, for dealers and for staff.</summary>
    public static IServiceCollection AddDossierPages(this IServiceCollection services) => services.AddScoped<DossierReading>().AddScoped<DetailsScreen>().AddScoped<FileTickets>().AddScoped<MessageFiles>().AddScoped<SheetReading>();
}
