using System.Text;
using DealerPortal.Core.Mail;
using DealerPortal.Core.Mail.Mails;
using MimeKit;

namespace DealerPortal.Core.Tests.Mail;

/// <summary>What leaves the house, read back from the pickup folder.</summary>
public sealed class OutgoingMessageTests : IAsyncLifetime
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"dealerportal-pickup-{Guid.NewGuid():N}");
    private MailBench _bench = null!;

    public async Task InitializeAsync() =>
        _bench = await MailBench.CreateAsync(new Dictionary<string, string?> { ["Mail:Transport"] = "Pickup", ["Mail:Pickup"] = _folder });

    public async Task DisposeAsync()
    {
        await _bench.DisposeAsync();
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Send_ToThePickupFolder_WritesOneWholeMessage()
    {
        await _bench.AddDossierAsync();

        var (message, _) = await SendAsync(MailSamples.Appointment(0), MailSamples.Recipient);

        var row = await _bench.OnlyRowAsync();
        Assert.Equal(row.MessageId, message.MessageId);
        Assert.Equal(_bench.Database.Time.GetUtcNow(), message.Date);
        Assert.Equal("26-0001234-2\u00A0: rendez-vous confirmé, jeudi 26 novembre 2026", message.Subject);
        Assert.Equal("\"Dealerportal\" <portal@dealerportal.example>", message.From.ToString());
        Assert.Equal("\"Dealerportal\" <support@dealerportal.example>", message.ReplyTo.ToString());
        Assert.Equal($"dossier-{row.DossierId}@dealerportal.example", message.InReplyTo);
        Assert.Equal([message.InReplyTo!], message.References);
        Assert.Equal("auto-generated", message.Headers["Auto-Submitted"]);
        Assert.Equal("All", message.Headers["X-Auto-Response-Suppress"]);
        Assert.Equal("fr", message.Body!.Headers["Content-Language"]);
        var mixed = Assert.IsType<Multipart>(message.Body);
        Assert.True(mixed.ContentType.IsMimeType("multipart", "mixed"));
        var alternatives = Assert.IsType<MultipartAlternative>(mixed[0]);
        Assert.Equal(["text/plain", "text/html"], alternatives.Select(part => part.ContentType.MimeType));
        var calendar = Assert.IsAssignableFrom<MimePart>(mixed[1]);
        Assert.Equal("text/calendar", calendar.ContentType.MimeType);
        Assert.Equal("PUBLISH", calendar.ContentType.Parameters["method"]);
        Assert.Equal("rendez-vous.ics", calendar.FileName);
        Assert.True(calendar.IsAttachment);
        Assert.Empty(Directory.GetFiles(_folder, "*.tmp"));
    }

    [Fact]
    public async Task Send_WhenNamesHoldLineBreaks_AddsNoHeader()
    {
        const string Forged = "Démo\r\nBcc: victim@evil.example\r\n\r\n<b>x</b>\nX-Evil: 1";

        var (message, raw) = await SendAsync(
            new MembershipRequested(Forged, Forged, Forged, "/x"), new MailRecipient("jean.exemple@demo-electro.example", Forged, "fr"));

        Assert.Empty(message.Bcc);
        Assert.Empty(message.References);
        Assert.Null(message.Headers["X-Evil"]);
        Assert.DoesNotContain(raw.Split("\r\n\r\n")[0].Split('\n'), line => line.StartsWith("Bcc", StringComparison.OrdinalIgnoreCase) || line.StartsWith("X-Evil", StringComparison.OrdinalIgnoreCase));
        Assert.Single(message.To);
    }

    [Theory]
    [InlineData("Groß İpek")]
    [InlineData("Zoë 👩‍🔧 «Élan»")]
    [InlineData("שלום Jean")]
    [InlineData("E\u0301lodie, \"l’autre\" <x@y.example>")]
    public async Task Send_WhenTheNameIsUnusual_KeepsIt(string name)
    {
        var (message, raw) = await SendAsync(new MembershipApproved(name, "/"), new MailRecipient("jean.exemple@demo-electro.example", name, "fr"));

        Assert.Equal(name, Assert.IsType<MailboxAddress>(Assert.Single(message.To)).Name);
        Assert.Equal($"Vous êtes membre de {name}", message.Subject);
        Assert.Contains(name, message.TextBody, StringComparison.Ordinal);
        Assert.DoesNotContain(raw, c => c > 127);
    }

    private async Task<(MimeMessage Message, string Raw)> SendAsync(PortalMail mail, MailRecipient to)
    {
        await _bench.EnqueueAsync(mail, to);
        Assert.Equal(1, await _bench.Sender.SendDueAsync(CancellationToken.None));
        var path = Assert.Single(Directory.GetFiles(_folder, "*.eml"));
        return (await MimeMessage.LoadAsync(path), Encoding.Latin1.GetString(await File.ReadAllBytesAsync(path)).ReplaceLineEndings("\r\n"));
    }
}
