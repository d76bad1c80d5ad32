using DealerPortal.Core.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DealerPortal.Core.Dossiers.Queue;

/// <summary>A filter of the queue that a member of staff keeps under a name.</summary>
public sealed class QueueView
{
    public const int NameMaxLength = 40;
    public const int QueryMaxLength = 500;

    /// <summary>How many one person may keep: they stand side by side above the queue.</summary>
    public const int MaxPerPerson = 12;

    public int Id { get; init; }
    public required int OwnerId { get; init; }

    /// <summary>Unique among the person's own.</summary>
    public required string Name { get; set; }

    /// <summary>The query of the queue's address, in its one spelling and without a page.</summary>
    public required string Query { get; init; }

    /// <summary>Ascending; gaps allowed.</summary>
    public required int Position { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<QueueView>
    {
        public void Configure(EntityTypeBuilder<QueueView> builder)
        {
            builder.ToTable("QueueViews");
            builder.Property(v => v.Name).HasMaxLength(NameMaxLength);
            builder.Property(v => v.Query).HasMaxLength(QueryMaxLength);
            builder.HasOne<User>().WithMany().HasForeignKey(v => v.OwnerId);
            builder.HasIndex(v => new { v.OwnerId, v.Name }).IsUnique();
        }
    }
}
