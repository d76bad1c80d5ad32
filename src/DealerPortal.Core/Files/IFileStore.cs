namespace DealerPortal.Core.Files;

/// <summary>An object of the store, as the sweep sees it.</summary>
/// <param name="Length">Bytes.</param>
public sealed record StoredObject(string Key, DateTime LastWriteUtc, long Length);

/// <summary>
/// Keeps bytes under keys made by <see cref="FileKeys.New"/>. An object is written once and never changed. A malformed
/// key is a programming error: <see cref="ArgumentException"/>. What the medium refuses (full, unreachable) surfaces as
/// <see cref="IOException"/>.
/// </summary>
public interface IFileStore
{
    /// <summary>
    /// Returns when the bytes are durable and readable under <paramref name="key"/>; until then nothing is visible under
    /// it. Throws <see cref="IOException"/> when the key is taken; the first object stays.
    /// </summary>
    Task WriteAsync(string key, Stream content, CancellationToken ct);

    /// <returns>A readable, seekable stream that the caller disposes of, or null when there is no such object.</returns>
    Task<Stream?> OpenAsync(string key, CancellationToken ct);

    /// <summary>Removes an object; also takes every key that <see cref="ListAsync"/> reports.</summary>
    /// <returns>Whether there was something to remove.</returns>
    Task<bool> DeleteAsync(string key, CancellationToken ct);

    /// <summary>
    /// Every object in no particular order, unfinished writes included under keys of their own. Objects that come or go
    /// meanwhile may or may not be reported.
    /// </summary>
    IAsyncEnumerable<StoredObject> ListAsync(CancellationToken ct);
}
