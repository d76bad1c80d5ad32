using System.Runtime.Versioning;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Mail;
using DealerPortal.Core.Mail.Inbound;
using DealerPortal.TestCommon;
using MailKit.Net.Imap;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace DealerPortal.Web.Tests.Features.Inbound;

/// <summary>A portal and the server it reads answers from, for one class.</summary>
public sealed class AnsweredMailbox : IAsyncLifetime
{
    public DovecotServer Server { get; } = new();
    public PortalFactory Factory { get; } = new();

    public async Task InitializeAsync()
    {
        await Server.InitializeAsync();
        foreach (var (key, value) in Server.Settings())
            Factory.Settings[key] = value;
    }

    public async Task DisposeAsync()
    {
        await Factory.DisposeAsync();
        await Server.DisposeAsync();
    }
}

/// <summary>The mailbox on a real server: once, whatever happens in between.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class InboundMailboxTests(AnsweredMailbox answered) : IClassFixture<AnsweredMailbox>
{
    private const UnixFileMode ReadOnly = UnixFileMode.UserRead | UnixFileMode.UserExecute;
    private const UnixFileMode Writable = ReadOnly | UnixFileMode.UserWrite;

    private readonly DovecotServer _server = answered.Server;
    private readonly PortalFactory _factory = answered.Factory;

    private InboundMailbox Mailbox => _factory.Services.GetRequiredService<InboundMailbox>();

    [Fact]
    public async Task AnAnswer_IsTakenOnce_WhoeverDiesOrLooksInBetween()
    {
        var answering = await Answering.BeginAsync(_factory);
        var before = await _server.CountAsync();
        await _server.DeliverAsync(answering.Answer("Voici la preuve", null, Answering.File("preuve.png", TestFile.Png, "image/png")));
        await PollAsync();
        await PollAsync();

        Assert.Equal("Voici la preuve", Assert.Single(await MessagesAsync(answering)).Text);
        Assert.Equal((0, before.Handled + 1), await _server.CountAsync());
        using (var client = await _factory.NewClientAsync(answering.Person))
            Assert.Contains("preuve.png", (await client.GetPageAsync($"/dossiers/{answering.Dossier.Number}")).MainText, StringComparison.Ordinal);

        // What is written stays written when the mail cannot be moved, as when the process dies in between.
        await _server.DeliverAsync(answering.Answer("Deuxième"));
        SetHandled(ReadOnly);
        await Assert.ThrowsAnyAsync<ImapCommandException>(() => Mailbox.TakeInAsync(CancellationToken.None));
        Assert.Equal(2, (await MessagesAsync(answering)).Count);
        Assert.Equal(1, (await _server.CountAsync()).Waiting);
        SetHandled(Writable);
        await PollAsync();
        Assert.Equal(2, (await MessagesAsync(answering)).Count);
        Assert.Equal((0, before.Handled + 2), await _server.CountAsync());

        // Two instances that look at the same moment.
        for (var i = 0; i < 3; i++)
            await _server.DeliverAsync(answering.Answer($"Ensemble {i}"));
        var other = ActivatorUtilities.CreateInstance<InboundMailbox>(_factory.Services);
        await Task.WhenAll(Mailbox.TakeInAsync(CancellationToken.None), other.TakeInAsync(CancellationToken.None));
        Assert.Equal(5, (await MessagesAsync(answering)).Count);
        Assert.Equal(0, (await _server.CountAsync()).Waiting);

        // Only one instance looks at all, while both are well.
        await _server.DeliverAsync(answering.Answer("Bail"));
        await PollAsync(ActivatorUtilities.CreateInstance<InboundPolling>(_factory.Services));
        Assert.Equal(1, (await _server.CountAsync()).Waiting);
        await PollAsync();
        Assert.Equal(0, (await _server.CountAsync()).Waiting);
    }

    [Fact]
    public async Task AReportInTheMailbox_IsTakenBeforeMachinesAreIgnored()
    {
        var answering = await Answering.BeginAsync(_factory);
        var before = await _server.CountAsync();
        await _server.DeliverAsync(Reports.Postfix(answering.Mail));

        await PollAsync();

        Assert.Equal((0, before.Handled + 1), await _server.CountAsync());
        Assert.True((await _factory.ReadAsync(db => db.Users.SingleAsync(u => u.Id == answering.Person.Id))).HasBounced);
    }

    [Fact]
    public async Task AMailThatIsTooLarge_IsNotFetched_AndKept()
    {
        var answering = await Answering.BeginAsync(_factory);
        var message = answering.Answer("Grand", null, Answering.File("grand.png", new byte[3 * 1024 * 1024]));
        await _server.DeliverAsync(message);

        await PollAsync();

        var row = await answering.RowAsync(message);
        Assert.Equal((InboundReason.TooLarge, answering.Person.Email, null), (row.Reason!.Value, row.Sender, row.Text));
        Assert.Empty(await MessagesAsync(answering));
        Assert.Equal(0, (await _server.CountAsync()).Waiting);
    }

    [Fact]
    public async Task AServerThatIsAway_OrRefusesThePassword_IsSaidOnceWithoutSecrets_AndComesBack()
    {
        var answering = await Answering.BeginAsync(_factory);
        await _server.DeliverAsync(answering.Answer("Après la panne"));
        var settings = _factory.Services.GetRequiredService<IOptions<MailOptions>>().Value.Inbound;
        settings.Password = "canary-wrong-password";
        await PollAsync();
        await PollAsync();
        settings.Password = DovecotServer.Password;
        await _server.StopAsync();
        await PollAsync();
        Assert.Empty(await MessagesAsync(answering));
        await _server.StartAsync();
        await PollAsync();

        Assert.Single(await MessagesAsync(answering));
        var lines = _factory.Logs.Texts.Where(line => line.Contains("mailbox of answers", StringComparison.Ordinal)).ToList();
        Assert.Equal(3, lines.Count);
        Assert.Contains("AuthenticationException", lines[0], StringComparison.Ordinal);
        Assert.Contains("read again", lines[2], StringComparison.Ordinal);
        var all = string.Join('\n', _factory.Logs.Texts);
        Assert.DoesNotContain("canary-", all, StringComparison.Ordinal);
        Assert.DoesNotContain(answering.Person.Email, string.Join('\n', lines), StringComparison.Ordinal);
    }

    private Task PollAsync() => PollAsync(_factory.Services.GetRequiredService<InboundPolling>());

    private static Task PollAsync(InboundPolling polling) => polling.RunOnceAsync(CancellationToken.None);

    private static async Task<List<TimelineEntry>> MessagesAsync(Answering answering) => (await answering.TimelineAsync()).FindAll(e => e.Kind == TimelineKind.Message);

    private void SetHandled(UnixFileMode mode)
    {
        foreach (var folder in Directory.GetDirectories(_server.HandledFolder).Append(_server.HandledFolder))
            File.SetUnixFileMode(folder, mode);
    }
}
