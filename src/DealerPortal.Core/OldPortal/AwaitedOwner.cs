using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Privacy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DealerPortal.Core.OldPortal;

/// <summary>Whose an imported dossier is to be, once the person who has this address is a member.</summary>
public sealed class AwaitedOwner : IOrganisationOwned
{
    public required long DossierId { get; init; }
    public required int OrganisationId { get; init; }

    /// <summary>As <see cref="Accounts.EmailAddress.Normalise"/> writes it.</summary>
    [EndUserData]
    public string? NormalizedEmail { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<AwaitedOwner>
    {
        public void Configure(EntityTypeBuilder<AwaitedOwner> builder)
        {
            builder.ToTable("AwaitedOwners");
            builder.HasKey(a => a.DossierId);
            builder.Property(a => a.DossierId).ValueGeneratedNever();
            builder.HasOne<Dossier>().WithOne().HasForeignKey<AwaitedOwner>(a => a.DossierId);
            builder.HasIndex(a => new { a.OrganisationId, a.NormalizedEmail });
        }
    }
}

/// <summary>Gives imported dossiers to whom they belong, as soon as the person is there.</summary>
internal static class AwaitedOwners
{
    /// <summary>As part of the write that makes the person a member.</summary>
    public static async Task GiveAsync(WriteScope write, int organisationId, int userId, DateTime now, CancellationToken ct)
    {
        var user = await write.Db.Users.AsNoTracking().SingleAsync(u => u.Id == userId, ct);
        var awaited = write.Db.Set<AwaitedOwner>().AllOrganisations().Where(a => a.OrganisationId == organisationId && a.NormalizedEmail == user.NormalizedEmail);
        var ids = await awaited.Select(a => a.DossierId).ToListAsync(ct);
        if (ids.Count == 0)
            return;
        await awaited.ExecuteDeleteAsync(ct);
        // What an administrator gave to somebody meanwhile stays with them.
        var dossiers = await write.Db.Dossiers.AllOrganisations().Where(d => EF.Parameter(ids).Contains(d.Id) && !write.Db.Timeline.AllOrganisations().Any(e => e.DossierId == d.Id && e.Kind == TimelineKind.HandedOver)).ToListAsync(ct);
        List<long> given = [.. dossiers.Select(d => d.Id)];
        foreach (var dossier in dossiers)
        {
            dossier.OwnerId = user.Id;
            dossier.NotifyByMail = user.NotifyByMail;
            write.Db.Add(new TimelineEntry
            {
                DossierId = dossier.Id,
                OrganisationId = organisationId,
                At = now,
                Kind = TimelineKind.HandedOver,
                Actor = ActorKind.System,
                AssigneeId = user.Id,
            });
        }

        await write.Db.DossierTokens.AllOrganisations().Where(t => EF.Parameter(given).Contains(t.DossierId)).ExecuteUpdateAsync(set => set.SetProperty(t => t.OwnerId, user.Id), ct);
    }
}
