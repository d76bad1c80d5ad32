namespace DealerPortal.Core.Files;

/// <summary>What an uploaded file is, as told by its bytes. Anything else is refused.</summary>
public enum FileKind
{
    Jpeg,
    Png,
    WebP,
    Heic,
    Pdf,
}

/// <summary>Why an upload was refused. Each value has its own message to the dealer.</summary>
public enum FileRefusal
{
    /// <summary>No bytes at all.</summary>
    Empty,

    /// <summary>More than <see cref="FileLimits.MaxBytes"/>.</summary>
    TooLarge,

    /// <summary>None of the accepted kinds, or an animation.</summary>
    UnknownType,

    /// <summary>An accepted kind that ends too early or cannot be decoded.</summary>
    Damaged,

    /// <summary>An image whose dimensions are too large to be decoded safely.</summary>
    TooManyPixels,

    /// <summary>A PDF protected by a password or by usage rights: nobody but its maker could surely read it.</summary>
    EncryptedPdf,

    /// <summary>The dossier has <see cref="FileLimits.MaxFilesPerDossier"/> files already. Decided by who knows the dossier.</summary>
    TooMany,
}

public static class FileLimits
{
    /// <summary>Largest accepted upload: 15 MiB.</summary>
    public const int MaxBytes = 15 * 1024 * 1024;

    /// <summary>Files of one dossier, drafts included.</summary>
    public const int MaxFilesPerDossier = 20;

    /// <summary>Longest side of a stored image in pixels; larger ones are reduced.</summary>
    public const int MaxStoredSide = 4096;

    /// <summary>Side in pixels of the square that a thumbnail fits in.</summary>
    public const int ThumbnailSide = 224;

    /// <summary>Longest file name, extension included, in UTF-16 code units.</summary>
    public const int MaxNameLength = Attachment.NameMaxLength;

    /// <summary>Longest side that is decoded at all.</summary>
    internal const int MaxDecodedSide = 20_000;

    /// <summary>Pixels of a PNG or WebP, which must be decoded whole.</summary>
    internal const long MaxPixels = (long)MaxStoredSide * MaxStoredSide;

    /// <summary>Pixels of a HEIC: the 24-megapixel default of current phones fits, at the price of 150 MB while it is decoded.</summary>
    internal const long MaxHeicPixels = 25_000_000;

    /// <summary>Pixels of a sequential JPEG, which the decoder reduces block by block: 200-megapixel phones fit.</summary>
    internal const long MaxReducedPixels = 220_000_000;

    /// <summary>Memory that one image may need, by its own figures (HEIC excepted, which <see cref="MaxHeicPixels"/> bounds).</summary>
    internal const long MaxDecodedBytes = 93_000_000;
}

public static class FileKinds
{
    /// <summary>The media type to serve the kind with.</summary>
    public static string ContentType(this FileKind kind) => kind switch
    {
        FileKind.Jpeg => "image/jpeg",
        FileKind.Png => "image/png",
        FileKind.WebP => "image/webp",
        FileKind.Heic => "image/heic",
        FileKind.Pdf => "application/pdf",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    /// <summary>The file name extension of the kind, with its dot.</summary>
    public static string Extension(this FileKind kind) => kind switch
    {
        FileKind.Jpeg => ".jpg",
        FileKind.Png => ".png",
        FileKind.WebP => ".webp",
        FileKind.Heic => ".heic",
        FileKind.Pdf => ".pdf",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };
}
