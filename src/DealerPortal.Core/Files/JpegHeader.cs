using System.Buffers.Binary;

namespace DealerPortal.Core.Files;

/// <summary>
/// What the markers of a JPEG tell about the cost of decoding it. Source: ITU-T T.81, annex B.
/// </summary>
/// <param name="ScanCount">Passes over the picture that its data takes.</param>
/// <param name="CoefficientBytes">What the decoder holds when it needs several scans before it can put out a pixel, else 0.</param>
/// <param name="Length">Bytes up to and including the end marker; whatever follows is not the picture.</param>
internal sealed record JpegHeader(int Width, int Height, int ScanCount, long CoefficientBytes, int Length)
{
    /// <exception cref="FileRefusedException">The markers make no sense or the file ends before its end marker.</exception>
    public static JpegHeader Read(ReadOnlySpan<byte> jpeg)
    {
        int width = 0, height = 0, scans = 0, components = 0;
        var samples = 0L;
        var severalScans = false;

        var at = 2;
        while (true)
        {
            var next = jpeg[Math.Min(at, jpeg.Length)..].IndexOf((byte)0xFF);
            if (next < 0 || at + next + 1 >= jpeg.Length)
                throw new FileRefusedException(FileRefusal.Damaged);
            at += next + 1;

            var marker = jpeg[at];
            if (marker == 0xFF)
                continue;
            at++;
            if (marker is 0x00 or 0x01 or (>= 0xD0 and <= 0xD8))
                continue;
            if (marker == 0xD9)
                break;

            var segment = Segment(jpeg, at);
            at += segment.Length + 2;
            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
            {
                // A second frame header would make the figures of the first one worthless.
                if (components > 0 || segment.Length < 6 || segment.Length < 6 + 3 * segment[5])
                    throw new FileRefusedException(FileRefusal.Damaged);
                height = BinaryPrimitives.ReadUInt16BigEndian(segment[1..]);
                width = BinaryPrimitives.ReadUInt16BigEndian(segment[3..]);
                components = segment[5];
                samples = Samples(width, height, segment.Slice(6, 3 * components));
                severalScans = marker is not (0xC0 or 0xC1);
            }
            else if (marker == 0xDA)
            {
                scans++;
                severalScans |= segment.Length < 1 || segment[0] != components;
            }
        }

        if (width == 0 || height == 0 || scans == 0)
            throw new FileRefusedException(FileRefusal.Damaged);
        return new JpegHeader(width, height, scans, severalScans ? samples * sizeof(short) : 0, at);
    }

    private static ReadOnlySpan<byte> Segment(ReadOnlySpan<byte> jpeg, int at)
    {
        var length = at + 2 <= jpeg.Length ? BinaryPrimitives.ReadUInt16BigEndian(jpeg[at..]) : 0;
        return length >= 2 && at + length <= jpeg.Length
            ? jpeg.Slice(at + 2, length - 2)
            : throw new FileRefusedException(FileRefusal.Damaged);
    }

    // Components are stored at their own resolution, given relative to the finest one.
    private static long Samples(int width, int height, ReadOnlySpan<byte> components)
    {
        int maxAcross = 1, maxDown = 1, sum = 0;
        for (var i = 1; i < components.Length; i += 3)
        {
            int across = components[i] >> 4, down = components[i] & 0x0F;
            maxAcross = Math.Max(maxAcross, across);
            maxDown = Math.Max(maxDown, down);
            sum += across * down;
        }

        return (long)width * height * sum / (maxAcross * maxDown);
    }
}
