using System.Buffers;
using System.Security.Cryptography;

namespace DealerPortal.Core.Files;

/// <summary>Keys of stored files: <c>ab/cd/</c> and 32 hexadecimal digits that begin with <c>abcd</c>.</summary>
public static class FileKeys
{
    /// <summary>Length of every key in characters.</summary>
    public const int Length = 38;

    internal static readonly SearchValues<char> LowerHex = SearchValues.Create("0123456789abcdef");

    /// <summary>A new key from 128 random bits: unguessable and, for all practical purposes, unique.</summary>
    public static string New()
    {
        var hex = RandomNumberGenerator.GetHexString(32, lowercase: true);
        return $"{hex[..2]}/{hex[2..4]}/{hex}";
    }

    /// <summary>Whether <paramref name="key"/> has exactly the form of <see cref="New"/>; no path can hide in one.</summary>
    public static bool IsValid(string? key) =>
        key is { Length: Length }
        && key[2] == '/' && key[5] == '/'
        && !key.AsSpan(6).ContainsAnyExcept(LowerHex)
        && key.AsSpan(0, 2).SequenceEqual(key.AsSpan(6, 2))
        && key.AsSpan(3, 2).SequenceEqual(key.AsSpan(8, 2));
}
