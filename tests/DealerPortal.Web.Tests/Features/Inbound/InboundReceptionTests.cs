using DealerPortal.Core.Accounts;
using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Mail.Inbound;
using DealerPortal.Core.Organisations;
using DealerPortal.TestCommon;
using Microsoft.EntityFrameworkCore;
using MimeKit;

namespace DealerPortal.Web.Tests.Features.Inbound;

/// <summary>A portal that reads answers, for one class.</summary>
public sealed class AnsweredPortal : IDisposable
{
    public AnsweredPortal()
    {
        foreach (var (key, value) in Answering.Settings())
            Factory.Settings[key] = value;
    }

    public PortalFactory Factory { get; } = new();

    public void Dispose() => Factory.Dispose();
}

/// <summary>What becomes of a mail, from the mail to the dossier or the list.</summary>
public sealed class InboundReceptionTests(AnsweredPortal portal) : IClassFixture<AnsweredPortal>
{
    private PortalFactory Factory => portal.Factory;

    [Fact]
    public async Task AMailOfADossier_SaysThatItMayBeAnswered_AndWhere()
    {
        var answering = await Answering.BeginAsync(Factory);
        var local = answering.ReplyTo.Split('@')[0];
        var mail = (await Factory.MailsAsync(answering.Person.Email))[^1];

        Assert.StartsWith("reply+", local, StringComparison.Ordinal);
        Assert.True(local.Length <= 64);
        Assert.EndsWith("@answers.dealerportal.test", answering.ReplyTo, StringComparison.Ordinal);
        Assert.Contains("répondre à ce mail", mail.Text.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Contains("répondre à ce mail", mail.Html, StringComparison.Ordinal);
        // Nothing in the house tells the token once the mail is out.
        Assert.Null(mail.Row.ReplyToken);
        var token = local["reply+".Length..];
        Assert.DoesNotContain(token, mail.Text + mail.Html + mail.Row.ReplyTokenHash, StringComparison.OrdinalIgnoreCase);
        using var administrator = await Factory.NewClientAsync(await Factory.Data.CreateStaffAsync(StaffRole.PortalAdministrator));
        var shown = await administrator.GetPageAsync($"/admin/outbox/{mail.Row.Id}");
        Assert.DoesNotContain(token, shown.Body, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(token, string.Join('\n', Factory.Logs.Texts), StringComparison.OrdinalIgnoreCase);

        // A copy sent again can be answered too, by a token of its own.
        Factory.Time.Advance(TimeSpan.FromSeconds(1));
        var sentAgain = await administrator.SubmitAsync(shown, "#again");
        Assert.Equal(System.Net.HttpStatusCode.Redirect, sentAgain.Status);
        var copy = await Answering.SentAsync(Factory, answering.Person.Email);
        var other = copy.ReplyTo.Mailboxes.Single().Address;
        Assert.NotEqual(answering.ReplyTo, other);
        Assert.Equal(InboundOutcome.Taken, await answering.TakeAsync(answering.Answer("Par la copie", m => ReplaceTo(m, other))));
    }

    [Fact]
    public async Task AnAnswer_BecomesAMessageWithItsFiles_AndWhatCannotBeTakenIsNamed()
    {
        var answering = await Answering.BeginAsync(Factory);
        var text = "Voici la preuve 👩‍👩‍👧\nשלום";
        // Mail servers may change the case of an address.
        var answer = answering.Answer(text, m => ReplaceTo(m, answering.ReplyTo.ToUpperInvariant()), Answering.File("preuve.png", TestFile.Png, "image/png"), Answering.File("outil.exe", "MZ"u8.ToArray()));

        Assert.Equal(InboundOutcome.Taken, await answering.TakeAsync(answer));

        var entries = await answering.TimelineAsync();
        var message = Assert.Single(entries, e => e.Kind == TimelineKind.Message);
        Assert.Equal((text, answering.Person.Id), (message.Text, message.ActorId));
        Assert.Equal("UnknownType outil.exe", Assert.Single(entries, e => e.Kind == TimelineKind.FilesNotTaken).Text);
        Assert.Equal(RequestStatus.InProgress, await answering.StatusAsync());
        using var client = await Factory.NewClientAsync(answering.Person);
        var page = await client.GetPageAsync($"/dossiers/{answering.Dossier.Number}");
        Assert.Contains("preuve.png", page.MainText, StringComparison.Ordinal);
        Assert.Contains("outil.exe (ni photo ni PDF)", page.MainText, StringComparison.Ordinal);
        // Whoever reads it knows that it was not written on this page.
        using var support = await Factory.NewClientAsync(await Factory.Data.CreateStaffAsync());
        foreach (var shown in (PortalPage[])[page, await support.GetPageAsync($"/admin/dossiers/{answering.Dossier.Number}")])
        {
            Assert.Contains("Par mail", shown.TextOf($"#e{message.Id} .who"), StringComparison.Ordinal);
            Assert.Single(shown.TextsOf(".timeline .who"), who => who.Contains("Par mail", StringComparison.Ordinal));
        }

        var notice = Assert.Single(await Factory.MailsAsync(answering.Person.Email), mail => mail.Kind == "FilesNotTaken");
        Assert.Contains("outil.exe", notice.Text, StringComparison.Ordinal);
        Assert.True(await Factory.ReadAsync(db => db.Audit.AnyAsync(a => a.Action == "dossier.message-added" && a.Detail == "mail" && a.ActorId == answering.Person.Id)));

        // The same mail once more, at another place of the mailbox, changes nothing.
        Assert.Equal(InboundOutcome.Taken, await answering.TakeAsync(answer));
        Assert.Equal(entries.Count, (await answering.TimelineAsync()).Count);
    }

    [Fact]
    public async Task AnAnswer_LongerThanAnEntry_IsAllThere()
    {
        var answering = await Answering.BeginAsync(Factory);
        var paragraphs = Enumerable.Range(1, 60).Select(i => $"Paragraphe {i} {new string('x', 150)}").ToList();

        Assert.Equal(InboundOutcome.Taken, await answering.TakeAsync(answering.Answer(string.Join("\n\n", paragraphs))));

        var texts = (await answering.TimelineAsync()).Where(e => e.Kind == TimelineKind.Message).Select(e => e.Text!).ToList();
        Assert.Equal(3, texts.Count);
        Assert.Equal(paragraphs, string.Join("\n\n", texts).Split("\n\n"));
    }

    [Fact]
    public async Task AnAnswer_FromSomebodyWhoMayNot_IsKept()
    {
        var organisation = await Factory.Data.CreateOrganisationAsync();
        var administrator = await Factory.Data.CreateMemberAsync(organisation, MembershipRole.Administrator);
        var colleague = await Factory.Data.CreateMemberAsync(organisation);
        var foreigner = await Factory.Data.CreateMemberAsync(await Factory.Data.CreateOrganisationAsync(), MembershipRole.Administrator);
        var staff = await Factory.Data.CreateStaffAsync();
        var answering = await Answering.BeginAsync(Factory, organisation);

        Assert.Equal(InboundReason.UnknownSender, await answering.ReasonAsync(answering.Answer("x", m => ReplaceFrom(m, "nobody@elsewhere.example"))));
        Assert.Equal(InboundReason.UnknownSender, await answering.ReasonAsync(answering.Answer("x", m => m.From.Add(new MailboxAddress("", "second@elsewhere.example")))));
        Assert.Equal(InboundReason.NotAllowed, await answering.ReasonAsync(answering.Answer("x", m => ReplaceFrom(m, colleague.Email))));
        Assert.Equal(InboundReason.NotAllowed, await answering.ReasonAsync(answering.Answer("x", m => ReplaceFrom(m, foreigner.Email))));
        Assert.Equal(InboundReason.NotAllowed, await answering.ReasonAsync(answering.Answer("x", m => ReplaceFrom(m, staff.Email))));
        Assert.Equal(InboundReason.UnknownToken, await answering.ReasonAsync(answering.Answer("x", m => ReplaceTo(m, Answering.Address))));
        Assert.Equal(InboundReason.UnknownToken, await answering.ReasonAsync(answering.Answer("x", m => ReplaceTo(m, Answering.Address.Replace("@", "+" + new string('a', 26) + "@", StringComparison.Ordinal)))));
        Assert.Empty(await answering.TimelineAsync());
        var kept = await answering.RowAsync(await KeptAsync(answering, m => ReplaceFrom(m, colleague.Email)));
        Assert.Contains("Ma réponse", kept.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(answering.ReplyTo.Split('+', '@')[1], kept.Recipient, StringComparison.OrdinalIgnoreCase);

        // Whoever sees the dossier may answer a mail that was passed on to them.
        Assert.Equal(InboundOutcome.Taken, await answering.TakeAsync(answering.Answer("x", m => ReplaceFrom(m, administrator.Email))));
        Assert.Equal(administrator.Id, (await answering.TimelineAsync())[0].ActorId);

        // Who left the organisation, or was deactivated, may not any more.
        await Factory.WriteAsync(async (write, ct) => (await write.Db.Memberships.SingleAsync(m => m.UserId == answering.Person.Id, ct)).Deactivate(administrator.Id, Factory.Now));
        Assert.Equal(InboundReason.NotAllowed, await answering.ReasonAsync(answering.Answer("x")));
        await Factory.WriteAsync(async (write, ct) => (await write.Db.Users.SingleAsync(u => u.Id == administrator.Id, ct)).DeactivatedAt = Factory.Now);
        Assert.Equal(InboundReason.NotAllowed, await answering.ReasonAsync(answering.Answer("x", m => ReplaceFrom(m, administrator.Email))));
    }

    [Fact]
    public async Task WhatAMachineWrote_IsIgnored_AndItsTextForgotten()
    {
        var answering = await Answering.BeginAsync(Factory);
        foreach (var (name, value) in ((string, string)[])[
            ("Auto-Submitted", "auto-replied"), ("Auto-Submitted", "auto-generated; owner-email=x"), ("Precedence", "bulk"), ("Precedence", "LIST"),
            ("X-Auto-Response-Suppress", "OOF"), ("X-Autoreply", "yes"), ("List-Id", "<x.example>"), ("Return-Path", "<>")])
        {
            var message = answering.Answer("Je suis absent.", m => m.Headers.Add(name, value));
            Assert.Equal(InboundOutcome.Ignored, await answering.TakeAsync(message));
            Assert.Equal((InboundReason.AutomaticReply, null), await Pair(answering, message));
        }

        Assert.Equal(InboundReason.AutomaticReply, await answering.ReasonAsync(answering.Answer("x", m => m.Body = new MultipartReport("delivery-status"))));
        Assert.Equal(InboundReason.OwnMail, await answering.ReasonAsync(answering.Answer("x", m => ReplaceFrom(m, "portal@dealerportal.test"))));
        Assert.Equal(InboundReason.OwnMail, await answering.ReasonAsync(answering.Answer("x", m => m.MessageId = $"{Guid.NewGuid():N}@dealerportal.test")));
        Assert.Equal(InboundOutcome.Taken, await answering.TakeAsync(answering.Answer("x", m => m.Headers.Add("Auto-Submitted", "no"))));
    }

    [Fact]
    public async Task AnAnswerThatSaysNothing_IsKept_AndItsRefusedFilesAreToldOf()
    {
        var answering = await Answering.BeginAsync(Factory);
        Assert.Equal(InboundReason.NothingToSay, await answering.ReasonAsync(answering.Answer(null)));
        Assert.Single(await Factory.MailsAsync(answering.Person.Email));

        var message = answering.Answer(null, null, Answering.File("outil.exe", "MZ"u8.ToArray()));
        Assert.Equal(InboundReason.NothingToSay, await answering.ReasonAsync(message));

        Assert.Equal("outil.exe", (await answering.RowAsync(message)).Files);
        Assert.Single(await Factory.MailsAsync(answering.Person.Email), mail => mail.Kind == "FilesNotTaken");
        Assert.Empty(await answering.TimelineAsync());
        // A file alone is an answer.
        Assert.Equal(InboundOutcome.Taken, await answering.TakeAsync(answering.Answer(null, null, Answering.File("preuve.png", TestFile.Png))));
    }

    [Fact]
    public async Task AnAnswerToAClosedDossier_ReopensItWithin30Days_AsThePageDoes()
    {
        var fresh = await Answering.BeginAsync(Factory);
        await CloseAsync(fresh, Factory.Now.AddDays(-29), Resolution.Cancelled);
        Assert.Equal(InboundOutcome.Taken, await fresh.TakeAsync(fresh.Answer("Quand même")));
        Assert.Equal(RequestStatus.InProgress, await fresh.StatusAsync());

        var old = await Answering.BeginAsync(Factory);
        await CloseAsync(old, Factory.Now.AddDays(-31), Resolution.Answered);
        Assert.Equal(InboundReason.ClosedTooLong, await old.ReasonAsync(old.Answer("Trop tard")));
        Assert.Equal(RequestStatus.Completed, await old.StatusAsync());
        Assert.Empty(await old.TimelineAsync());
    }

    private static async Task<(InboundReason?, string?)> Pair(Answering answering, MimeMessage message)
    {
        var row = await answering.RowAsync(message);
        return (row.Reason, row.Text);
    }

    private static async Task<MimeMessage> KeptAsync(Answering answering, Action<MimeMessage> change)
    {
        var message = answering.Answer("Ma réponse", change);
        await answering.TakeAsync(message);
        return message;
    }

    private Task CloseAsync(Answering answering, DateTime at, Resolution resolution) => Factory.WriteAsync(async (write, ct) =>
        (await write.Db.Dossiers.AllOrganisations().SingleAsync(d => d.Id == answering.Dossier.Id, ct)).Complete(resolution, null, at));

    private static void ReplaceFrom(MimeMessage message, string address)
    {
        message.From.Clear();
        message.From.Add(new MailboxAddress("Quelqu’un", address));
    }

    private static void ReplaceTo(MimeMessage message, string address)
    {
        message.To.Clear();
        message.To.Add(new MailboxAddress("", address));
    }
}
