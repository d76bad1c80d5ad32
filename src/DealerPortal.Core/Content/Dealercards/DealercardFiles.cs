using DealerPortal.Core.Files;

namespace DealerPortal.Core.Content.Dealercards;

/// <summary>A PDF in the store, with the picture of its first page, that no version names yet.</summary>
public sealed record CardFile(KeptFile Pdf, string? ThumbnailKey, int? Pages);

/// <summary>What became of the picture of a first page: its key, or why there is none.</summary>
public sealed record CardPicture(string? Key, FileRefusal? Refusal);

/// <summary>Takes in the files of dealercards like every upload: the PDF is checked and kept as it is, the picture is drawn anew.</summary>
public sealed class DealercardFiles(FileIntake intake, FileKeeping keeping, IFileStore store)
{
    /// <summary>Anything but a PDF is refused as <see cref="FileRefusal.UnknownType"/>.</summary>
    /// <inheritdoc cref="FileKeeping.KeepAsync"/>
    public async Task<KeepResult> KeepPdfAsync(Stream upload, string fileName, CancellationToken ct) => await intake.AcceptAsync(upload, fileName, ct) switch
    {
        IntakeResult.Accepted { File: { Kind: FileKind.Pdf } pdf } => await keeping.StoreAsync(pdf, ct),
        IntakeResult.Refused refused => new KeepResult.Refused(refused.Reason),
        _ => new KeepResult.Refused(FileRefusal.UnknownType),
    };

    /// <summary>Keeps no more of a picture than the thumbnail.</summary>
    public async Task<CardPicture> KeepPictureAsync(Stream upload, string fileName, CancellationToken ct)
    {
        switch (await intake.AcceptAsync(upload, fileName, ct))
        {
            case IntakeResult.Accepted { File.Thumbnail: { } thumbnail }:
                var key = FileKeys.New();
                using (var content = new MemoryStream(thumbnail))
                    await store.WriteAsync(key, content, ct);
                return new CardPicture(key, null);
            case IntakeResult.Refused refused:
                return new CardPicture(null, refused.Reason);
            default:
                return new CardPicture(null, FileRefusal.UnknownType);
        }
    }
}
