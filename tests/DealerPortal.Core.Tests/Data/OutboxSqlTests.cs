using DealerPortal.Core.Mail;
using DealerPortal.TestCommon;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace DealerPortal.Core.Tests.Data;

public sealed class OutboxSqlTests
{
    [Fact]
    public async Task SendDueAsync_ClaimsByAConditionalUpdateThatIsTSql()
    {
        await using var server = new SqlServerRecorder(services => services
            .AddSingleton<IDataProtectionProvider>(new EphemeralDataProtectionProvider())
            .AddPortalMail(new ConfigurationBuilder().Build()));
        server.Answer("SELECT CASE", SqlServerRecorder.OneValue(true));
        server.Answer("SELECT TOP", SqlServerRecorder.OneValue(Guid.NewGuid()));

        await server.Services.GetRequiredService<MailSender>().SendDueAsync(CancellationToken.None);

        var claim = Assert.Single(server.Statements, sql => sql.Contains("UPDATE", StringComparison.Ordinal) && sql.Contains("[LeaseId] =", StringComparison.Ordinal));
        Assert.Contains("[LeaseUntil] <", claim, StringComparison.Ordinal);
        Assert.All(server.Statements, sql => TSql.Parse(sql));
    }
}
