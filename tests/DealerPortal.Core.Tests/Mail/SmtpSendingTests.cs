using DealerPortal.Core.Accounts;
using DealerPortal.Core.Mail;
using DealerPortal.Core.Mail.Mails;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DealerPortal.Core.Tests.Mail;

/// <summary>The sender against a real SMTP server in each of its moods.</summary>
public sealed class SmtpSendingTests
{
    [Fact]
    public async Task SendDue_WhenTheServerAccepts_DeliversOnceAndMarksSent()
    {
        await using var server = await SmtpServer.StartAsync();
        await using var bench = await MailBench.CreateAsync(server.Settings());
        await bench.AddDossierAsync();
        await bench.EnqueueAsync(MailSamples.Appointment(0));

        Assert.Equal(1, await bench.Sender.SendDueAsync(CancellationToken.None));
        Assert.Equal(0, await bench.Sender.SendDueAsync(CancellationToken.None));

        var received = Assert.Single(await server.ReceivedAsync());
        var row = await bench.OnlyRowAsync();
        Assert.Equal($"<{row.MessageId}>", received.MessageId);
        Assert.Equal(["jean.exemple@demo-electro.example"], received.Recipients);
        Assert.Equal("Jean Exemple", received.ToName);
        Assert.Equal(row.Subject, received.Subject);
        Assert.Contains("Rue de la Démo 12, 4000 Liège", received.Text, StringComparison.Ordinal);
        Assert.Contains("Rue de la Démo 12, 4000 Liège", received.Html, StringComparison.Ordinal);
        Assert.Equal("rendez-vous.ics", Assert.Single(received.Attachments).Name);
        Assert.Equal(MailSamples.Dossier.Id, row.DossierId);
        Assert.Equal(bench.Database.Now, row.SentAt);
        Assert.Null(row.DueAt);
        Assert.Null(row.LeaseId);
        Assert.NotNull(row.Content);
    }

    [Fact]
    public async Task SendDue_OverStartTlsWithAPassword_Delivers()
    {
        await using var server = await SmtpServer.StartAsync(withTls: true);
        await using var bench = await MailBench.CreateAsync(server.Settings());
        await bench.EnqueueAsync(new PasswordChanged());

        await bench.Sender.SendDueAsync(CancellationToken.None);

        var received = Assert.Single(await server.ReceivedAsync());
        Assert.True(received.Secure);
        Assert.Equal(SmtpServer.User, received.User);
        Assert.NotNull((await bench.OnlyRowAsync()).SentAt);
    }

    [Fact]
    public async Task SendDue_WhenThePasswordIsWrong_KeepsTheMailForLater()
    {
        await using var server = await SmtpServer.StartAsync(withTls: true);
        var settings = server.Settings();
        settings["Mail:Smtp:Password"] = "wrong";
        await using var bench = await MailBench.CreateAsync(settings);
        await bench.EnqueueAsync(new PasswordChanged());

        await bench.Sender.SendDueAsync(CancellationToken.None);

        await AssertWaitsAsync(bench, "AuthenticationException");
    }

    [Theory]
    [InlineData(false, "NotSupportedException")]
    [InlineData(true, "SslHandshakeException")]
    public async Task SendDue_WhenTheServerHasNoTrustedTls_NeverFallsBackToClearText(bool serverHasTls, string error)
    {
        await using var server = await SmtpServer.StartAsync(withTls: serverHasTls);
        var settings = server.Settings();
        settings["Mail:Smtp:Security"] = "StartTls";
        settings["Mail:Smtp:TrustedCertificatePath"] = null;
        await using var bench = await MailBench.CreateAsync(settings);
        await bench.EnqueueAsync(new PasswordChanged());

        await bench.Sender.SendDueAsync(CancellationToken.None);

        Assert.Empty(await server.ReceivedAsync());
        await AssertWaitsAsync(bench, error);
    }

    [Theory]
    [InlineData("refuse", "550 5.1.1 … unknown user …")]
    [InlineData("refuse-message", "554 5.7.1 Message refused")]
    public async Task SendDue_WhenTheServerRefusesForGood_MakesADeadLetterAtOnce(string mode, string error)
    {
        await using var server = await SmtpServer.StartAsync(mode);
        await using var bench = await MailBench.CreateAsync(server.Settings());
        await bench.EnqueueAsync(new MembershipRefused("Démo Électro"));

        await bench.Sender.SendDueAsync(CancellationToken.None);

        var row = await bench.OnlyRowAsync();
        Assert.Equal(bench.Database.Now, row.FailedAt);
        Assert.Null(row.DueAt);
        Assert.Null(row.SentAt);
        Assert.Equal(error, row.LastError);
        Assert.NotNull(row.Content);
        await server.SetModeAsync("accept");
        bench.Database.Time.Advance(TimeSpan.FromDays(2));
        Assert.Equal(0, await bench.Sender.SendDueAsync(CancellationToken.None));
        Assert.Empty(await server.ReceivedAsync());
    }

