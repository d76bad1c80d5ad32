using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DealerPortal.Core.Data;

/// <summary>Which instance runs a job at the moment, so that several instances run it once.</summary>
public sealed class JobLease
{
    public required string Job { get; init; }
    public required Guid OwnerId { get; init; }
    public required DateTime Until { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<JobLease>
    {
        public void Configure(EntityTypeBuilder<JobLease> builder)
        {
            builder.ToTable("JobLeases");
            builder.HasKey(l => l.Job);
            builder.Property(l => l.Job).HasMaxLength(40);
        }
    }
}

public static class JobLeases
{
    /// <summary>Takes or keeps the lease on a job until <paramref name="until"/>; false while another instance holds it.</summary>
    public static async Task<bool> TakeLeaseAsync(this WriteScope write, string job, Guid owner, DateTime now, DateTime until, CancellationToken ct)
    {
        var leases = write.Db.Set<JobLease>();
        var taken = await leases.Where(l => l.Job == job && (l.OwnerId == owner || l.Until < now))
            .ExecuteUpdateAsync(set => set.SetProperty(l => l.OwnerId, owner).SetProperty(l => l.Until, until), ct);
        if (taken == 1)
            return true;
        if (await leases.AnyAsync(l => l.Job == job, ct))
            return false;
        write.Db.Add(new JobLease { Job = job, OwnerId = owner, Until = until });
        return true;
    }
}
