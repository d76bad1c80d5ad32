using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DealerPortal.Core.Accounts.SecondFactor;

/// <summary>
/// One of the codes that let a person in once when the telephone is not at hand. Identity would keep them readable; here only
/// a slow hash is kept, salted by the set they were made in.
/// </summary>
public sealed class RecoveryCode
{
    /// <summary>Codes in a set.</summary>
    public const int Count = 10;

    public required int UserId { get; init; }

    /// <summary>Salted and slow, hexadecimal.</summary>
    public required string Hash { get; init; }

    /// <summary>The set, which is also the salt: one hash is enough to look a typed code up.</summary>
    public required Guid SetId { get; init; }

    public DateTime? UsedAt { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<RecoveryCode>
    {
        public void Configure(EntityTypeBuilder<RecoveryCode> builder)
        {
            builder.ToTable("RecoveryCodes");
            builder.HasKey(c => new { c.UserId, c.Hash });
            builder.Property(c => c.Hash).HasMaxLength(64);
            builder.HasOne<User>().WithMany().HasForeignKey(c => c.UserId);
        }
    }
}

/// <summary>A set of codes in clear, to be shown once, and the rows by which they are known again.</summary>
public sealed record RecoveryCodeSet(IReadOnlyList<string> Codes, IReadOnlyList<RecoveryCode> Rows)
{
    // Crockford's Base32: no letter that could be taken for a digit. 12 of them are 60 bits.
    private const string Letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int Length = 12;
    private const int Group = 4;

    /// <summary>Slow: before the write.</summary>
    public static RecoveryCodeSet New(int userId)
    {
        var setId = Guid.NewGuid();
        var codes = Enumerable.Range(0, RecoveryCode.Count).Select(_ => RandomNumberGenerator.GetString(Letters, Length)).ToList();
        return new RecoveryCodeSet(
            [.. codes.Select(code => string.Join('-', code.Chunk(Group).Select(group => new string(group))))],
            [.. codes.Select(code => new RecoveryCode { UserId = userId, SetId = setId, Hash = Secrets.OfCode(setId, code) })]);
    }

    /// <summary>What was typed as it was made: case, spaces and hyphens do not count, nor which of O and 0, I, L and 1. Null for what is no such code.</summary>
    public static string? Read(string typed)
    {
        var code = string.Concat(typed.Where(c => !char.IsWhiteSpace(c) && c is not ('-' or '–')).Take(Length + 1)).ToUpperInvariant()
            .Replace('O', '0').Replace('I', '1').Replace('L', '1');
        return code.Length == Length && code.All(Letters.Contains) ? code : null;
    }
}