    [Theory]
    [InlineData("refuse", true)]
    // Refused for what it is, not for whom it is to.
    [InlineData("refuse-message", false)]
    public async Task SendDue_WhenTheServerRefusesTheRecipientForGood_FlagsThePersonAndHoldsBackWhatFollows(string mode, bool isFlagged)
    {
        await using var server = await SmtpServer.StartAsync(mode);
        await using var bench = await MailBench.CreateAsync(server.Settings());
        var person = await bench.Database.WriteAsync(async (write, ct) =>
        {
            var jean = new User { UserName = "jean", Email = MailSamples.Recipient.Address, NormalizedEmail = MailSamples.Recipient.Address.ToUpperInvariant(), FirstName = "Jean", LastName = "Exemple", Language = "fr" };
            write.Db.Add(jean);
            await write.Db.SaveChangesAsync(ct);
            return jean;
        });
        var to = MailSamples.Recipient with { UserId = person.Id };
        await bench.EnqueueAsync(new MembershipRefused("Démo Électro"), to);

        await bench.Sender.SendDueAsync(CancellationToken.None);
        await server.SetModeAsync("accept");
        bench.Database.Time.Advance(TimeSpan.FromSeconds(1));
        await bench.EnqueueAsync(new MembershipRefused("Démo Électro"), to);
        await bench.Sender.SendDueAsync(CancellationToken.None);

        var flagged = await bench.Database.ReadAsync(db => db.Users.AsNoTracking().SingleAsync(u => u.Id == person.Id));
        Assert.Equal((isFlagged, isFlagged ? "550 5.1.1 … unknown user …" : null), (flagged.HasBounced, flagged.BounceReason));
        Assert.Equal(isFlagged ? 0 : 1, (await server.ReceivedAsync()).Count);
        var second = (await bench.RowsAsync())[^1];
        Assert.Equal((isFlagged ? OutboxMail.AddressBounced : null, !isFlagged), (second.LastError, second.SentAt is not null));
    }

    [Fact]
    public async Task SendDue_WhenOurOwnSenderIsRefused_KeepsTheMailForLater()
    {
        await using var server = await SmtpServer.StartAsync("refuse-sender");
        await using var bench = await MailBench.CreateAsync(server.Settings());
        await bench.EnqueueAsync(new PasswordChanged());

        await bench.Sender.SendDueAsync(CancellationToken.None);

        await AssertWaitsAsync(bench, "550 5.7.1 Sender … not allowed");
    }

    [Fact]
    public async Task SendDue_WhenTheServerDefers_TriesAgainWithGrowingPausesForADayThenGivesUp()
    {
        await using var server = await SmtpServer.StartAsync("defer");
        await using var bench = await MailBench.CreateAsync(server.Settings());
        var first = (await bench.EnqueueAsync(new MembershipRefused("Démo Électro"))).CreatedAt;

        foreach (var minutes in (int[])[1, 5, 15, 60, 120, 240, 480, 519])
        {
            Assert.Equal(1, await bench.Sender.SendDueAsync(CancellationToken.None));
            Assert.Equal(0, await bench.Sender.SendDueAsync(CancellationToken.None));
            var row = await bench.OnlyRowAsync();
            Assert.InRange((row.DueAt!.Value - bench.Database.Now).TotalMinutes, minutes * 0.9, minutes * 1.1);
            Assert.Equal("451 4.3.0 Try again later, …", row.LastError);
            bench.Database.Time.SetUtcNow(new DateTimeOffset(row.DueAt.Value));
        }

        Assert.InRange((bench.Database.Now - first).TotalHours, 21, 27);
        Assert.Equal(1, await bench.Sender.SendDueAsync(CancellationToken.None));
        var dead = await bench.OnlyRowAsync();
        Assert.Equal(bench.Database.Now, dead.FailedAt);
        Assert.Null(dead.DueAt);
        Assert.Equal(9, dead.Attempts);
        Assert.Equal(9, await server.RecipientsAsync());
    }

