using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace DealerPortal.Core.Accounts.SecondFactor;

/// <summary>
/// Time-based codes as authenticator apps show them (RFC 6238): six digits, SHA-1, steps of 30 seconds. Identity's own provider
/// reads the machine's clock and does not say which step a code belongs to, without which no code can be refused the second time.
/// </summary>
public static class Totp
{
    public const int Digits = 6;
    public static readonly TimeSpan Step = TimeSpan.FromSeconds(30);

    /// <summary>Steps before and after the current one whose codes count: clocks differ, and people type slowly.</summary>
    private const int Tolerance = 1;
    private const int KeyBytes = 20;
    private const int Modulo = 1_000_000;

    /// <summary>160 random bits, in Base32.</summary>
    public static string NewKey() => Base32.Encode(RandomNumberGenerator.GetBytes(KeyBytes));

    /// <param name="key">In Base32.</param>
    /// <param name="step">See <see cref="StepAt"/>.</param>
    public static string CodeOf(string key, long step)
    {
        Span<byte> counter = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        // The standard's hash, and the only one that all apps know; no collision of it helps anybody here.
#pragma warning disable CA5350
        var hash = HMACSHA1.HashData(Base32.Decode(key), counter);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(hash[^1] & 0xF)) & int.MaxValue;
        return (number % Modulo).ToString("D6", CultureInfo.InvariantCulture);
    }

    public static long StepAt(DateTime utc) => (long)Math.Floor((utc - DateTime.UnixEpoch) / Step);

    /// <summary>The step whose code this is, if it is within the tolerance and after the last one used; null otherwise.</summary>
    public static long? Match(string key, string code, DateTime now, long? lastUsed)
    {
        var current = StepAt(now);
        long? match = null;
        for (var step = current - Tolerance; step <= current + Tolerance; step++)
        {
            // All of them are compared, so that the time taken says nothing.
            if (Secrets.Same(CodeOf(key, step), code) && step > (lastUsed ?? long.MinValue))
                match = step;
        }

        return match;
    }

    /// <summary>What the QR code says: who the code is for, and by what key.</summary>
    public static string Uri(string issuer, string account, string key)
    {
        var name = System.Uri.EscapeDataString(issuer);
        return $"otpauth://totp/{name}:{System.Uri.EscapeDataString(account)}?secret={key}&issuer={name}&digits={Digits}&period={(int)Step.TotalSeconds}";
    }

    /// <summary>The key in groups of four, for typing.</summary>
    public static string Grouped(string key) => new StringBuilder().AppendJoin(' ', key.Chunk(4).Select(group => new string(group))).ToString();
}

/// <summary>RFC 4648, without padding.</summary>
internal static class Base32
{
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private const int Bits = 5;

    public static string Encode(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder();
        var (buffer, held) = (0, 0);
        foreach (var value in bytes)
        {
            buffer = (buffer << 8) | value;
            for (held += 8; held >= Bits; held -= Bits)
                text.Append(Letters[(buffer >> (held - Bits)) & 0x1F]);
            buffer &= (1 << held) - 1;
        }

        return held == 0 ? text.ToString() : text.Append(Letters[(buffer << (Bits - held)) & 0x1F]).ToString();
    }

    /// <exception cref="FormatException">A character that is none of the alphabet.</exception>
    public static byte[] Decode(string text)
    {
        var bytes = new List<byte>(text.Length * Bits / 8);
        var (buffer, held) = (0, 0);
        foreach (var letter in text)
        {
            var value = Letters.IndexOf(letter, StringComparison.Ordinal);
            if (value < 0)
                throw new FormatException("Not Base32.");
            buffer = (buffer << Bits) | value;
            held += Bits;
            if (held < 8)
                continue;
            held -= 8;
            bytes.Add((byte)(buffer >> held));
            buffer &= (1 << held) - 1;
        }

        return [.. bytes];
    }
}
