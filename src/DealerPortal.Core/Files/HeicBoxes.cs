using System.Buffers.Binary;

namespace DealerPortal.Core.Files;

/// <summary>The outermost boxes of a HEIC file. Source: ISO/IEC 14496-12, 4.2 (object structure).</summary>
internal static class HeicBoxes
{
    private const int HeaderLength = 8;
    private const int LargeHeaderLength = 16;

    /// <summary>Whether every box ends within the file.</summary>
    public static bool AreWhole(ReadOnlySpan<byte> heic)
    {
        while (heic.Length >= HeaderLength)
        {
            ulong size = BinaryPrimitives.ReadUInt32BigEndian(heic);
            if (size == 0)
                return true;
            if (size == 1 && heic.Length >= LargeHeaderLength)
                size = BinaryPrimitives.ReadUInt64BigEndian(heic[HeaderLength..]);
            if (size < HeaderLength || size > (ulong)heic.Length)
                return false;
            heic = heic[(int)size..];
        }

        return true;
    }
}
