using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DealerPortal.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Core.Audit;

/// <summary>The last sealed row. Exported and kept elsewhere, it proves every row up to it.</summary>
/// <param name="Sequence">0 while nothing is sealed.</param>
public sealed record AuditHead(long Sequence, string Hash)
{
    private const int HashLength = 64;

    /// <summary>Reads a head as it was exported: JSON with <c>sequence</c> and <c>hash</c>, or the two with white space or a colon between.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out AuditHead? head)
    {
        head = null;
        if (text is null or { Length: > 1000 })
            return false;
        // Both forms are a number followed by 64 hexadecimal digits, with words and signs around them.
        var words = text.Split([' ', '\t', '\r', '\n', ':', ',', '"', '{', '}'], StringSplitOptions.RemoveEmptyEntries).Where(word => word is not ("sequence" or "hash")).ToList();
        if (words is not [var sequence, var hash] || !long.TryParse(sequence, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || hash.Length != HashLength || !hash.All(char.IsAsciiHexDigit))
            return false;
        head = new AuditHead(number, hash.ToLowerInvariant());
        return true;
    }
}

public enum AuditFaultKind
{
    /// <summary>No row has this number.</summary>
    Missing,

    /// <summary>The row, or one before it, is not what was sealed.</summary>
    Changed,
}

/// <summary>What a part of a verification found.</summary>
/// <param name="Reached">All rows up to it are what was sealed.</param>
/// <param name="IsEnd">Whether nothing is left to verify.</param>
public sealed record AuditStep(AuditHead Reached, AuditFault? Fault, bool IsEnd);

/// <summary>The first place where the rows are not what was sealed.</summary>
public sealed record AuditFault(long Sequence, AuditFaultKind Kind);

/// <summary>Checks the sealed rows against their hashes and against a head that was exported before. Source: quality.md S14.</summary>
public sealed class AuditChain(PortalDbContext db)
{
    internal static readonly AuditHead Start = new(0, new string('0', 64));

    /// <summary>What to export.</summary>
    public Task<AuditHead> HeadAsync(CancellationToken ct) => db.HeadAsync(ct);

    /// <summary>
    /// Reads all sealed rows in order. Someone who may write to the database can seal anew what they changed; that, and rows
    /// cut off at the end, shows only against <paramref name="exported"/>.
    /// </summary>
    /// <returns>Null when nothing was changed or removed.</returns>
    public async Task<AuditFault?> VerifyAsync(AuditHead? exported, CancellationToken ct) =>
        (await VerifyAsync(Start, long.MaxValue, exported, int.MaxValue, ct)).Fault;

    /// <summary>A part of it: so many rows after one that is known to be right.</summary>
    /// <param name="from">Where the part before ended.</param>
    /// <param name="until">The last row to verify; what is sealed later is left alone. <see cref="long.MaxValue"/> for all there are.</param>
    internal async Task<AuditStep> VerifyAsync(AuditHead from, long until, AuditHead? exported, int rows, CancellationToken ct)
    {
        var previous = from;
        var read = 0;
        var part = db.Audit.AsNoTracking().Where(a => a.Sequence > from.Sequence && a.Sequence <= until).OrderBy(a => a.Sequence).Take(rows);
        await foreach (var row in part.AsAsyncEnumerable().WithCancellation(ct))
        {
            read++;
            var expected = previous.Sequence + 1;
            if (row.Sequence != expected)
                return new AuditStep(previous, new AuditFault(expected, AuditFaultKind.Missing), IsEnd: true);
            var hash = HashOf(previous, row);
            if (row.Hash != hash || (exported?.Sequence == expected && exported.Hash != hash))
                return new AuditStep(previous, new AuditFault(expected, AuditFaultKind.Changed), IsEnd: true);
            previous = new AuditHead(expected, hash);
        }

        if (read == rows && previous.Sequence < until)
            return new AuditStep(previous, null, IsEnd: false);
        var isShort = exported?.Sequence > previous.Sequence || (until < long.MaxValue && until > previous.Sequence);
        return new AuditStep(previous, isShort ? new AuditFault(previous.Sequence + 1, AuditFaultKind.Missing) : null, IsEnd: true);
    }

    /// <summary>The hash that seals a row behind <paramref name="previous"/>. Every field carries its length, so that no two rows read alike.</summary>
    internal static string HashOf(AuditHead previous, AuditEntry row)
    {
        string?[] fields =
        [
            previous.Hash,
            Text(previous.Sequence + 1),
            Text(row.Id),
            Text(row.At.Ticks),
            row.ActorId is { } actor ? Text(actor) : null,
            row.Action,
            row.SubjectType,
            row.SubjectId,
            row.Detail,
        ];
        var content = string.Concat(fields.Select(field => field is null ? "-;" : $"{Text(field.Length)}:{field};"));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)));
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}

internal static class AuditHeads
{
    public static async Task<AuditHead> HeadAsync(this PortalDbContext db, CancellationToken ct) =>
        await db.Audit.AsNoTracking().Where(a => a.Sequence != null).OrderByDescending(a => a.Sequence)
            .Select(a => new AuditHead(a.Sequence!.Value, a.Hash!)).FirstOrDefaultAsync(ct) ?? AuditChain.Start;
}
