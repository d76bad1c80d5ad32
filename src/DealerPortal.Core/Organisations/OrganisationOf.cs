using DealerPortal.Core.Accounts;
using DealerPortal.Core.Accounts.Invitations;
using DealerPortal.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Core.Organisations;

/// <summary>What an address can name that belongs to one organisation.</summary>
public enum OwnedThing
{
    /// <summary>By its number.</summary>
    Dossier,

    /// <summary>By its id.</summary>
    Draft,

    /// <summary>By its id.</summary>
    File,

    /// <summary>By its GRMS number.</summary>
    Credit,

    /// <summary>By its id.</summary>
    Branch,

    /// <summary>By its id.</summary>
    Membership,

    /// <summary>By its id.</summary>
    Invitation,
}

/// <summary>To which of a person's organisations something belongs, so that a link opens wherever the person works at the moment.</summary>
public sealed class OrganisationOf(PortalDbContext db)
{
    /// <summary>Null when it is none of the person's organisations', or nothing at all. Says nothing about whether the person may see it.</summary>
    /// <param name="key">As the address has it.</param>
    public async Task<int?> FindAsync(SessionSnapshot person, OwnedThing thing, string key, CancellationToken ct)
    {
        var mine = person.Organisations.Select(o => o.Id).ToList();
        var owners = thing switch
        {
            OwnedThing.Dossier => db.Dossiers.AllOrganisations().Where(d => d.Number == key).Select(d => (int?)d.OrganisationId),
            OwnedThing.Draft when Guid.TryParse(key, out var id) => db.Drafts.AllOrganisations().Where(d => d.Id == id).Select(d => (int?)d.OrganisationId),
            OwnedThing.File when Guid.TryParse(key, out var id) => db.Attachments.AllOrganisations().Where(a => a.Id == id).Select(a => (int?)a.OrganisationId),
            OwnedThing.Credit => db.Credits.AllOrganisations().Where(c => c.GrmsNumber == key).Select(c => c.OrganisationId),
            OwnedThing.Branch when int.TryParse(key, out var id) => db.Branches.AllOrganisations().Where(b => b.Id == id).Select(b => (int?)b.OrganisationId),
            OwnedThing.Membership when int.TryParse(key, out var id) => db.Memberships.Where(m => m.Id == id).Select(m => (int?)m.OrganisationId),
            OwnedThing.Invitation when Guid.TryParse(key, out var id) => db.Set<MemberInvitation>().Where(i => i.Id == id).Select(i => (int?)i.OrganisationId),
            _ => null,
        };
        return owners is null ? null : await owners.Where(owner => mine.Contains(owner!.Value)).FirstOrDefaultAsync(ct);
    }
}
