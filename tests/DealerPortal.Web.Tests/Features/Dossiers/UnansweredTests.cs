using System.Globalization;
using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Dossiers.Unanswered;
using DealerPortal.TestCommon;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace DealerPortal.Web.Tests.Features.Dossiers;

/// <summary>A question that a dealer does not answer, as days go by. Each test has a clock of its own.</summary>
public sealed class UnansweredTests : IDisposable
{
    private readonly PortalFactory _factory = new();

    public void Dispose() => _factory.Dispose();

    /// <summary>Asked and due days in Brussels, counted by hand.</summary>
    [Theory]
    // Within one week, and over weekends.
    [InlineData("BE", "2026-11-23T09:00Z", "2026-11-25", "2026-11-30", "2026-12-14")]
    // A Friday before Christmas: 25 December and 1 January do not count, and the year ends.
    [InlineData("BE", "2026-12-18T13:00Z", "2026-12-22", "2026-12-28", "2027-01-12")]
    // Luxembourg keeps its national day on 23 June.
    [InlineData("LU", "2027-06-21T08:00Z", "2027-06-24", "2027-06-29", "2027-07-13")]
    [InlineData("BE", "2027-06-21T08:00Z", "2027-06-23", "2027-06-28", "2027-07-12")]
    // Asked in the night after the clocks went back: it is All Saints' Day in Brussels, and Sunday in UTC.
    [InlineData("BE", "2027-10-31T23:30Z", "2027-11-03", "2027-11-08", "2027-11-23")]
    public async Task Question_IsRemindedTwice_AndClosed_OnTheWorkingDaysThatWereSet(string country, string asked, string first, string second, string closed)
    {
        var (dealer, dossier) = await AskedAsync(country, Utc(asked));

        await AssertStepAsync(first, "DossierReminder", dealer, dossier, TimelineKind.Reminded, RequestStatus.WaitingForDealer);
        await AssertStepAsync(second, "DossierReminder", dealer, dossier, TimelineKind.Reminded, RequestStatus.WaitingForDealer);
        await AssertStepAsync(closed, "DossierClosedUnanswered", dealer, dossier, TimelineKind.ClosedUnanswered, RequestStatus.Completed);

        Assert.Equal(Resolution.Cancelled, (await ReadAsync(dossier)).Resolution);
        _factory.Time.Advance(TimeSpan.FromDays(20));
        await RunAsync();
        Assert.Equal(3, (await _factory.MailsAsync(dealer.Email)).Count(mail => mail.Kind != "DossierQuestion"));
    }

    [Fact]
    public async Task Reminder_RepeatsTheQuestionAndSaysUntilWhen_AndALateAnswerReopens()
    {
        var (dealer, dossier) = await AskedAsync("BE", _factory.Now);
        _factory.Time.Advance(TimeSpan.FromDays(3));
        await RunAsync();
        var reminder = (await _factory.MailsAsync(dealer.Email))[^1];
        Assert.Contains("Avez-vous la facture ?", reminder.Text, StringComparison.Ordinal);
        Assert.Contains("23 novembre 2026", reminder.Text, StringComparison.Ordinal);
        Assert.Contains("13 jours ouvrables", reminder.Text, StringComparison.Ordinal);

        _factory.Time.Advance(TimeSpan.FromDays(30));
        await RunAsync();
        Assert.Contains("30 jours", (await _factory.MailsAsync(dealer.Email))[^1].Text, StringComparison.Ordinal);
        using var client = await _factory.NewClientAsync(dealer);
        var page = await client.GetPageAsync($"/dossiers/{dossier.Number}");
        Assert.Contains("Demande clôturée, restée sans réponse", page.TextOf(".timeline"), StringComparison.Ordinal);
        await client.SubmitAsync(page, "#message", ("Message.Text", "La voici."));

        Assert.Equal((RequestStatus.InProgress, 0), ((await ReadAsync(dossier)).Status, (await ReadAsync(dossier)).Reminders));
    }

