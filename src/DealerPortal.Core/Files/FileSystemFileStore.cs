using System.Security.Cryptography;

namespace DealerPortal.Core.Files;

public sealed class FileSystemFileStoreOptions
{
    /// <summary>The folder that holds the files; created when missing. Nothing else may be kept in it.</summary>
    public required string Path { get; init; }
}

/// <summary>
/// The default store: one file per object. A write goes to a temporary name beside its target, is flushed to the disk and
/// then moved, so that a crash leaves at worst a <c>.tmp</c> file, or an empty one that no row names, for the sweep.
/// </summary>
public sealed class FileSystemFileStore(FileSystemFileStoreOptions options) : IFileStore
{
    private const string TemporarySuffix = ".tmp";
    private const int TemporaryTagLength = 8;
    private const int BufferSize = 81920;

    private readonly string root = Path.GetFullPath(options.Path);

    public async Task WriteAsync(string key, Stream content, CancellationToken ct)
    {
        var target = PathOf(key);
        var temporary = $"{target}.{RandomNumberGenerator.GetHexString(TemporaryTagLength, lowercase: true)}{TemporarySuffix}";
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        var isTaken = false;
        try
        {
            var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, BufferSize, FileOptions.Asynchronous);
            await using (file.ConfigureAwait(false))
            {
                await content.CopyToAsync(file, ct).ConfigureAwait(false);
                await file.FlushAsync(ct).ConfigureAwait(false);
                file.Flush(flushToDisk: true);
            }

            // A move that must not overwrite looks first and moves then, which two writers can do at once: only making a file is one step.
            await new FileStream(target, FileMode.CreateNew, FileAccess.Write).DisposeAsync().ConfigureAwait(false);
            isTaken = true;
            File.Move(temporary, target, overwrite: true);
        }
        catch
        {
            TryDelete(temporary);
            if (isTaken)
                TryDelete(target);
            throw;
        }
    }

    public Task<Stream?> OpenAsync(string key, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var path = PathOf(key);
        try
        {
            // Sharing deletion lets the sweep remove a file that is being read; the reader still gets all of it.
            return Task.FromResult<Stream?>(new FileStream(
                path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, BufferSize, FileOptions.Asynchronous | FileOptions.SequentialScan));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return Task.FromResult<Stream?>(null);
        }
    }

    public Task<bool> DeleteAsync(string key, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var path = IsTemporaryKey(key) ? Path.Combine(root, key) : PathOf(key);
        var existed = File.Exists(path);
        if (existed)
            File.Delete(path);
        return Task.FromResult(existed);
    }

    public IAsyncEnumerable<StoredObject> ListAsync(CancellationToken ct) => List(ct).ToAsyncEnumerable();

    private IEnumerable<StoredObject> List(CancellationToken ct)
    {
        if (!Directory.Exists(root))
            yield break;

        // Files that are not the store's (lost+found, a stray note) are not reported, so the sweep leaves them alone.
        foreach (var file in new DirectoryInfo(root).EnumerateFiles("*", SearchOption.AllDirectories))
        {
            ct.ThrowIfCancellationRequested();
            var key = Path.GetRelativePath(root, file.FullName).Replace(Path.DirectorySeparatorChar, '/');
            if ((FileKeys.IsValid(key) || IsTemporaryKey(key)) && file.Exists)
                yield return new StoredObject(key, file.LastWriteTimeUtc, file.Length);
        }
    }

    private static bool IsTemporaryKey(string key) =>
        key.Length == FileKeys.Length + 1 + TemporaryTagLength + TemporarySuffix.Length
        && FileKeys.IsValid(key[..FileKeys.Length])
        && key[FileKeys.Length] == '.'
        && !key.AsSpan(FileKeys.Length + 1, TemporaryTagLength).ContainsAnyExcept(FileKeys.LowerHex)
        && key.EndsWith(TemporarySuffix, StringComparison.Ordinal);

    private string PathOf(string key) => FileKeys.IsValid(key)
        ? Path.Combine(root, key)
        : throw new ArgumentException("Not a file key.", nameof(key));

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The failure that brought us here is the one to report; the sweep takes what is left.
        }
    }
}
