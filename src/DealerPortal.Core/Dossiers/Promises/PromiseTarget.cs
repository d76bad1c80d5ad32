using DealerPortal.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DealerPortal.Core.Dossiers.Promises;

/// <summary>A target that administrators set in place of the one in the settings.</summary>
public sealed class PromiseTarget
{
    public required DossierType Type { get; init; }
    public required PromiseStep Step { get; init; }

    /// <summary>Of working time; null for no target.</summary>
    public int? Minutes { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<PromiseTarget>
    {
        public void Configure(EntityTypeBuilder<PromiseTarget> builder)
        {
            builder.ToTable("PromiseTargets");
            builder.HasKey(t => new { t.Type, t.Step });
        }
    }
}

/// <summary>One row: which state the targets are in for those who edit them, and how far open dossiers follow them.</summary>
public sealed class PromiseState : IStamped
{
    public const int OnlyId = 1;
    internal const int FollowedMaxLength = 64;

    public int Id { get; init; } = OnlyId;

    /// <summary>The fingerprint of the targets and hours that open dossiers follow or are being brought to; empty for none.</summary>
    public string Followed { get; set; } = "";

    /// <summary>The last dossier that was brought to them; null once all were.</summary>
    public long? FollowedTo { get; set; } = 0;

    public Guid Stamp { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<PromiseState>
    {
        public void Configure(EntityTypeBuilder<PromiseState> builder)
        {
            builder.ToTable("PromiseStates");
            builder.Property(s => s.Id).ValueGeneratedNever();
            builder.Property(s => s.Followed).HasMaxLength(FollowedMaxLength);
        }
    }
}

public static class PromiseStates
{
    /// <summary>Open dossiers are brought to what holds from now on, by the job that follows promises.</summary>
    public static Task FollowPromisesAnewAsync(this WriteScope write, CancellationToken ct) =>
        write.Db.Set<PromiseState>().ExecuteUpdateAsync(set => set.SetProperty(s => s.FollowedTo, (long?)0), ct);
}
