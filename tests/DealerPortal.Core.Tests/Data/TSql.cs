using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace DealerPortal.Core.Tests.Data;

internal static class TSql
{
    /// <summary>Fails with the parser's own words when this is not T-SQL of SQL Server 2025.</summary>
    public static TSqlFragment Parse(string sql)
    {
        using var reader = new StringReader(sql);
        var fragment = new TSql170Parser(initialQuotedIdentifiers: true).Parse(reader, out var errors);
        Assert.True(errors.Count == 0, string.Join('\n', errors.Select(e => $"line {e.Line}: {e.Message}").Append(sql)));
        return fragment;
    }
}
