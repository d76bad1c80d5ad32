using DealerPortal.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DealerPortal.Core.Accounts;

/// <summary>
/// One of the few mails with a code or a reset link that an address may get in half an hour. As many rows as mails,
/// each taken by a conditional update, so that requests at once cannot take more.
/// </summary>
public sealed class MailAllowance
{
    public const int Mails = 5;
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(30);

    /// <summary>SHA-256 of the normalised address, hexadecimal: the address may be nobody's.</summary>
    public required string AddressHash { get; init; }

    public required byte Slot { get; init; }
    public required DateTime UsedAt { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<MailAllowance>
    {
        public void Configure(EntityTypeBuilder<MailAllowance> builder)
        {
            builder.ToTable("MailAllowances");
            builder.HasKey(a => new { a.AddressHash, a.Slot });
            builder.Property(a => a.AddressHash).HasMaxLength(64);
            builder.HasIndex(a => a.UsedAt);
        }
    }
}

/// <summary>Keeps the portal from filling a mailbox with codes that its owner did not ask for.</summary>
public sealed class MailAllowances(PortalDatabase database, TimeProvider time)
{
    /// <summary>Takes one of the <see cref="MailAllowance.Mails"/> mails of the last <see cref="MailAllowance.Window"/>; false when none is left.</summary>
    public Task<bool> TakeAsync(string normalizedEmail, CancellationToken ct)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var free = now - MailAllowance.Window;
        var address = Secrets.Sha256(normalizedEmail);
        return database.WriteAgainAfterRaceAsync(async (write, token) =>
        {
            var slots = write.Db.Set<MailAllowance>().Where(a => a.AddressHash == address);
            for (byte slot = 0; slot < MailAllowance.Mails; slot++)
            {
                var current = slots.Where(a => a.Slot == slot);
                if (await current.Where(a => a.UsedAt <= free).ExecuteUpdateAsync(set => set.SetProperty(a => a.UsedAt, now), token) == 1)
                    return true;
                if (!await current.AnyAsync(token))
                {
                    write.Db.Add(new MailAllowance { AddressHash = address, Slot = slot, UsedAt = now });
                    return true;
                }
            }

            return false;
        }, ct);
    }
}
