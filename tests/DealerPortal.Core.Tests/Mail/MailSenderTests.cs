using System.Collections.Concurrent;
using System.Threading.Channels;
using DealerPortal.Core.Mail;
using DealerPortal.Core.Mail.Mails;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using MimeKit;

namespace DealerPortal.Core.Tests.Mail;

/// <summary>Leases, stopping and failing databases, with a transport that the test holds.</summary>
public sealed class MailSenderTests
{
    private static readonly Dictionary<string, string?> OneConnection = new() { ["Mail:Connections"] = "1" };

    [Fact]
    public async Task SendDue_WhenTheLeaseWasLostWhileSending_LeavesTheMarkToWhoHoldsItNow()
    {
        var slow = new HeldTransport();
        await using var bench = await MailBench.CreateAsync(transport: slow);
        await bench.EnqueueAsync(new PasswordChanged());
        var sending = bench.Sender.SendDueAsync(CancellationToken.None);
        await slow.NextAsync();
        bench.Database.Time.Advance(TimeSpan.FromMinutes(6));
        var free = new HeldTransport { IsOpen = true };
        await using var other = bench.CreateInstance(transport: free);
        await other.GetRequiredService<MailSender>().SendDueAsync(CancellationToken.None);
        var sentByOther = await bench.OnlyRowAsync();

        slow.Release(new IOException("Too late."));
        await sending;

        var row = await bench.OnlyRowAsync();
        Assert.Equal(sentByOther.SentAt, row.SentAt);
        Assert.Equal(1, row.Attempts);
        Assert.Null(row.LastError);
        Assert.Contains(bench.Log.Lines, line => line.Contains("taken over", StringComparison.Ordinal));
        Assert.Equal(slow.Sent.Single(), free.Sent.Single());
    }

    [Fact]
    public async Task SendDue_WhenAnotherInstanceCrashedInTheMiddle_SendsOnceItsLeaseEnds()
    {
        var free = new HeldTransport { IsOpen = true };
        await using var bench = await MailBench.CreateAsync(transport: free);
        await bench.EnqueueAsync(new PasswordChanged());
        await bench.Database.WriteAsync(async (write, ct) =>
        {
            var row = await write.Db.Set<OutboxMail>().SingleAsync(ct);
            (row.LeaseId, row.LeaseUntil) = (Guid.NewGuid(), bench.Database.Now.AddMinutes(5));
        });

        Assert.Equal(0, await bench.Sender.SendDueAsync(CancellationToken.None));
        bench.Database.Time.Advance(TimeSpan.FromMinutes(5) + TimeSpan.FromSeconds(1));
        Assert.Equal(1, await bench.Sender.SendDueAsync(CancellationToken.None));

        Assert.NotNull((await bench.OnlyRowAsync()).SentAt);
    }

    [Fact]
    public async Task Stop_WhileSending_FinishesTheMailUnderWayAndHandsBackTheRest()
    {
        var held = new HeldTransport();
        await using var bench = await MailBench.CreateAsync(OneConnection, held);
        await bench.EnqueueAsync(new PasswordChanged());
        await bench.EnqueueAsync(new MembershipRefused("Démo Électro"));
        await bench.Sender.StartAsync(CancellationToken.None);
        await held.NextAsync();

        var stopping = bench.Sender.StopAsync(CancellationToken.None);
        Assert.False(stopping.IsCompleted);
        held.Release();
        await stopping;

        var rows = await bench.RowsAsync();
        Assert.Single(held.Sent);
        Assert.Single(rows, row => row.SentAt is not null);
        var rest = Assert.Single(rows, row => row.SentAt is null);
        Assert.Null(rest.LeaseId);
        Assert.NotNull(rest.DueAt);
        Assert.Equal(0, rest.Attempts);
    }

    [Fact]
    public async Task Run_WhenAMailIsEnqueued_SendsItWithoutWaitingForThePoll()
    {
        var held = new HeldTransport { IsOpen = true };
        await using var bench = await MailBench.CreateAsync(transport: held);
        await bench.Sender.StartAsync(CancellationToken.None);

        await bench.EnqueueAsync(new PasswordChanged());
        await held.NextAsync();
        await bench.EnqueueAsync(new PasswordChanged());
        await held.NextAsync();
        await bench.Sender.StopAsync(CancellationToken.None);

        Assert.All(await bench.RowsAsync(), row => Assert.NotNull(row.SentAt));
    }

