using DealerPortal.Core.Accounts;
using DealerPortal.Core.Calendar;
using DealerPortal.Core.Organisations;
using DealerPortal.TestCommon;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DealerPortal.Core.Tests.Organisations;

public sealed class MembershipRemindersTests : IDisposable
{
    private readonly PortalFactory _factory = new();

    public void Dispose() => _factory.Dispose();

    [Fact]
    public async Task Remind_AfterTwoWorkingDays_TellsEveryAdministratorOnce()
    {
        var organisation = await _factory.Data.CreateOrganisationAsync();
        var one = await _factory.Data.CreateMemberAsync(organisation, MembershipRole.Administrator, language: "de");
        var two = await _factory.Data.CreateMemberAsync(organisation, MembershipRole.Administrator);
        // Asked on a Thursday evening: Friday and Monday pass, the weekend does not count.
        _factory.Time.SetUtcNow(new DateTimeOffset(2026, 11, 26, 18, 0, 0, TimeSpan.Zero));
        await _factory.Data.CreateMemberAsync(organisation, status: MembershipStatus.Pending);

        _factory.Time.SetUtcNow(new DateTimeOffset(2026, 11, 29, 22, 59, 0, TimeSpan.Zero));
        Assert.Equal(0, await RemindAsync());
        // Midnight in Brussels.
        _factory.Time.SetUtcNow(new DateTimeOffset(2026, 11, 29, 23, 0, 0, TimeSpan.Zero));
        Assert.Equal(1, await RemindAsync());
        Assert.Equal(0, await RemindAsync());

        var mail = Assert.Single(await _factory.MailsAsync(one.Email));
        Assert.Equal(("MembershipReminder", "de"), (mail.Kind, mail.Row.Language));
        Assert.Single(await _factory.MailsAsync(two.Email));
    }

    [Fact]
    public async Task Remind_WhenDecidedMeanwhile_SaysNothing()
    {
        var organisation = await _factory.Data.CreateOrganisationAsync();
        var administrator = await _factory.Data.CreateMemberAsync(organisation, MembershipRole.Administrator);
        await _factory.Data.CreateMemberAsync(organisation, status: MembershipStatus.Refused);
        await _factory.Data.CreateMemberAsync(organisation);
        _factory.Time.Advance(TimeSpan.FromDays(10));

        Assert.Equal(0, await RemindAsync());
        Assert.Empty(await _factory.MailsAsync(administrator.Email));
    }

    [Fact]
    public async Task Remind_OverChristmas_WaitsForTheWorkingDays()
    {
        var organisation = await _factory.Data.CreateOrganisationAsync();
        await _factory.Data.CreateMemberAsync(organisation, MembershipRole.Administrator);
        _factory.Time.SetUtcNow(new DateTimeOffset(2026, 12, 24, 9, 0, 0, TimeSpan.Zero));
        await _factory.Data.CreateMemberAsync(organisation, status: MembershipStatus.Pending);

        _factory.Time.SetUtcNow(new DateTimeOffset(2026, 12, 28, 20, 0, 0, TimeSpan.Zero));
        Assert.Equal(0, await RemindAsync());
        _factory.Time.SetUtcNow(new DateTimeOffset(2026, 12, 29, 9, 0, 0, TimeSpan.Zero));
        Assert.Equal(1, await RemindAsync());
    }

    [Fact]
    public async Task Remind_WhenTheHouseIsClosed_WaitsForTheWorkingDays()
    {
        var organisation = await _factory.Data.CreateOrganisationAsync();
        await _factory.Data.CreateMemberAsync(organisation, MembershipRole.Administrator);
        await _factory.Data.CreateMemberAsync(organisation, status: MembershipStatus.Pending);
        // Asked on Monday 23; the house closes on Tuesday.
        await _factory.WriteAsync((write, _) =>
        {
            write.Db.Add(new ClosingDay { Date = new DateOnly(2026, 11, 24) });
            return Task.FromResult(0);
        });

        _factory.Time.SetUtcNow(new DateTimeOffset(2026, 11, 25, 20, 0, 0, TimeSpan.Zero));
        Assert.Equal(0, await RemindAsync());
        _factory.Time.SetUtcNow(new DateTimeOffset(2026, 11, 26, 9, 0, 0, TimeSpan.Zero));
        Assert.Equal(1, await RemindAsync());
    }

    [Fact]
    public async Task Housekeeping_WhenTwoInstancesRunIt_OneDoes()
    {
        var organisation = await _factory.Data.CreateOrganisationAsync();
        var administrator = await _factory.Data.CreateMemberAsync(organisation, MembershipRole.Administrator);
        await _factory.Data.CreateMemberAsync(organisation, status: MembershipStatus.Pending);
        _factory.Time.Advance(TimeSpan.FromDays(5));
        var first = _factory.Services.GetRequiredService<AccountsHousekeeping>();
        using var second = ActivatorUtilities.CreateInstance<AccountsHousekeeping>(_factory.Services);

        await Task.WhenAll(first.RunOnceAsync(CancellationToken.None), second.RunOnceAsync(CancellationToken.None));

        Assert.Single(await _factory.MailsAsync(administrator.Email));
        Assert.NotNull(await _factory.ReadAsync(db => db.Memberships.Where(m => m.Status == MembershipStatus.Pending).Select(m => m.RemindedAt).SingleAsync()));
    }

    private async Task<int> RemindAsync()
    {
        await using var scope = _factory.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<MembershipReminders>().RemindAsync(CancellationToken.None);
    }
}
