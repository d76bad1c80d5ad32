using System.Security.Cryptography;

namespace DealerPortal.Core.Files;

/// <summary>What became of an upload.</summary>
public abstract record IntakeResult
{
    private IntakeResult()
    {
    }

    public sealed record Accepted(ProcessedFile File) : IntakeResult;

    public sealed record Refused(FileRefusal Reason) : IntakeResult;
}

/// <summary>A file that is safe to store and to serve (as an attachment, after the access check).</summary>
/// <param name="Kind">The kind of <paramref name="Content"/>, which may differ from what was sent (HEIC → JPEG).</param>
/// <param name="FileName">Cleaned by <see cref="FileNames.Clean"/>, with the extension of <paramref name="Kind"/>.</param>
/// <param name="Thumbnail">A JPEG that fits in <see cref="FileLimits.ThumbnailSide"/>; null for a PDF.</param>
/// <param name="Sha256Hex">Lower-case hash of <paramref name="Content"/>.</param>
/// <param name="Length">Bytes of <paramref name="Content"/>.</param>
/// <param name="Width">Pixels, orientation applied; null for a PDF.</param>
public sealed record ProcessedFile(
    FileKind Kind,
    string ContentType,
    string FileName,
    byte[] Content,
    byte[]? Thumbnail,
    string Sha256Hex,
    long Length,
    int? Width,
    int? Height);

/// <summary>
/// Turns an upload into a file that is safe to keep, or says why not. Bytes decide, names do not. Images are decoded within
/// bounds and written anew, so that nothing but pixels gets through (no EXIF, no GPS, no second file behind the picture); a
/// PDF is checked and stored as it is. Source: design.md «Drafts, files, double sends», quality.md S13.
/// </summary>
public sealed class FileIntake : IDisposable
{
    // An upload of the largest size and its decoded image are in memory at once: as many of them as there are processors.
    private readonly SemaphoreSlim gate = new(Environment.ProcessorCount);

    /// <summary>
    /// Reads at most <see cref="FileLimits.MaxBytes"/> of <paramref name="upload"/>, which stays open. Pass a stream that does
    /// not wait for the network (a form file is one): a place among the few that work at once is held while it is read.
    /// </summary>
    /// <param name="fileName">As the browser sent it.</param>
    public async Task<IntakeResult> AcceptAsync(Stream upload, string fileName, CancellationToken ct)
    {
        var head = new byte[FileInspector.HeadLength];
        var headLength = await upload.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, ct).ConfigureAwait(false);
        if (headLength == 0)
            return new IntakeResult.Refused(FileRefusal.Empty);
        if (FileInspector.Detect(head.AsSpan(0, headLength)) is not { } kind)
            return new IntakeResult.Refused(FileRefusal.UnknownType);

        await gate.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            var content = await ReadRestAsync(head.AsMemory(0, headLength), upload, ct).ConfigureAwait(false);
            return content is null
                ? new IntakeResult.Refused(FileRefusal.TooLarge)
                : await Task.Run(() => Process(kind, content, fileName), ct).ConfigureAwait(false);
        }
        finally
        {
            gate.Release();
        }
    }

    public void Dispose() => gate.Dispose();

    /// <returns>The whole upload, or null when it is larger than allowed.</returns>
    private static async Task<byte[]?> ReadRestAsync(ReadOnlyMemory<byte> head, Stream upload, CancellationToken ct)
    {
        // A file on disk knows its length: one buffer of the right size instead of a growing one.
        var expected = upload.CanSeek ? upload.Length - upload.Position + head.Length : 0;
        if (expected > FileLimits.MaxBytes)
            return null;

        using var buffer = new MemoryStream((int)Math.Max(expected, head.Length));
        buffer.Write(head.Span);
        var chunk = new byte[65536];
        int read;
        while ((read = await upload.ReadAsync(chunk, ct).ConfigureAwait(false)) > 0)
        {
            if (buffer.Length + read > FileLimits.MaxBytes)
                return null;
            buffer.Write(chunk, 0, read);
        }

        return buffer.Capacity == buffer.Length ? buffer.GetBuffer() : buffer.ToArray();
    }

    private static IntakeResult Process(FileKind kind, byte[] content, string fileName)
    {
        if (kind == FileKind.Pdf)
        {
            return PdfInspector.Inspect(content) is { } reason
                ? new IntakeResult.Refused(reason)
                : Accept(FileKind.Pdf, fileName, content, null, null, null);
        }

        try
        {
            var image = ImageProcessor.Process(kind, content);
            return Accept(image.Kind, fileName, image.Content, image.Thumbnail, image.Width, image.Height);
        }
        catch (FileRefusedException e)
        {
            return new IntakeResult.Refused(e.Reason);
        }
    }

    private static IntakeResult.Accepted Accept(
        FileKind kind, string fileName, byte[] content, byte[]? thumbnail, int? width, int? height) =>
        new(new ProcessedFile(
            kind,
            kind.ContentType(),
            FileNames.Clean(fileName, kind),
            content,
            thumbnail,
            Convert.ToHexStringLower(SHA256.HashData(content)),
            content.Length,
            width,
            height));
}
