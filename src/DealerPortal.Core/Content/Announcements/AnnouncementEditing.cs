using DealerPortal.Core.Audit;
using DealerPortal.Core.Data;
using DealerPortal.Core.Files;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Core.Content.Announcements;

/// <summary>An announcement as it is to be; checked by the caller.</summary>
/// <param name="ShownFrom">Null: from when it is published.</param>
/// <param name="Texts">One for each of <see cref="Languages.All"/>.</param>
public sealed record AnnouncementContent(
    AnnouncementKind Kind, string? Country, DateTime? ShownFrom, DateTime? ShownUntil, DateTime? DownFrom, DateTime? DownUntil, IReadOnlyList<AnnouncementWords> Texts);

/// <param name="NewSheet">Takes the place of the one there is.</param>
/// <param name="KeepsSheet">Whether the one there is stays where no new one comes.</param>
public sealed record AnnouncementWords(string Language, string Title, string Summary, string Body, KeptFile? NewSheet, bool KeepsSheet);

public enum AnnouncementOutcome
{
    Saved,
    NotFound,

    /// <summary>Somebody saved it since it was read, or it is not in a state for this step.</summary>
    Changed,

    /// <summary>A file that came along belongs to another announcement by now.</summary>
    SheetGone,
}

/// <param name="Id">Of the announcement that was saved.</param>
public readonly record struct AnnouncementResult(AnnouncementOutcome Outcome, int Id = 0);

/// <summary>Writes, publishes, takes back and removes announcements.</summary>
public sealed class AnnouncementEditing(PortalDatabase database, FileKeeping files, CurrentAnnouncements current, TimeProvider time)
{
    private const string Subject = nameof(Announcement);

    /// <param name="publish">Whether dealers are to see it from its moment on; it then must have every language.</param>
    public Task<AnnouncementResult> AddAsync(AnnouncementContent content, bool publish, int actorId, CancellationToken ct) => SaveAsync(
        async (write, now, token) =>
        {
            var added = new Announcement { Kind = content.Kind, CreatedAt = now, CreatedById = actorId, UpdatedAt = now, UpdatedById = actorId };
            added.Texts.AddRange(content.Texts.Select(words => new AnnouncementText { Language = words.Language, Title = "", Summary = "", Body = "" }));
            Take(added, content, publish, actorId, now);
            write.Db.Add(added);
            await write.Db.SaveChangesAsync(token);
            write.Db.Record(now, actorId, publish ? "announcement.published" : "announcement.added", Subject, added.Id, added.Kind.ToString());
            return (new AnnouncementResult(AnnouncementOutcome.Saved, added.Id), []);
        }, ct);

    /// <param name="stamp">Of the row the person had before them.</param>
    /// <param name="publish">Also for one that is published already.</param>
    public Task<AnnouncementResult> ChangeAsync(int id, Guid stamp, AnnouncementContent content, bool publish, int actorId, CancellationToken ct) => SaveAsync(
        async (write, now, token) =>
        {
            if (await FindAsync(write, id, token) is not { } found)
                return (new AnnouncementResult(AnnouncementOutcome.NotFound), []);
            if (found.Stamp != stamp || (found.PublishedAt is not null && !publish))
                return (new AnnouncementResult(AnnouncementOutcome.Changed), []);
            var appears = publish && (found.PublishedAt is null || found.WithdrawnAt is not null);
            var dropped = Take(found, content, publish, actorId, now);
            write.Db.Record(now, actorId, appears ? "announcement.published" : "announcement.changed", Subject, id, found.Kind.ToString());
            return (new AnnouncementResult(AnnouncementOutcome.Saved, id), dropped);
        }, ct);

