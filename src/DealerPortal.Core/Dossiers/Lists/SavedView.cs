using DealerPortal.Core.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DealerPortal.Core.Dossiers.Lists;

/// <summary>The lists of which one keeps views.</summary>
public enum ViewedList : byte
{
    /// <summary>Support's.</summary>
    Queue = 1,

    /// <summary>The dealers'.</summary>
    Dossiers = 2,
}

/// <summary>A filter of a list that a person keeps under a name.</summary>
public sealed class SavedView
{
    public const int NameMaxLength = 40;
    public const int QueryMaxLength = 500;

    /// <summary>How many of a list one person may keep: they stand side by side above it.</summary>
    public const int MaxPerPerson = 12;

    public int Id { get; init; }
    public required int OwnerId { get; init; }
    public required ViewedList List { get; init; }

    /// <summary>Unique among the person's own of that list.</summary>
    public required string Name { get; set; }

    /// <summary>The query of the list's address, in its one spelling and without a page.</summary>
    public required string Query { get; init; }

    /// <summary>Ascending; gaps allowed.</summary>
    public required int Position { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<SavedView>
    {
        public void Configure(EntityTypeBuilder<SavedView> builder)
        {
            // The queue had views first.
            builder.ToTable("QueueViews");
            builder.Property(v => v.List).HasDefaultValue(ViewedList.Queue).HasSentinel((ViewedList)0);
            builder.Property(v => v.Name).HasMaxLength(NameMaxLength);
            builder.Property(v => v.Query).HasMaxLength(QueryMaxLength);
            builder.HasOne<User>().WithMany().HasForeignKey(v => v.OwnerId);
            builder.HasIndex(v => new { v.OwnerId, v.List, v.Name }).IsUnique();
        }
    }
}
