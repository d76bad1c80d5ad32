using DealerPortal.Core.Accounts;
using DealerPortal.Core.Accounts.Invitations;
using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Organisations;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Core.OldPortal;

/// <summary>What is there of all that some rows of dossiers name.</summary>
internal sealed class DossierWorld
{
    private readonly HashSet<(int OrganisationId, string Number)> _there = [];
    private readonly HashSet<(int OrganisationId, string Address)> _invited = [];
    private readonly Dictionary<(int OrganisationId, string Address), User> _members = [];
    private readonly Dictionary<int, User> _administrators = [];
    private ILookup<int, Branch> _branches = Array.Empty<Branch>().ToLookup(branch => branch.OrganisationId);
    private IReadOnlyList<DoaConditionSet> _conditions = [];

    public required KnownOrganisations Organisations { get; init; }

    /// <summary>By their keys.</summary>
    public required IReadOnlyDictionary<string, ImportedModel> Models { get; init; }

    public static async Task<DossierWorld> ReadAsync(PortalDbContext db, IReadOnlyList<ReadDossier> rows, CancellationToken ct)
    {
        var organisations = await KnownOrganisations.FindAsync(db, rows.Select(row => row.Key), ct);
        List<int> ids = [.. organisations.All.Select(o => o.Id)];
        List<string> numbers = [.. rows.Select(row => row.EarlierNumber).Distinct()];
        List<string> addresses = [.. rows.Select(row => row.OwnerAddress).OfType<string>().Distinct()];
        List<string> keys = [.. rows.Select(row => row.Model?.Key).OfType<string>().Distinct()];
        var world = new DossierWorld
        {
            Organisations = organisations,
            Models = await db.Models.AsNoTracking().Where(m => EF.Parameter(keys).Contains(m.Key)).Select(m => new ImportedModel(m.Id, m.Key, m.CategoryId, m.ServiceOffer)).ToDictionaryAsync(m => m.Key, ct),
        };
        foreach (var there in await db.Dossiers.AllOrganisations().Where(d => EF.Parameter(ids).Contains(d.OrganisationId) && d.EarlierNumber != null && EF.Parameter(numbers).Contains(d.EarlierNumber))
            .Select(d => new { d.OrganisationId, d.EarlierNumber }).ToListAsync(ct))
            world._there.Add((there.OrganisationId, there.EarlierNumber!));
        foreach (var invited in await db.Waiting<MemberInvitation>().Where(i => EF.Parameter(ids).Contains(i.OrganisationId) && EF.Parameter(addresses).Contains(i.NormalizedEmail)).Select(i => new { i.OrganisationId, i.NormalizedEmail }).ToListAsync(ct))
            world._invited.Add((invited.OrganisationId, invited.NormalizedEmail));
        var members = await (
            from membership in db.Memberships.AsNoTracking()
            where EF.Parameter(ids).Contains(membership.OrganisationId) && membership.Status == MembershipStatus.Approved
            join user in db.Users.AsNoTracking() on membership.UserId equals user.Id
            where user.DeactivatedAt == null && (membership.Role == MembershipRole.Administrator || EF.Parameter(addresses).Contains(user.NormalizedEmail!))
            orderby membership.DecidedAt, membership.Id
            select new { membership.OrganisationId, membership.Role, User = user }).ToListAsync(ct);
        foreach (var member in members)
        {
            world._members.TryAdd((member.OrganisationId, member.User.NormalizedEmail!), member.User);
            if (member.Role == MembershipRole.Administrator)
                world._administrators.TryAdd(member.OrganisationId, member.User);
        }

        world._branches = (await db.Branches.AllOrganisations().AsNoTracking().Where(b => EF.Parameter(ids).Contains(b.OrganisationId) && b.DeactivatedAt == null).OrderBy(b => b.Id).ToListAsync(ct)).ToLookup(b => b.OrganisationId);
        world._conditions = await db.DoaConditionSets.AsNoTracking().Include(s => s.Conditions).Where(s => s.WithdrawnAt == null).ToListAsync(ct);
        return world;
    }

    public bool IsThere(int organisationId, string number) => _there.Contains((organisationId, number));

    public bool IsInvited(int organisationId, string address) => _invited.Contains((organisationId, address));

    /// <summary>The member who has an address.</summary>
    public User? OwnerOf(int organisationId, string? address) => address is null ? null : _members.GetValueOrDefault((organisationId, address));

    /// <summary>The administrator who has been there longest.</summary>
    public User? AdministratorOf(int organisationId) => _administrators.GetValueOrDefault(organisationId);

    /// <summary>The open branch with a postal code, otherwise, where none is said, the first one.</summary>
    public Branch? BranchOf(int organisationId, string? postalCode) => _branches[organisationId].FirstOrDefault(branch => postalCode is null || branch.PostalCode == postalCode);

    /// <summary>The conditions that held on a day: the category's own, otherwise the general ones.</summary>
    public DoaConditionSet ConditionsFor(ImportedModel? model, DateOnly day) => _conditions
        .Where(s => (s.CategoryId is null || s.CategoryId == model?.CategoryId) && s.EffectiveFrom <= day)
        .OrderBy(s => s.CategoryId is null).ThenByDescending(s => s.EffectiveFrom).ThenByDescending(s => s.Version)
        .FirstOrDefault() ?? _conditions.Where(s => s.CategoryId is null).OrderBy(s => s.EffectiveFrom).First();
}
