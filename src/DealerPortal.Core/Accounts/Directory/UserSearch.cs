using DealerPortal.Core.Data;
using DealerPortal.Core.Organisations;
using DealerPortal.Core.Search;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Core.Accounts.Directory;

/// <summary>Finds people by name, mail address and organisation, for staff.</summary>
public sealed class UserSearch(PortalDbContext db)
{
    /// <summary>Letters and digits that a query needs.</summary>
    public const int MinLength = 2;

    /// <summary>Whether there is enough to look for.</summary>
    public static bool IsLongEnough(string? query) => SearchTokens.Normalise(query ?? "").Length >= MinLength;

    /// <summary>
    /// People for whom each word of the query begins a word of their name, address or organisation: «jean liège» finds Jean
    /// of a shop in Liège. Each word is looked up as a range of an index.
    /// </summary>
    public IQueryable<User> Find(string? query)
    {
        var people = db.Users.AsNoTracking();
        foreach (var word in SearchTokens.OfQuery(query))
        {
            var having = Having(word);
            people = people.Where(u => having.Contains(u.Id));
        }

        return people;
    }

    private IQueryable<int> Having(string word)
    {
        var (from, to) = SearchTokens.PrefixRange(word);
        return db.Set<UserSearchToken>().Where(t => t.Token.CompareTo(from) >= 0 && t.Token.CompareTo(to) < 0).Select(t => t.UserId)
            .Concat(
                from token in db.Set<OrganisationSearchToken>()
                join membership in db.Memberships on token.OrganisationId equals membership.OrganisationId
                where token.Token.CompareTo(@from) >= 0 && token.Token.CompareTo(to) < 0
                select membership.UserId);
    }
}