    [Fact]
    public async Task Answer_EndsIt_AndTheNextQuestionBeginsAnew()
    {
        var (dealer, dossier) = await AskedAsync("BE", _factory.Now);
        _factory.Time.Advance(TimeSpan.FromDays(3));
        await RunAsync();
        using (var client = await _factory.NewClientAsync(dealer))
            await client.SubmitAsync(await client.GetPageAsync($"/dossiers/{dossier.Number}"), "#message", ("Message.Text", "La voici."));
        _factory.Time.Advance(TimeSpan.FromDays(30));
        await RunAsync();
        Assert.Equal(RequestStatus.InProgress, (await ReadAsync(dossier)).Status);

        await AskAsync(dossier, "Et le ticket ?");
        _factory.Time.Advance(TimeSpan.FromDays(5));
        await RunAsync();
        var mails = await _factory.MailsAsync(dealer.Email);
        Assert.Equal(["DossierQuestion", "DossierReminder", "DossierQuestion", "DossierReminder"], mails.Select(mail => mail.Kind));
        Assert.Contains("Et le ticket ?", mails[^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dealer_WhoWantsNoMails_GetsNone_AndTheRequestIsClosedAllTheSame()
    {
        var (dealer, dossier) = await AskedAsync("BE", _factory.Now, notify: false);

        _factory.Time.Advance(TimeSpan.FromDays(4));
        await RunAsync();
        Assert.Equal(0, await EntriesAsync(dossier, TimelineKind.Reminded));
        _factory.Time.Advance(TimeSpan.FromDays(30));
        await RunAsync();

        Assert.Equal(RequestStatus.Completed, (await ReadAsync(dossier)).Status);
        Assert.Empty(await _factory.MailsAsync(dealer.Email));
    }

    [Fact]
    public async Task Rounds_OfTwoInstancesAndAfterALongPause_SendOneMail()
    {
        var (dealer, dossier) = await AskedAsync("BE", _factory.Now);
        _factory.Time.Advance(TimeSpan.FromDays(11));

        using var other = ActivatorUtilities.CreateInstance<DossierHousekeeping>(_factory.Services);
        await Task.WhenAll(RunAsync(), other.RunOnceAsync(CancellationToken.None));
        await RunAsync();

        Assert.Equal(1, (await _factory.MailsAsync(dealer.Email)).Count(mail => mail.Kind == "DossierReminder"));
        Assert.Equal(2, (await ReadAsync(dossier)).Reminders);
    }

    [Theory]
    [InlineData("5", "5", "15")]
    [InlineData("0", "5", "15")]
    [InlineData("2", "5", "4")]
    public void Days_ThatDoNotFollowEachOther_StopTheStart(string first, string second, string close)
    {
        _factory.Settings["Unanswered:FirstReminder"] = first;
        _factory.Settings["Unanswered:SecondReminder"] = second;
        _factory.Settings["Unanswered:Close"] = close;

        Assert.Throws<OptionsValidationException>(() => _ = _factory.Services);
    }

    private static DateTime Utc(string text) => DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal);

    private Task RunAsync()
    {
        _factory.Time.Advance(TimeSpan.FromMinutes(11));
        return _factory.Services.GetRequiredService<DossierHousekeeping>().RunOnceAsync(CancellationToken.None);
    }

    /// <summary>Nothing until the day begins in Brussels; then one mail and one entry.</summary>
    private async Task AssertStepAsync(string day, string mail, TestUser dealer, TestDossier dossier, TimelineKind entry, RequestStatus status)
    {
        var (mails, entries) = ((await _factory.MailsAsync(dealer.Email)).Count, await EntriesAsync(dossier, entry));
        var begins = TimeZoneInfo.ConvertTimeToUtc(DateTime.Parse(day, CultureInfo.InvariantCulture), TimeZoneInfo.FindSystemTimeZoneById("Europe/Brussels"));
        _factory.Time.SetUtcNow(new DateTimeOffset(begins, TimeSpan.Zero).AddMinutes(-16));
        await RunAsync();
        Assert.Equal(mails, (await _factory.MailsAsync(dealer.Email)).Count);

        await RunAsync();
        Assert.Equal(mail, (await _factory.MailsAsync(dealer.Email)).Skip(mails).Single().Kind);
        Assert.Equal(entries + 1, await EntriesAsync(dossier, entry));
        Assert.Equal(status, (await ReadAsync(dossier)).Status);
        await RunAsync();
        Assert.Equal(mails + 1, (await _factory.MailsAsync(dealer.Email)).Count);
    }

    private async Task<(TestUser Dealer, TestDossier Dossier)> AskedAsync(string country, DateTime at, bool notify = true)
    {
        _factory.Time.SetUtcNow(new DateTimeOffset(at, TimeSpan.Zero));
        var organisation = await _factory.Data.CreateOrganisationAsync(country: country);
        var dealer = await _factory.Data.CreateMemberAsync(organisation);
        var dossier = await _factory.Data.CreateDossierAsync(organisation, dealer, plan => plan.NotifyByMail = notify);
        await AskAsync(dossier, "Avez-vous la facture ?");
        return (dealer, dossier);
    }

    private async Task AskAsync(TestDossier dossier, string text)
    {
        using var support = await _factory.NewClientAsync(await _factory.Data.CreateStaffAsync());
        await support.SubmitAsync(await support.GetPageAsync($"/admin/dossiers/{dossier.Number}"), "#answer", ("Answer.Text", text), ("Answer.Then", "wait"));
    }

    private Task<int> EntriesAsync(TestDossier dossier, TimelineKind kind) =>
        _factory.ReadAsync(db => db.Timeline.AllOrganisations().CountAsync(e => e.DossierId == dossier.Id && e.Kind == kind));

    private Task<Dossier> ReadAsync(TestDossier dossier) => _factory.ReadAsync(db => db.Dossiers.AllOrganisations().AsNoTracking().SingleAsync(d => d.Id == dossier.Id));
}
