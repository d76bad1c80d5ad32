using System.Linq.Expressions;
using DealerPortal.Core.Accounts;
using DealerPortal.Core.Files;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DealerPortal.Core.Content.Dealercards;

/// <summary>How a version stands on a day.</summary>
public enum CardState
{
    /// <summary>What dealers are given.</summary>
    InForce,

    /// <summary>Its day is still to come.</summary>
    Scheduled,

    /// <summary>Still valid, but a newer one took over: dealers find it under the earlier ones.</summary>
    Earlier,

    /// <summary>Its last day is over.</summary>
    Ended,

    /// <summary>Taken from the dealers by hand.</summary>
    Withdrawn,
}

/// <summary>One PDF of a dealercard. The file is in the store before this row exists and never changes.</summary>
public sealed class DealercardVersion
{
    public const int MaxPages = 9999;

    /// <summary>Also in its address.</summary>
    public required Guid Id { get; init; }

    public int DealercardId { get; init; }
    public Dealercard? Card { get; init; }

    /// <summary>From 1 within its card, in the order of uploading.</summary>
    public required int Number { get; init; }

    /// <summary>The first day in Brussels on which dealers are given it.</summary>
    public required DateOnly ValidFrom { get; set; }

    /// <summary>The last day; null while it has none.</summary>
    public DateOnly? ValidUntil { get; set; }

    public DateTime? WithdrawnAt { get; set; }
    public required DateTime UploadedAt { get; init; }
    public required int UploadedById { get; init; }

    /// <summary>As the person named it, cleaned.</summary>
    public required string FileName { get; init; }

    /// <summary>Bytes.</summary>
    public required long Length { get; init; }

    /// <summary>Hexadecimal SHA-256 of the PDF.</summary>
    public required string Sha256 { get; init; }

    public required string StorageKey { get; init; }

    /// <summary>A small JPEG of the first page; null where nobody could draw it.</summary>
    public string? ThumbnailKey { get; set; }

    /// <summary>As the browser that drew the first page counted them; null where none did.</summary>
    public int? Pages { get; init; }

    /// <summary>How often dealers fetched it. Changed by the database alone: <see cref="DealercardKeeping.CountDownloadAsync"/>.</summary>
    public long Downloads { get; private set; }

    /// <summary>Those that dealers may have on a day.</summary>
    public static Expression<Func<DealercardVersion, bool>> IsValidOn(DateOnly day) =>
        v => v.WithdrawnAt == null && v.ValidFrom <= day && (v.ValidUntil == null || v.ValidUntil >= day);

    /// <param name="versions">All of its card.</param>
    /// <param name="day">Today in Brussels.</param>
    public CardState StateOn(DateOnly day, IEnumerable<DealercardVersion> versions)
    {
        if (WithdrawnAt is not null)
            return CardState.Withdrawn;
        if (ValidFrom > day)
            return CardState.Scheduled;
        if (ValidUntil < day)
            return CardState.Ended;
        return CurrentOn(day, versions)?.Id == Id ? CardState.InForce : CardState.Earlier;
    }

    /// <summary>The one that took over last, of those that are valid; of several that begin on one day the one uploaded last.</summary>
    public static DealercardVersion? CurrentOn(DateOnly day, IEnumerable<DealercardVersion> versions) =>
        versions.Where(v => v.WithdrawnAt is null && v.ValidFrom <= day && (v.ValidUntil is null || v.ValidUntil >= day)).OrderByDescending(v => v.ValidFrom).ThenByDescending(v => v.Number).FirstOrDefault();

    internal sealed class Configuration : IEntityTypeConfiguration<DealercardVersion>
    {
        public void Configure(EntityTypeBuilder<DealercardVersion> builder)
        {
            builder.ToTable("DealercardVersions");
            builder.Property(v => v.Id).ValueGeneratedNever();
            builder.Property(v => v.FileName).HasMaxLength(Attachment.NameMaxLength);
            builder.Property(v => v.Sha256).HasMaxLength(64);
            builder.Property(v => v.StorageKey).HasMaxLength(64);
            builder.Property(v => v.ThumbnailKey).HasMaxLength(64);
            builder.HasOne(v => v.Card).WithMany(c => c.Versions).HasForeignKey(v => v.DealercardId);
            builder.HasOne<User>().WithMany().HasForeignKey(v => v.UploadedById);
            builder.HasIndex(v => new { v.DealercardId, v.Number }).IsUnique();
            builder.HasIndex(v => v.StorageKey).IsUnique();
            builder.HasIndex(v => v.ThumbnailKey);
            builder.HasIndex(v => v.ValidFrom);
        }
    }
}
