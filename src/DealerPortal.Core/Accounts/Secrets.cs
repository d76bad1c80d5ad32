using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;

namespace DealerPortal.Core.Accounts;

/// <summary>Secrets that are handed out, and the hashes by which they are known again.</summary>
internal static class Secrets
{
    private const int TokenBytes = 32;
    private const int CodeIterations = 100_000;

    /// <summary>256 random bits in the letters of a web address.</summary>
    public static string NewToken() => WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(TokenBytes));

    /// <summary>Six digits, each code as likely as any other.</summary>
    public static string NewCode() => RandomNumberGenerator.GetInt32(1_000_000).ToString("D6", CultureInfo.InvariantCulture);

    /// <summary>For secrets long enough that nobody can try them all, and for keys of counters.</summary>
    public static string Sha256(string secret) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    /// <summary>A code has only a million values: its hash is slow, and salted by the row it belongs to.</summary>
    public static string OfCode(Guid rowId, string code) => Convert.ToHexString(
        Rfc2898DeriveBytes.Pbkdf2(code, rowId.ToByteArray(), CodeIterations, HashAlgorithmName.SHA256, outputLength: 32));

    public static bool Same(string first, string second) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(first), Encoding.UTF8.GetBytes(second));
}
