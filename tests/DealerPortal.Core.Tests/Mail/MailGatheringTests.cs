using System.Globalization;
using System.Text;
using DealerPortal.Core.Accounts;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Mail;
using DealerPortal.Core.Mail.Mails;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;

namespace DealerPortal.Core.Tests.Mail;

/// <summary>Several news of a dossier within a minute become one mail.</summary>
public sealed class MailGatheringTests : IAsyncLifetime
{
    private static readonly Dictionary<string, string?> _gathers = new() { ["Mail:GatherFor"] = "00:01:00" };

    private readonly KeptTransport _transport = new();
    private MailBench _bench = null!;
    private MailRecipient _jean = null!;
    private MailRecipient _piet = null!;

    public async Task InitializeAsync()
    {
        _bench = await MailBench.CreateAsync(_gathers, _transport);
        await _bench.AddDossierAsync();
        _jean = MailSamples.Recipient with { UserId = 1 };
        _piet = await _bench.Database.WriteAsync(async (write, ct) =>
        {
            var piet = new User { UserName = "piet", FirstName = "Piet", LastName = "Voorbeeld", Language = "nl" };
            write.Db.Add(piet);
            await write.Db.SaveChangesAsync(ct);
            return new MailRecipient("piet@demo-elektro.example", "Piet Voorbeeld", "nl", piet.Id);
        });
    }

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    [Fact]
    public async Task SeveralNewsOfADossier_AreOneMail_InOrder_WithEveryFileAndEachFactOnce()
    {
        var first = await _bench.EnqueueAsync(new RepairOrderReceived(MailSamples.Dossier with { ServiceOrderNumber = "R-4711" }, "Arrivée à l’atelier."), _jean);
        Assert.Equal((_bench.Database.Now.AddMinutes(1), _bench.Database.Now.AddMinutes(1)), (first.HeldUntil, first.DueAt));
        _bench.Database.Time.Advance(TimeSpan.FromSeconds(20));
        await _bench.EnqueueAsync(MailSamples.Appointment(0), _jean);
        await _bench.EnqueueAsync(MailSamples.Appointment(1, "Rue de la Démo 14, 4000 Liège"), _jean);
        await _bench.EnqueueAsync(new DossierAnswered(MailSamples.Dossier, "Voilà <b>."), _jean);

        var row = await _bench.OnlyRowAsync();
        Assert.Equal((first.Id, first.MessageId, first.HeldUntil, 4), (row.Id, row.MessageId, row.HeldUntil, row.News));
        Assert.Equal(("DossierAnswered", "26-0001234-2\u00A0: le support vous a répondu (et 3 autres nouvelles)"), (row.Kind, row.Subject));
        var content = MailContent.Read(row, _bench.Database.Services.GetRequiredService<IDataProtectionProvider>())!;
        foreach (var body in (string[])[content.Text, content.Html.Replace("<br>", "\n", StringComparison.Ordinal)])
        {
            AssertInOrder(body, "4 nouvelles de votre dossier", "Arrivée à l’atelier.", "Rue de la Démo 12", "rendez-vous.ics", "déplacé", "Rue de la Démo 14", "rendez-vous-2.ics", "Voilà");
            Assert.Single(Occurrences(body, "7D6M5AB1800045N"));
            Assert.Single(Occurrences(body, "R-4711"));
            // Said under both appointments, it is said at the last.
            Assert.Single(Occurrences(body.ReplaceLineEndings(" "), "La date ne convient pas"));
            Assert.Single(Occurrences(body, "/dossiers/26-0001234-2"));
        }

        Assert.Contains("Voilà &lt;b&gt;.", content.Html, StringComparison.Ordinal);
        Assert.Equal(["rendez-vous.ics", "rendez-vous-2.ics"], content.Files.Select(file => file.Name));
        Assert.Equal(["SEQUENCE:0", "SEQUENCE:1"], content.Files.Select(file => Encoding.UTF8.GetString(file.Content).Split("\r\n").Single(line => line.StartsWith("SEQUENCE", StringComparison.Ordinal))));

        // One mail leaves, in the dossier's conversation, once the time is over.
        Assert.Equal(0, await _bench.Sender.SendDueAsync(CancellationToken.None));
        _bench.Database.Time.Advance(TimeSpan.FromSeconds(40));
        Assert.Equal(1, await _bench.Sender.SendDueAsync(CancellationToken.None));
        var sent = Assert.Single(_transport.Sent);
        Assert.Equal((row.MessageId, $"dossier-{row.DossierId}@dealerportal.example", 2), (sent.MessageId, sent.InReplyTo, sent.Attachments.Count()));
        Assert.Null((await _bench.OnlyRowAsync()).Parts);
    }

