using DealerPortal.Core.Accounts;
using DealerPortal.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DealerPortal.Core.Dossiers.Handling;

/// <summary>That somebody of the staff has a dossier before them.</summary>
public sealed class DossierPresence
{
    public required long DossierId { get; init; }
    public required int UserId { get; init; }
    public required DateTime SeenAt { get; init; }

    /// <summary>Whether an answer is being typed.</summary>
    public required bool IsWriting { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<DossierPresence>
    {
        public void Configure(EntityTypeBuilder<DossierPresence> builder)
        {
            builder.ToTable("DossierPresence");
            builder.HasKey(p => new { p.DossierId, p.UserId });
            builder.HasOne<Dossier>().WithMany().HasForeignKey(p => p.DossierId);
            builder.HasOne<User>().WithMany().HasForeignKey(p => p.UserId);
            builder.HasIndex(p => p.SeenAt);
        }
    }
}

/// <summary>A colleague who has the same dossier open.</summary>
public sealed record PresentColleague(string Name, bool IsWriting);

/// <summary>Who of the staff has a dossier open now, in every instance of the portal.</summary>
public sealed class DossierPresences(PortalDatabase database, PortalDbContext db, TimeProvider time)
{
    /// <summary>How often an open page says that it is there.</summary>
    public static readonly TimeSpan Beat = TimeSpan.FromSeconds(15);

    /// <summary>Somebody not heard of for this long has left, or closed the page without saying so.</summary>
    public static readonly TimeSpan Lapse = TimeSpan.FromSeconds(45);

    private static readonly TimeSpan Kept = TimeSpan.FromHours(1);

    /// <summary>Says that this person has the dossier before them, and tells who else has.</summary>
    public async Task<IReadOnlyList<PresentColleague>> BeatAsync(long dossierId, int userId, bool isWriting, CancellationToken ct)
    {
        var now = time.GetUtcNow().UtcDateTime;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await database.WriteAsync((write, token) => SayAsync(write.Db, dossierId, userId, isWriting, now, token), ct);
                break;
            }
            catch (DbUpdateException exception) when (exception.IsUniqueViolation() && attempt == 1)
            {
                // The same person's second page said so at the same moment.
            }
        }

        return await OthersAsync(dossierId, userId, ct);
    }

    /// <summary>The page was left.</summary>
    public Task LeaveAsync(long dossierId, int userId, CancellationToken ct) => database.WriteAsync(
        (write, token) => write.Db.Set<DossierPresence>().Where(p => p.DossierId == dossierId && p.UserId == userId).ExecuteDeleteAsync(token), ct);

    /// <summary>The colleagues who have the dossier open.</summary>
    public async Task<IReadOnlyList<PresentColleague>> OthersAsync(long dossierId, int userId, CancellationToken ct)
    {
        var since = time.GetUtcNow().UtcDateTime - Lapse;
        return await (
            from presence in db.Set<DossierPresence>().AsNoTracking()
            join person in db.Users.AsNoTracking() on presence.UserId equals person.Id
            where presence.DossierId == dossierId && presence.UserId != userId && presence.SeenAt > since
            orderby person.LastName, person.FirstName
            select new PresentColleague(person.FirstName + " " + person.LastName, presence.IsWriting)).ToListAsync(ct);
    }

    private static async Task SayAsync(PortalDbContext context, long dossierId, int userId, bool isWriting, DateTime now, CancellationToken ct)
    {
        var rows = context.Set<DossierPresence>();
        var known = await rows.Where(p => p.DossierId == dossierId && p.UserId == userId)
            .ExecuteUpdateAsync(set => set.SetProperty(p => p.SeenAt, now).SetProperty(p => p.IsWriting, isWriting), ct);
        if (known > 0)
            return;
        rows.Add(new DossierPresence { DossierId = dossierId, UserId = userId, SeenAt = now, IsWriting = isWriting });
        var before = now - Kept;
        await rows.Where(p => p.SeenAt < before).ExecuteDeleteAsync(ct);
    }
}
