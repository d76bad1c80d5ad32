using DealerPortal.Core.Data;
using DealerPortal.Core.Search;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DealerPortal.Core.Accounts.Directory;

/// <summary>A word by which a person is found: of the name, or of the mail address.</summary>
public sealed class UserSearchToken
{
    public required int UserId { get; init; }
    public required string Token { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<UserSearchToken>
    {
        public void Configure(EntityTypeBuilder<UserSearchToken> builder)
        {
            builder.ToTable("UserSearchTokens");
            builder.Property(t => t.Token).HasMaxLength(SearchTokens.MaxTokenLength);
            builder.HasKey(t => new { t.Token, t.UserId });
            builder.HasOne<User>().WithMany().HasForeignKey(t => t.UserId);
        }
    }
}

public static class UserTokens
{
    /// <summary>The words of the name, and the address whole and in parts: «jean.exemple@demo.example» is found by «jean», «exemple» and «demo».</summary>
    public static IReadOnlyCollection<string> Of(string firstName, string lastName, string email) =>
        SearchTokens.OfText($"{firstName} {lastName}").Concat(SearchTokens.OfCode(email)).ToHashSet(StringComparer.Ordinal);

    /// <summary>Writes the search rows of a person anew.</summary>
    public static async Task RewriteTokensAsync(this PortalDbContext db, User user, CancellationToken ct)
    {
        await db.Set<UserSearchToken>().Where(t => t.UserId == user.Id).ExecuteDeleteAsync(ct);
        db.AddRange(Of(user.FirstName, user.LastName, user.Email!).Select(token => new UserSearchToken { UserId = user.Id, Token = token }));
    }

    /// <summary>Gives search rows to people who have none, such as those from before there were any. How many.</summary>
    public static async Task<int> AddMissingTokensAsync(this PortalDbContext db, int most, CancellationToken ct)
    {
        var people = await db.Users.AsNoTracking().Where(u => u.ErasedAt == null && !db.Set<UserSearchToken>().Any(t => t.UserId == u.Id)).OrderBy(u => u.Id).Take(most).ToListAsync(ct);
        foreach (var user in people)
            await db.RewriteTokensAsync(user, ct);
        return people.Count;
    }
}