    [Fact]
    public async Task SendDue_WhenTheServerIsAwayAndComesBack_DeliversOnce()
    {
        await using var server = await SmtpServer.StartAsync();
        var settings = server.Settings();
        settings["Mail:Smtp:Port"] = "1";
        await using var bench = await MailBench.CreateAsync(settings);
        await bench.EnqueueAsync(new PasswordChanged());
        await bench.Sender.SendDueAsync(CancellationToken.None);
        await AssertWaitsAsync(bench, "SocketException");
        bench.Database.Time.Advance(TimeSpan.FromMinutes(2));

        await using var repaired = bench.CreateInstance(server.Settings());
        await repaired.GetRequiredService<MailSender>().SendDueAsync(CancellationToken.None);

        Assert.Single(await server.ReceivedAsync());
        Assert.NotNull((await bench.OnlyRowAsync()).SentAt);
    }

    [Fact]
    public async Task SendDue_WhenTheAnswerAfterDataIsLost_SendsTheSameMessageIdAgain()
    {
        await using var server = await SmtpServer.StartAsync("drop");
        await using var bench = await MailBench.CreateAsync(server.Settings());
        await bench.EnqueueAsync(new MembershipRefused("Démo Électro"));

        await bench.Sender.SendDueAsync(CancellationToken.None);
        Assert.Single(await server.ReceivedAsync());
        Assert.Null((await bench.OnlyRowAsync()).SentAt);
        await server.SetModeAsync("accept");
        Assert.Equal(0, await bench.Sender.SendDueAsync(CancellationToken.None));
        bench.Database.Time.Advance(TimeSpan.FromMinutes(2));
        await bench.Sender.SendDueAsync(CancellationToken.None);

        var received = await server.ReceivedAsync();
        Assert.Equal(2, received.Count);
        Assert.Equal(received[0].MessageId, received[1].MessageId);
        Assert.NotNull((await bench.OnlyRowAsync()).SentAt);
    }

    [Fact]
    public async Task SendDue_WhenTheServerIsSlow_WaitsAndDeliversOnce()
    {
        await using var server = await SmtpServer.StartAsync("slow", delay: TimeSpan.FromSeconds(1));
        await using var bench = await MailBench.CreateAsync(server.Settings());
        await bench.EnqueueAsync(new PasswordChanged());

        await bench.Sender.SendDueAsync(CancellationToken.None);

        Assert.Single(await server.ReceivedAsync());
        Assert.NotNull((await bench.OnlyRowAsync()).SentAt);
    }

    [Fact]
    public async Task SendDue_WhenTheServerIsSlowerThanTheTimeout_KeepsTheMailForLater()
    {
        await using var server = await SmtpServer.StartAsync("slow", delay: TimeSpan.FromMinutes(5));
        var settings = server.Settings();
        settings["Mail:Smtp:Timeout"] = "00:00:00.3";
        await using var bench = await MailBench.CreateAsync(settings);
        await bench.EnqueueAsync(new PasswordChanged());

        await bench.Sender.SendDueAsync(CancellationToken.None);

        await AssertWaitsAsync(bench, null);
    }

    [Fact]
    public async Task SendDue_WhenTheMailIsSecret_ErasesItsContentAfterSending()
    {
        await using var server = await SmtpServer.StartAsync();
        await using var bench = await MailBench.CreateAsync(server.Settings());
        await bench.EnqueueAsync(new RegistrationCode("482913", "/register/code?code=482913"));

        await bench.Sender.SendDueAsync(CancellationToken.None);

        Assert.Contains("482913", Assert.Single(await server.ReceivedAsync()).Text, StringComparison.Ordinal);
        var row = await bench.OnlyRowAsync();
        Assert.NotNull(row.SentAt);
        Assert.Null(row.Content);
    }

    [Fact]
    public async Task SendDue_WhenASecretDies_ErasesItsContent()
    {
        await using var server = await SmtpServer.StartAsync("refuse");
        await using var bench = await MailBench.CreateAsync(server.Settings());
        await bench.EnqueueAsync(new PasswordResetLink("/password/reset?token=canary"));

        await bench.Sender.SendDueAsync(CancellationToken.None);

        var row = await bench.OnlyRowAsync();
        Assert.NotNull(row.FailedAt);
        Assert.Null(row.Content);
    }

