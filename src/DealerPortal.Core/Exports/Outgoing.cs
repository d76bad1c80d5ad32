namespace DealerPortal.Core.Exports;

/// <summary>
/// Between a writer that writes synchronously now and then, as ZIP archives do, and a response that takes none of it: gathers
/// what is written until it is sent on.
/// </summary>
internal sealed class Outgoing(Stream target) : Stream
{
    private readonly MemoryStream _gathered = new();

    public override bool CanRead => false;
    public override bool CanSeek => false;
    public override bool CanWrite => true;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public async Task SendAsync(CancellationToken ct)
    {
        await target.WriteAsync(_gathered.GetBuffer().AsMemory(0, (int)_gathered.Length), ct);
        _gathered.SetLength(0);
    }

    public override void Write(byte[] buffer, int offset, int count) => _gathered.Write(buffer, offset, count);

    public override void Write(ReadOnlySpan<byte> buffer) => _gathered.Write(buffer);

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        _gathered.Dispose();
        base.Dispose(disposing);
    }
}
