using Microsoft.Extensions.Logging;

namespace DealerPortal.Core.Files;

/// <summary>What became of a file that somebody sent.</summary>
public abstract record KeepResult
{
    private KeepResult()
    {
    }

    public sealed record Kept(KeptFile File) : KeepResult;

    public sealed record Refused(FileRefusal Reason) : KeepResult;
}

/// <summary>A file whose bytes are in the store and that no row names yet. Without a row the sweep takes it after a day.</summary>
public sealed record KeptFile(string Name, string ContentType, long Length, string Sha256, string StorageKey, string? ThumbnailKey)
{
    public IReadOnlyList<string?> Keys => [StorageKey, ThumbnailKey];

    /// <summary>The row that makes it part of a draft, or of a dossier and perhaps of a message in it.</summary>
    public Attachment ToAttachment(
        int organisationId, int uploadedById, DateTime at, Guid? draftId = null, long? dossierId = null, long? timelineEntryId = null, string? slot = null) => new()
        {
            Id = Guid.CreateVersion7(),
            OrganisationId = organisationId,
            UploadedById = uploadedById,
            UploadedAt = at,
            DraftId = draftId,
            DossierId = dossierId,
            TimelineEntryId = timelineEntryId,
            Slot = slot,
            Name = Name,
            ContentType = ContentType,
            Length = Length,
            Sha256 = Sha256,
            StorageKey = StorageKey,
            ThumbnailKey = ThumbnailKey,
        };
}

/// <summary>Takes uploads in and removes files again, in the order that never leaves a row without its file.</summary>
public sealed partial class FileKeeping(FileIntake intake, IFileStore store, ILogger<FileKeeping> log)
{
    /// <summary>Cleans an upload and stores it. Slow: call it before the write that adds the row, and <see cref="RemoveAsync"/> when that write does not happen.</summary>
    /// <inheritdoc cref="FileIntake.AcceptAsync"/>
    public async Task<KeepResult> KeepAsync(Stream upload, string fileName, CancellationToken ct)
    {
        return await intake.AcceptAsync(upload, fileName, ct) switch
        {
            IntakeResult.Accepted accepted => await StoreAsync(accepted.File, ct),
            IntakeResult.Refused refused => new KeepResult.Refused(refused.Reason),
            _ => throw new InvalidOperationException("Unknown result of the intake."),
        };
    }

    /// <summary>Stores what the intake accepted.</summary>
    public async Task<KeepResult> StoreAsync(ProcessedFile file, CancellationToken ct)
    {
        var kept = new KeptFile(file.FileName, file.ContentType, file.Length, file.Sha256Hex, FileKeys.New(), file.Thumbnail is null ? null : FileKeys.New());
        await store.WriteAsync(kept.StorageKey, new MemoryStream(file.Content), ct);
        if (kept.ThumbnailKey is not null)
            await store.WriteAsync(kept.ThumbnailKey, new MemoryStream(file.Thumbnail!), ct);
        return new KeepResult.Kept(kept);
    }

    /// <summary>Removes stored objects whose rows are gone; what cannot be removed now is left to the sweep.</summary>
    public async Task RemoveAsync(IEnumerable<string?> keys)
    {
        foreach (var key in keys.OfType<string>())
        {
            try
            {
                await store.DeleteAsync(key, CancellationToken.None);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                NotRemoved(log, exception);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "A stored file could not be removed; the sweep will take it")]
    private static partial void NotRemoved(ILogger log, Exception exception);
}