    [Fact]
    public async Task SendDue_WhenASecretExpiredUnsent_ErasesItWithoutSending()
    {
        await using var server = await SmtpServer.StartAsync("defer");
        await using var bench = await MailBench.CreateAsync(server.Settings());
        await bench.EnqueueAsync(new RegistrationCode("482913", "/register/code?code=482913"));
        await bench.Sender.SendDueAsync(CancellationToken.None);
        Assert.NotNull((await bench.OnlyRowAsync()).Content);
        await server.SetModeAsync("accept");
        bench.Database.Time.Advance(TimeSpan.FromMinutes(61));

        await bench.Sender.SendDueAsync(CancellationToken.None);

        var row = await bench.OnlyRowAsync();
        Assert.Null(row.Content);
        Assert.Null(row.DueAt);
        Assert.NotNull(row.FailedAt);
        Assert.Empty(await server.ReceivedAsync());
    }

    [Fact]
    public async Task SendDue_WhenManyMailsWait_ReusesFewConnections()
    {
        await using var server = await SmtpServer.StartAsync();
        await using var bench = await MailBench.CreateAsync(server.Settings());
        for (var i = 0; i < 20; i++)
            await bench.EnqueueAsync(new PasswordChanged());

        Assert.Equal(20, await bench.Sender.SendDueAsync(CancellationToken.None));

        Assert.InRange((await server.ReceivedAsync()).Select(mail => mail.Session).Distinct().Count(), 1, 4);
    }

    [Fact]
    public async Task SendDue_ByTwoInstancesAtOnce_SendsEveryMailOnce()
    {
        const int Mails = 200;
        await using var server = await SmtpServer.StartAsync();
        await using var bench = await MailBench.CreateAsync(server.Settings());
        var rendered = bench.Queue.Render(new MembershipRefused("Démo Électro"), MailSamples.Recipient);
        await bench.Database.WriteAsync((write, _) =>
        {
            for (var i = 0; i < Mails; i++)
                bench.Queue.Enqueue(write, rendered);
            return Task.CompletedTask;
        });
        await using var other = bench.CreateInstance(server.Settings());

        var sent = await Task.WhenAll(EmptyAsync(bench.Sender), EmptyAsync(other.GetRequiredService<MailSender>()));

        Assert.Equal(Mails, sent.Sum());
        var received = await server.ReceivedAsync();
        Assert.Equal(Mails, received.Count);
        Assert.Equal(Mails, received.Select(mail => mail.MessageId).Distinct().Count());
        Assert.All(await bench.RowsAsync(), row => Assert.Equal((bench.Database.Now, 1), (row.SentAt!.Value, row.Attempts)));

        static Task<int> EmptyAsync(MailSender sender) => Task.Run(async () =>
        {
            var sum = 0;
            while (await sender.SendDueAsync(CancellationToken.None) is > 0 and var count)
                sum += count;
            return sum;
        });
    }

    [Fact]
    public async Task SendDue_WhateverHappens_LogsNoAddressNameCodeOrPassword()
    {
        await using var server = await SmtpServer.StartAsync(withTls: true);
        await using var bench = await MailBench.CreateAsync(server.Settings());
        foreach (var mode in (string[])["accept", "refuse", "defer", "drop", "refuse-message", "refuse-sender"])
        {
            await server.SetModeAsync(mode);
            await bench.EnqueueAsync(new RegistrationCode("482913", "/register/code?code=482913"));
            await bench.Sender.SendDueAsync(CancellationToken.None);
        }

        Assert.Contains(bench.Log.Lines, line => line.Contains("given up", StringComparison.Ordinal) && line.Contains("RegistrationCode", StringComparison.Ordinal));
        foreach (var canary in (string[])["jean.exemple", "Jean Exemple", "482913", SmtpServer.Password])
            Assert.DoesNotContain(bench.Log.Lines, line => line.Contains(canary, StringComparison.OrdinalIgnoreCase));
        Assert.All(await bench.RowsAsync(), row => Assert.DoesNotContain("jean", row.LastError ?? "", StringComparison.OrdinalIgnoreCase));
    }

    private static async Task AssertWaitsAsync(MailBench bench, string? error)
    {
        var row = await bench.OnlyRowAsync();
        Assert.Null(row.SentAt);
        Assert.Null(row.FailedAt);
        Assert.Null(row.LeaseId);
        Assert.Equal(1, row.Attempts);
        Assert.InRange(row.DueAt!.Value, bench.Database.Now.AddSeconds(50), bench.Database.Now.AddSeconds(70));
        if (error is not null)
            Assert.Equal(error, row.LastError);
    }
}