    /// <summary>Takes back what was published; it can be published again. Twice is as good as once.</summary>
    public Task<AnnouncementResult> WithdrawAsync(int id, int actorId, CancellationToken ct) => SaveAsync(
        async (write, now, token) =>
        {
            if (await FindAsync(write, id, token) is not { } found)
                return (new AnnouncementResult(AnnouncementOutcome.NotFound), []);
            if (found.PublishedAt is null)
                return (new AnnouncementResult(AnnouncementOutcome.Changed), []);
            if (found.WithdrawnAt is null)
            {
                (found.WithdrawnAt, found.UpdatedAt, found.UpdatedById) = (now, now, actorId);
                write.Db.Record(now, actorId, "announcement.withdrawn", Subject, id);
            }

            return (new AnnouncementResult(AnnouncementOutcome.Saved, id), []);
        }, ct);

    /// <summary>Removes a draft. What was published stays on record.</summary>
    public Task<AnnouncementResult> RemoveAsync(int id, int actorId, CancellationToken ct) => SaveAsync(
        async (write, now, token) =>
        {
            if (await FindAsync(write, id, token) is not { } draft)
                return (new AnnouncementResult(AnnouncementOutcome.NotFound), []);
            if (draft.PublishedAt is not null)
                return (new AnnouncementResult(AnnouncementOutcome.Changed), []);
            write.Db.RemoveRange(draft.Texts);
            write.Db.Remove(draft);
            write.Db.Record(now, actorId, "announcement.removed", Subject, id);
            return (new AnnouncementResult(AnnouncementOutcome.Saved, id), [.. draft.Texts.Select(t => t.SheetKey)]);
        }, ct);

    private static Task<Announcement?> FindAsync(WriteScope write, int id, CancellationToken ct) =>
        write.Db.Announcements.Include(a => a.Texts).SingleOrDefaultAsync(a => a.Id == id, ct);

    /// <summary>Makes the row what the person wants. The keys of sheets that nobody names any more.</summary>
    private static List<string?> Take(Announcement row, AnnouncementContent content, bool publish, int actorId, DateTime now)
    {
        var isDowntime = content.Kind == AnnouncementKind.Downtime;
        row.Kind = content.Kind;
        row.Country = isDowntime ? null : content.Country;
        row.ShownFrom = content.ShownFrom ?? (publish ? now : null);
        row.ShownUntil = isDowntime ? content.DownUntil : content.ShownUntil;
        row.DownFrom = isDowntime ? content.DownFrom : null;
        row.DownUntil = isDowntime ? content.DownUntil : null;
        row.UpdatedAt = now;
        row.UpdatedById = actorId;
        if (publish)
            (row.PublishedAt, row.WithdrawnAt) = (row.PublishedAt ?? now, null);
        var dropped = new List<string?>();
        foreach (var words in content.Texts)
        {
            var text = row.Texts.Single(t => t.Language == words.Language);
            text.Title = words.Title;
            text.Summary = words.Summary;
            text.Body = words.Body;
            if (words.NewSheet is null && words.KeepsSheet)
                continue;
            dropped.Add(text.SheetKey);
            text.SheetKey = words.NewSheet?.StorageKey;
            text.SheetName = words.NewSheet?.Name;
            text.SheetLength = words.NewSheet?.Length;
            text.SheetSha256 = words.NewSheet?.Sha256;
        }

        return dropped;
    }

    private async Task<AnnouncementResult> SaveAsync(
        Func<WriteScope, DateTime, CancellationToken, Task<(AnnouncementResult Result, List<string?> Dropped)>> save, CancellationToken ct)
    {
        try
        {
            var (result, dropped) = await database.WriteAsync(
                (write, token) =>
                {
                    write.AfterCommit(current.Forget);
                    return save(write, time.GetUtcNow().UtcDateTime, token);
                },
                ct);
            await files.RemoveAsync(dropped);
            return result;
        }
        catch (DbUpdateConcurrencyException)
        {
            return new AnnouncementResult(AnnouncementOutcome.Changed);
        }
        catch (DbUpdateException exception) when (exception.IsUniqueViolation())
        {
            return new AnnouncementResult(AnnouncementOutcome.SheetGone);
        }
    }
}