    [Fact]
    public async Task AQuestion_LeadsTheMail_UntilSomethingSettlesIt()
    {
        await _bench.EnqueueAsync(new DossierQuestion(MailSamples.Dossier, "La preuve d’achat ?"), _jean);
        await _bench.EnqueueAsync(new RepairOrderReceived(MailSamples.Dossier, null), _jean);

        var asked = await _bench.OnlyRowAsync();
        Assert.Equal(("DossierQuestion", "26-0001234-2\u00A0: votre réponse est attendue (et une autre nouvelle)"), (asked.Kind, asked.Subject));
        AssertInOrder(TextOf(asked), "2 nouvelles de votre dossier", "Votre réponse est attendue", "La question se trouve ci-dessous.", "La preuve d’achat", "Répondre");

        await _bench.EnqueueAsync(new DossierCompleted(MailSamples.Dossier, Resolution.Answered, "Finalement réglé."), _jean);
        var settled = await _bench.OnlyRowAsync();
        Assert.Equal("DossierCompleted", settled.Kind);
        Assert.DoesNotContain("La question se trouve ci-dessous.", TextOf(settled), StringComparison.Ordinal);
        Assert.Contains("La preuve d’achat", TextOf(settled), StringComparison.Ordinal);
    }

    [Fact]
    public async Task EachReader_GetsOneMailInTheirOwnLanguage_WhoeverAsks()
    {
        var culture = CultureInfo.CurrentUICulture;
        try
        {
            CultureInfo.CurrentUICulture = CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("en-GB");
            foreach (var reader in (MailRecipient[])[_jean, _piet])
            {
                await _bench.EnqueueAsync(new DossierHandedOver(MailSamples.Dossier, "Marie"), reader);
                await _bench.EnqueueAsync(MailSamples.Appointment(0), reader);
            }
        }
        finally
        {
            CultureInfo.CurrentUICulture = CultureInfo.CurrentCulture = culture;
        }

        var rows = await _bench.RowsAsync();
        Assert.Equal([2, 2], rows.Select(row => row.News));
        Assert.Contains("2 nouvelles de votre dossier", TextOf(rows.Single(row => row.Language == "fr")), StringComparison.Ordinal);
        var dutch = rows.Single(row => row.Language == "nl");
        Assert.Equal("26-0001234-2: afspraak bevestigd, donderdag 26 november 2026 (en nog een bericht)", dutch.Subject);
        Assert.Contains("tussen 8 en 12\u00A0uur", TextOf(dutch), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TwoInOneWrite_AndOneOfAWriteThatFails_CountAsTheWritesDo()
    {
        var completed = _bench.Queue.Render(new RepairCompleted(MailSamples.Dossier, null), _jean);
        var grms = _bench.Queue.Render(new GrmsNumberKnown(MailSamples.Dossier with { GrmsNumber = "GR2611-00042" }), _jean);
        await _bench.Database.WriteAsync(async (write, ct) =>
        {
            await _bench.Queue.EnqueueAsync(write, completed, ct);
            await _bench.Queue.EnqueueAsync(write, grms, ct);
        });
        await Assert.ThrowsAsync<InvalidOperationException>(() => _bench.Database.WriteAsync(async (write, ct) =>
        {
            await _bench.Queue.EnqueueAsync(write, completed, ct);
            throw new InvalidOperationException("The business of this write failed.");
        }));

        var row = await _bench.OnlyRowAsync();
        // The number alone is not worth the subject.
        Assert.Equal((2, "RepairCompleted"), (row.News, row.Kind));
        Assert.Contains("GR2611-00042", TextOf(row), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AMailThatASenderHas_OrThatIsDue_TakesNothingMore()
    {
        await _bench.EnqueueAsync(new RepairOrderReceived(MailSamples.Dossier, null), _jean);
        _bench.Database.Time.Advance(TimeSpan.FromMinutes(1));
        await _bench.EnqueueAsync(new RepairWaitsForParts(MailSamples.Dossier, null), _jean);
        Assert.Equal([1, 1], (await _bench.RowsAsync()).Select(row => row.News));

        // A sender of another instance, whose clock is a little ahead, takes the second while it is still held here.
        await _bench.Database.WriteAsync((write, ct) => write.Db.Set<OutboxMail>().Where(m => m.Kind == "RepairWaitsForParts").ExecuteUpdateAsync(set => set.SetProperty(m => m.DueAt, _bench.Database.Now), ct));
        await using var other = _bench.CreateInstance(_gathers, _transport);
        Assert.Equal(2, await other.GetRequiredService<MailSender>().SendDueAsync(CancellationToken.None));
        _bench.Database.Time.Advance(TimeSpan.FromSeconds(1));
        await _bench.EnqueueAsync(new RepairCompleted(MailSamples.Dossier, null), _jean);

        var rows = await _bench.RowsAsync();
        Assert.Equal(["RepairOrderReceived", "RepairWaitsForParts", "RepairCompleted"], rows.Select(row => row.Kind));
        Assert.All(rows, row => Assert.Equal(1, row.News));
    }

    [Fact]
    public async Task TwoInstancesAtOnce_LoseAndDoubleNothing()
    {
        await _bench.EnqueueAsync(new DossierSubmitted(MailSamples.Dossier), _jean);
        await using var other = _bench.CreateInstance(_gathers, _transport);
        var queues = new[] { _bench.Queue, other.GetRequiredService<MailQueue>() };

        await Task.WhenAll(Enumerable.Range(0, 12).Select(async i =>
        {
            var rendered = queues[i % 2].Render(new DossierAnswered(MailSamples.Dossier, $"réponse-{i:00}"), _jean);
            await using var scope = (i % 2 == 0 ? _bench.Database.Services : other).CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<Core.Data.PortalDatabase>().WriteAsync((write, ct) => queues[i % 2].EnqueueAsync(write, rendered, ct));
        }));

        var row = await _bench.OnlyRowAsync();
        Assert.Equal(13, row.News);
        Assert.All(Enumerable.Range(0, 12), i => Assert.Single(Occurrences(TextOf(row), $"réponse-{i:00}")));
    }

    [Fact]
    public async Task WhatIsSecret_OrAboutNoDossier_OrSwitchedOff_IsNeverHeld()
    {
        var secret = await _bench.EnqueueAsync(new RegistrationCode("482913", "/r"), _jean);
        var approved = await _bench.EnqueueAsync(new MembershipApproved("Démo", "/"), _jean);
        await using var other = _bench.CreateInstance(new Dictionary<string, string?> { ["Mail:GatherFor"] = "00:00:00" });
        var queue = other.GetRequiredService<MailQueue>();
        await _bench.Database.WriteAsync((write, ct) => queue.EnqueueAsync(write, queue.Render(new DossierSubmitted(MailSamples.Dossier), _jean), ct));

        Assert.All([secret, approved, (await _bench.RowsAsync())[^1]], row => Assert.Equal((null, null, _bench.Database.Now), (row.HeldUntil, row.Parts, row.DueAt)));
        await Assert.ThrowsAsync<InvalidOperationException>(() => _bench.Database.WriteAsync((write, _) =>
        {
            _bench.Queue.Enqueue(write, _bench.Queue.Render(new DossierSubmitted(MailSamples.Dossier), _jean));
            return Task.CompletedTask;
        }));
    }

    [Fact]
    public async Task EveryMailOfADossier_CanStandBesideAnother_InEveryLanguage()
    {
        foreach (var language in Languages.All)
        {
            foreach (var type in MailSamples.Classes.Where(type => type.IsSubclassOf(typeof(DossierMail))))
                await _bench.EnqueueAsync(MailSamples.Of(type.Name), _jean with { Language = language });
        }

        var rows = await _bench.RowsAsync();
        Assert.Equal(Languages.All.Count, rows.Count);
        Assert.All(rows, row =>
        {
            Assert.Equal(MailSamples.Classes.Count(type => type.IsSubclassOf(typeof(DossierMail))), row.News);
            Assert.DoesNotContain(TextOf(row).Split('\n'), line => line.Length > 78 && !line.StartsWith(MailBench.BaseUrl, StringComparison.Ordinal));
        });
    }

    private string TextOf(OutboxMail row) => MailContent.Read(row, _bench.Database.Services.GetRequiredService<IDataProtectionProvider>())!.Text;

    private static IEnumerable<int> Occurrences(string text, string part)
    {
        for (var at = text.IndexOf(part, StringComparison.Ordinal); at >= 0; at = text.IndexOf(part, at + part.Length, StringComparison.Ordinal))
            yield return at;
    }

    private static void AssertInOrder(string text, params string[] parts)
    {
        var at = 0;
        foreach (var part in parts)
        {
            var found = text.IndexOf(part, at, StringComparison.Ordinal);
            Assert.True(found >= 0, $"«{part}» does not follow in:\n{text}");
            at = found + part.Length;
        }
    }

    private sealed class KeptTransport : IMailTransport
    {
        public List<MimeMessage> Sent { get; } = [];

        public async Task SendAsync(MimeMessage message, CancellationToken ct)
        {
            using var copy = new MemoryStream();
            await message.WriteToAsync(copy, ct);
            copy.Position = 0;
            lock (Sent)
                Sent.Add(MimeMessage.Load(copy, CancellationToken.None));
        }
    }
}