    [Fact]
    public async Task Run_WhenTheDatabaseFails_GoesOnAfterwards()
    {
        var held = new HeldTransport { IsOpen = true };
        await using var bench = await MailBench.CreateAsync(transport: held);
        await bench.SqlAsync("ALTER TABLE OutboxMails RENAME TO Away");
        var failed = bench.Log.NextAsync("could not be read or written");
        await bench.Sender.StartAsync(CancellationToken.None);
        await failed;
        await bench.SqlAsync("ALTER TABLE Away RENAME TO OutboxMails");

        await bench.EnqueueAsync(new PasswordChanged());
        await held.NextAsync();
        await bench.Sender.StopAsync(CancellationToken.None);

        Assert.NotNull((await bench.OnlyRowAsync()).SentAt);
    }

    [Fact]
    public async Task SendDue_WhenTheDatabaseFailsAfterSending_MarksItLaterInsteadOfSendingAgain()
    {
        var held = new HeldTransport();
        await using var bench = await MailBench.CreateAsync(transport: held);
        await bench.EnqueueAsync(new PasswordChanged());
        var sending = bench.Sender.SendDueAsync(CancellationToken.None);
        await held.NextAsync();
        await bench.SqlAsync("ALTER TABLE OutboxMails RENAME TO Away");
        var failed = bench.Log.NextAsync("could not be marked");
        held.Release();
        await failed;
        await bench.SqlAsync("ALTER TABLE Away RENAME TO OutboxMails");
        bench.Database.Time.Advance(TimeSpan.FromSeconds(2));
        await sending;

        Assert.NotNull((await bench.OnlyRowAsync()).SentAt);
        Assert.Single(held.Sent);
    }

    [Theory]
    [InlineData("Mail:From", "nobody", "Mail:From")]
    [InlineData("Mail:Connections", "0", "Mail:Connections")]
    [InlineData("Mail:Transport", "Smtp", "Mail:Smtp:Host")]
    [InlineData("Mail:Inbound:Host", "imap.demo.example", "Mail:Inbound:Address")]
    public async Task Options_WhenTheyCannotWork_AreRefusedByName(string key, string value, string named)
    {
        await using var bench = await MailBench.CreateAsync(new Dictionary<string, string?> { [key] = value });

        var refused = Assert.Throws<OptionsValidationException>(() => bench.Database.Services.GetRequiredService<IOptions<MailOptions>>().Value);

        Assert.Contains(refused.Failures, failure => failure.StartsWith(named, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Options_WithAPasswordInClear_AreRefused()
    {
        await using var bench = await MailBench.CreateAsync(new Dictionary<string, string?>
        {
            ["Mail:Transport"] = "Smtp",
            ["Mail:Smtp:Host"] = "mail.demo.example",
            ["Mail:Smtp:User"] = "portal",
            ["Mail:Smtp:Security"] = "None",
        });

        Assert.Throws<OptionsValidationException>(() => bench.Database.Services.GetRequiredService<IOptions<MailOptions>>().Value);
    }

    [Fact]
    public async Task Brand_WithHoursFromTheSettings_ShowsThemInMails()
    {
        await using var bench = await MailBench.CreateAsync(new Dictionary<string, string?>
        {
            ["Brand:Name"] = "Maison Exemple",
            ["Brand:Colour"] = "#123456",
            ["Brand:DealerlineHours:Nl"] = "elke dag van 8 tot 20 uur",
        });

        var dutch = bench.Queue.Render(new PasswordChanged(), MailSamples.Recipient with { Language = "nl" });
        var button = bench.Queue.Render(new MembershipApproved("Démo", "/"), MailSamples.Recipient);

        Assert.Contains("elke dag van 8 tot 20 uur", dutch.Content.Text.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Contains("Maison Exemple", dutch.Subject, StringComparison.Ordinal);
        Assert.Contains("background:#123456", button.Content.Html, StringComparison.Ordinal);
    }

    /// <summary>Holds each message until the test lets it go.</summary>
    private sealed class HeldTransport : IMailTransport
    {
        private readonly Channel<bool> _arrived = Channel.CreateUnbounded<bool>();
        private readonly TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool IsOpen { get; init; }

        public ConcurrentQueue<string> Sent { get; } = new();

        public async Task NextAsync() => await _arrived.Reader.ReadAsync();

        public void Release(Exception? failure = null)
        {
            if (failure is null)
                _gate.SetResult();
            else
                _gate.SetException(failure);
        }

        public Task SendAsync(MimeMessage message, CancellationToken ct)
        {
            Sent.Enqueue(message.MessageId!);
            _arrived.Writer.TryWrite(true);
            return IsOpen ? Task.CompletedTask : _gate.Task;
        }
    }
}
