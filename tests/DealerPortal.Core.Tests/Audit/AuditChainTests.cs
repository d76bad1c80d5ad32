using DealerPortal.Core.Audit;
using DealerPortal.Core.Data;
using DealerPortal.TestCommon;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DealerPortal.Core.Tests.Audit;

public sealed class AuditChainTests : IAsyncLifetime
{
    private TestDatabase _database = null!;

    public async Task InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync(services => services.AddPortalAudit());
        await _database.WriteAsync((write, _) =>
        {
            for (var i = 1; i <= 5; i++)
                write.Db.Record(_database.Now, i, "dossier.viewed", "Dossier", 100 + i, i == 3 ? "InProgress" : null);
            return Task.CompletedTask;
        });
    }

    public async Task DisposeAsync() => await _database.DisposeAsync();

    [Fact]
    public async Task SealAsync_NumbersRowsInTheirOrderOnce()
    {
        Assert.Equal(5, await SealAsync());
        Assert.Equal(0, await SealAsync());

        var rows = await _database.ReadAsync(db => db.Audit.AsNoTracking().OrderBy(a => a.Id).ToListAsync());
        Assert.Equal([1, 2, 3, 4, 5], rows.Select(r => (int)r.Sequence!.Value));
        Assert.Equal(5, rows.Select(r => r.Hash).Distinct().Count());
        Assert.Equal(new AuditHead(5, rows[^1].Hash!), await HeadAsync());
    }

    [Fact]
    public async Task SealAsync_GoesOnBehindWhatIsSealed()
    {
        await SealAsync();
        var before = await HeadAsync();
        await _database.WriteAsync((write, _) =>
        {
            write.Db.Record(_database.Now, null, "mail.sent", "OutboxMail", 7);
            return Task.CompletedTask;
        });

        Assert.Equal(1, await SealAsync());

        Assert.Equal(6, (await HeadAsync()).Sequence);
        Assert.Null(await VerifyAsync(before));
    }

    [Fact]
    public async Task SealAsync_WhileAnotherInstanceHoldsTheLease_DoesNothing()
    {
        var until = _database.Now.AddMinutes(1);
        await _database.WriteAsync((write, ct) => write.TakeLeaseAsync("audit-sealer", Guid.NewGuid(), _database.Now, until, ct));

        Assert.Equal(0, await SealAsync());
        _database.Time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(5, await SealAsync());
    }

    [Theory]
    [InlineData("UPDATE AuditEntries SET ActorId = 99 WHERE Sequence = 3", 3, AuditFaultKind.Changed)]
    [InlineData("UPDATE AuditEntries SET ActorId = NULL WHERE Sequence = 3", 3, AuditFaultKind.Changed)]
    [InlineData("UPDATE AuditEntries SET Detail = 'Completed' WHERE Sequence = 3", 3, AuditFaultKind.Changed)]
    [InlineData("UPDATE AuditEntries SET Detail = NULL WHERE Sequence = 3", 3, AuditFaultKind.Changed)]
    [InlineData("UPDATE AuditEntries SET At = '2026-11-23 09:00:00.0000001' WHERE Sequence = 3", 3, AuditFaultKind.Changed)]
    [InlineData("UPDATE AuditEntries SET Hash = upper(Hash) WHERE Sequence = 3", 3, AuditFaultKind.Changed)]
    [InlineData("DELETE FROM AuditEntries WHERE Sequence = 3", 3, AuditFaultKind.Missing)]
    [InlineData("DELETE FROM AuditEntries WHERE Sequence = 1", 1, AuditFaultKind.Missing)]
    [InlineData("UPDATE AuditEntries SET Sequence = NULL, Hash = NULL WHERE Sequence = 3", 3, AuditFaultKind.Missing)]
    [InlineData("DELETE FROM AuditEntries WHERE Sequence >= 4", 4, AuditFaultKind.Missing)]
    public async Task VerifyAsync_WhenARowWasChangedOrRemoved_SaysWhere(string tampering, long sequence, AuditFaultKind kind)
    {
        await SealAsync();
        var exported = await HeadAsync();
        Assert.Null(await VerifyAsync(exported));

        await _database.ReadAsync(db => db.Database.ExecuteSqlRawAsync(tampering));

        Assert.Equal(new AuditFault(sequence, kind), await VerifyAsync(exported));
    }

    [Fact]
    public async Task VerifyAsync_WhenARowWasChangedAndAllSealedAnew_FailsAgainstTheExportedHeadOnly()
    {
        await SealAsync();
        var exported = await HeadAsync();

        await _database.ReadAsync(db => db.Database.ExecuteSqlRawAsync("UPDATE AuditEntries SET Sequence = NULL, Hash = NULL, ActorId = 99"));
        await SealAsync();

        Assert.Null(await VerifyAsync(null));
        Assert.Equal(new AuditFault(5, AuditFaultKind.Changed), await VerifyAsync(exported));
    }

    [Fact]
    public async Task WriteAsync_WhenItWouldRemoveOrRewriteAnAuditRow_Refuses()
    {
        await SealAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(() => _database.WriteAsync(async (write, ct) =>
        {
            write.Db.Remove(await write.Db.Audit.FirstAsync(ct));
        }));
        await Assert.ThrowsAsync<InvalidOperationException>(() => _database.WriteAsync(async (write, ct) =>
        {
            write.Db.Entry(await write.Db.Audit.FirstAsync(ct)).Property(a => a.ActorId).CurrentValue = 99;
        }));
    }

    private Task<int> SealAsync() => WithAsync<AuditSealer, int>(sealer => sealer.SealAsync(CancellationToken.None));

    private Task<AuditHead> HeadAsync() => WithAsync<AuditChain, AuditHead>(chain => chain.HeadAsync(CancellationToken.None));

    private Task<AuditFault?> VerifyAsync(AuditHead? exported) => WithAsync<AuditChain, AuditFault?>(chain => chain.VerifyAsync(exported, CancellationToken.None));

    private async Task<TResult> WithAsync<TService, TResult>(Func<TService, Task<TResult>> use)
        where TService : notnull
    {
        await using var scope = _database.Services.CreateAsyncScope();
        return await use(scope.ServiceProvider.GetRequiredService<TService>());
    }
}
