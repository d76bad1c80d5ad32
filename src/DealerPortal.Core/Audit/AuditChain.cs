using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DealerPortal.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Core.Audit;

/// <summary>The last sealed row. Exported and kept elsewhere, it proves every row up to it.</summary>
/// <param name="Sequence">0 while nothing is sealed.</param>
public sealed record AuditHead(long Sequence, string Hash);

public enum AuditFaultKind
{
    /// <summary>No row has this number.</summary>
    Missing,

    /// <summary>The row, or one before it, is not what was sealed.</summary>
    Changed,
}

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
    public async Task<AuditFault?> VerifyAsync(AuditHead? exported, CancellationToken ct)
    {
        var previous = Start;
        await foreach (var row in db.Audit.AsNoTracking().Where(a => a.Sequence != null).OrderBy(a => a.Sequence).AsAsyncEnumerable().WithCancellation(ct))
        {
            var expected = previous.Sequence + 1;
            if (row.Sequence != expected)
                return new AuditFault(expected, AuditFaultKind.Missing);
            var hash = HashOf(previous, row);
            if (row.Hash != hash || (exported?.Sequence == expected && exported.Hash != hash))
                return new AuditFault(expected, AuditFaultKind.Changed);
            previous = new AuditHead(expected, hash);
        }

        return exported?.Sequence > previous.Sequence ? new AuditFault(previous.Sequence + 1, AuditFaultKind.Missing) : null;
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
