using System.Globalization;
using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Mail;
using DealerPortal.Core.Mail.Inbound;
using DealerPortal.TestCommon;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;

namespace DealerPortal.Web.Tests.Features.Inbound;

/// <summary>A dossier that waits for its dealer, the mail that says so as it left the house, and answers to it.</summary>
internal sealed class Answering(PortalFactory factory)
{
    public const string Address = "reply@answers.dealerportal.test";

    private static int _uids;

    public required TestOrganisation Organisation { get; init; }
    public required TestUser Person { get; init; }
    public required TestDossier Dossier { get; init; }
    public required MimeMessage Mail { get; init; }

    public string ReplyTo => Mail.ReplyTo.Mailboxes.Single().Address;

    /// <summary>Settings of a portal that reads answers; no server is behind them.</summary>
    public static IEnumerable<KeyValuePair<string, string?>> Settings() => new Dictionary<string, string?>
    {
        ["Mail:Inbound:Host"] = "localhost",
        ["Mail:Inbound:User"] = "portal",
        ["Mail:Inbound:Address"] = Address,
    };

    public static async Task<Answering> BeginAsync(PortalFactory factory, TestOrganisation? organisation = null)
    {
        organisation ??= await factory.Data.CreateOrganisationAsync();
        var person = await factory.Data.CreateMemberAsync(organisation);
        var support = await factory.Data.CreateStaffAsync();
        var dossier = await factory.Data.CreateDossierAsync(organisation, person, plan => plan.Status = RequestStatus.InProgress);
        using var client = await factory.NewClientAsync(support);
        var desk = await client.GetPageAsync($"/admin/dossiers/{dossier.Number}");
        var asked = await client.SubmitAsync(desk, "#answer", ("Answer.Text", "Pouvez-vous joindre la preuve d’achat ?"), ("Answer.Then", "wait"));
        Assert.Equal(System.Net.HttpStatusCode.Redirect, asked.Status);
        return new Answering(factory) { Organisation = organisation, Person = person, Dossier = dossier, Mail = await SentAsync(factory, person.Email) };
    }

    /// <summary>The last mail to somebody, as the sender wrote it.</summary>
    public static async Task<MimeMessage> SentAsync(PortalFactory factory, string recipient)
    {
        while (await factory.Services.GetRequiredService<MailSender>().SendDueAsync(CancellationToken.None) > 0)
        {
        }

        var id = (await factory.MailsAsync(recipient))[^1].Row.MessageId;
        var file = Directory.EnumerateFiles(factory.MailFolder, $"*-{id.Split('@')[0]}.eml").Single();
        return await MimeMessage.LoadAsync(file);
    }

    public MimeMessage Answer(string? text, Action<MimeMessage>? change = null, params MimePart[] files)
    {
        var body = new TextPart("plain") { Text = text is null ? Quote : $"{text}\n\n{Quote}" };
        var mixed = new Multipart("mixed") { body };
        foreach (var file in files)
            mixed.Add(file);
        var message = new MimeMessage
        {
            MessageId = $"{Guid.NewGuid():N}@mail.demo-electro.example",
            Subject = $"Re: {Mail.Subject}",
            Date = factory.Time.GetUtcNow(),
            Body = files.Length == 0 ? body : mixed,
        };
        message.From.Add(new MailboxAddress(Person.FullName, Person.Email));
        message.To.Add(new MailboxAddress("Dealerportal", ReplyTo));
        change?.Invoke(message);
        return message;
    }

    public static MimePart File(string name, byte[] content, string type = "application/octet-stream") => new(type)
    {
        FileName = name,
        Content = new MimeContent(new MemoryStream(content)),
        ContentDisposition = new ContentDisposition("attachment"),
        ContentTransferEncoding = ContentEncoding.Base64,
    };

    /// <summary>Read as if it lay in a mailbox; another place each time.</summary>
    public async Task<InboundOutcome> TakeAsync(MimeMessage message)
    {
        await using var scope = factory.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<InboundReception>()
            .TakeAsync(new InboundPlace("test", 1, Interlocked.Increment(ref _uids)), message, CancellationToken.None);
    }

    /// <summary>Why it was not taken; null where it was.</summary>
    public async Task<InboundReason?> ReasonAsync(MimeMessage message)
    {
        await TakeAsync(message);
        return (await RowAsync(message)).Reason;
    }

    public Task<InboundMail> RowAsync(MimeMessage message) => factory.ReadAsync(db => db.Set<InboundMail>().SingleAsync(m => m.MessageId == message.MessageId));

    public Task<List<TimelineEntry>> TimelineAsync() => factory.ReadAsync(db => db.Timeline.AsNoTracking().AllOrganisations()
        .Where(e => e.DossierId == Dossier.Id && e.Actor == ActorKind.Dealer && e.Kind != TimelineKind.Submitted).OrderBy(e => e.Id).ToListAsync());

    public Task<RequestStatus> StatusAsync() => factory.ReadAsync(db => db.Dossiers.AllOrganisations().Where(d => d.Id == Dossier.Id).Select(d => d.Status).SingleAsync());

    private string Quote => string.Create(CultureInfo.InvariantCulture, $"Le 23/11/2026 à 10:00, Dealerportal a écrit :\n> {Mail.Subject}\n> Joignez la preuve.\n");
}
