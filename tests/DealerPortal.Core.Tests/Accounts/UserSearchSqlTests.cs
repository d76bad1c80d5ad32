using DealerPortal.Core.Accounts.Directory;
using DealerPortal.Core.Data;
using DealerPortal.Core.Organisations;
using DealerPortal.Core.Tests.Data;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Core.Tests.Accounts;

/// <summary>The SQL of the searches for people and organisations is T-SQL where that is asked for.</summary>
public sealed class UserSearchSqlTests
{
    [Theory]
    [InlineData("je")]
    [InlineData("jean liège")]
    [InlineData("jean.exemple@demo-electro.example électro")]
    public void Query_ForSqlServer_IsTSql(string query)
    {
        using var db = DesignTime.Create(DatabaseOptions.SqlServer);

        TSql.Parse(new UserSearch(db).Find(query).OrderBy(u => u.LastName).ThenBy(u => u.Id).Skip(50).Take(51).ToQueryString());
        TSql.Parse(new OrganisationSearch(db).Matching(query).OrderBy(o => o.Name).ThenBy(o => o.Id).Take(OrganisationSearch.Hits).ToQueryString());
    }
}
