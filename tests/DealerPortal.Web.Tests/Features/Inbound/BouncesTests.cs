using System.Globalization;
using System.Net;
using DealerPortal.Core.Accounts;
using DealerPortal.Core.Mail;
using DealerPortal.Core.Mail.Inbound;
using DealerPortal.Core.Organisations;
using DealerPortal.TestCommon;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;

namespace DealerPortal.Web.Tests.Features.Inbound;

/// <summary>A mail that comes back: who is told, what is held back, and how it ends.</summary>
public sealed class BouncesTests(AnsweredPortal portal) : IClassFixture<AnsweredPortal>
{
    private PortalFactory Factory => portal.Factory;

    [Fact]
    public async Task APermanentFailure_FlagsThePerson_InEveryShapeOfReport()
    {
        foreach (var report in (Func<MimeMessage, MimeMessage>[])[mail => Reports.Postfix(mail), Reports.Exchange, Reports.Gmail])
        {
            var answering = await Answering.BeginAsync(Factory);

            var message = report(answering.Mail);
            Assert.Equal(InboundOutcome.Ignored, await answering.TakeAsync(message));

            var row = await answering.RowAsync(message);
            Assert.Equal((InboundReason.MailReturned, answering.Dossier.Id), (row.Reason, row.DossierId));
            var person = await PersonAsync(answering.Person.Id);
            var subject = person.Id.ToString(CultureInfo.InvariantCulture);
            Assert.Equal((answering.Person.Email, Factory.Now, true), (person.BouncedAddress, person.BouncedAt, person.HasBounced));
            Assert.StartsWith("5.1.1", person.BounceReason, StringComparison.Ordinal);
            Assert.DoesNotContain(answering.Person.Email.Split('@')[0], person.BounceReason, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain('\n', person.BounceReason!);
            Assert.Equal((Factory.Now, person.BounceReason), await Factory.ReadAsync(db => db.Set<OutboxMail>().Where(m => m.MessageId == answering.Mail.MessageId).Select(m => ValueTuple.Create(m.BouncedAt!.Value, m.LastError)).SingleAsync()));
            Assert.Equal(1, await Factory.ReadAsync(db => db.Audit.CountAsync(a => a.Action == "user.address-bounced" && a.SubjectId == subject)));
            // Read once more, it changes nothing.
            Assert.Equal(InboundOutcome.Ignored, await answering.TakeAsync(message));
        }
    }

    [Fact]
    public async Task WhatProvesNothing_FlagsNobody()
    {
        var answering = await Answering.BeginAsync(Factory);
        var mail = answering.Mail;
        var id = mail.MessageId!;
        var foreign = (await Answering.BeginAsync(Factory)).Mail;

        foreach (var (report, reason) in ((MimeMessage, InboundReason)[])[
            (Reports.Postfix(mail, status: "4.2.2"), InboundReason.AutomaticReply),
            (Reports.Postfix(mail, status: "4.4.1", action: "delayed"), InboundReason.AutomaticReply),
            (Reports.Postfix(mail, status: "5.1.1", action: "delayed"), InboundReason.AutomaticReply),
            (Reports.Postfix(mail, status: "2.0.0", action: "delivered"), InboundReason.AutomaticReply),
            // Forged: of a mail that was never sent, of one to somebody else, and with another domain behind its id.
            (Reports.Postfix(mail, messageId: $"{Guid.NewGuid():N}@dealerportal.test"), InboundReason.AutomaticReply),
            (Reports.Postfix(mail, messageId: foreign.MessageId), InboundReason.AutomaticReply),
            (Reports.Postfix(mail, recipient: "quelqu.un@ailleurs.example"), InboundReason.AutomaticReply),
            (Reports.Postfix(mail, messageId: $"{id.Split('@')[0]}@evil.example"), InboundReason.AutomaticReply),
            // The mail came back, but for what it is: it says nothing about the address.
            (Reports.Postfix(mail, status: "5.7.1"), InboundReason.MailReturned)])
        {
            Assert.Equal(reason, await answering.ReasonAsync(report));
            Assert.Null((await PersonAsync(answering.Person.Id)).BouncedAddress);
        }
    }

    [Fact]
    public async Task AFlaggedAddress_IsShownToWhoMustKnow_AndHeldBackUntilThePersonConfirms()
    {
        var organisation = await Factory.Data.CreateOrganisationAsync();
        var administrator = await Factory.Data.CreateMemberAsync(organisation, MembershipRole.Administrator);
        var answering = await Answering.BeginAsync(Factory, organisation);
        using var support = await Factory.NewClientAsync(await Factory.Data.CreateStaffAsync(StaffRole.PortalAdministrator));
        using var dealer = await Factory.NewClientAsync(answering.Person);
        using var boss = await Factory.NewClientAsync(administrator);
        Assert.Null((await dealer.GetPageAsync("/")).Document.QuerySelector("#bounced"));
        await answering.TakeAsync(Reports.Postfix(answering.Mail));
        Factory.Time.Advance(TimeSpan.FromMinutes(1));

        var desk = await support.GetPageAsync($"/admin/dossiers/{answering.Dossier.Number}");
        Assert.Contains(answering.Person.FullName, desk.TextOf("#bounced"), StringComparison.Ordinal);
        Assert.Contains("5.1.1", (await support.GetPageAsync($"/admin/users/{answering.Person.Id}")).TextOf("#bounced"), StringComparison.Ordinal);
        Assert.Contains("Mails revenus depuis le 23 novembre 2026", (await boss.GetPageAsync("/account/users")).MainText, StringComparison.Ordinal);
        Assert.Contains(answering.Person.Email, (await dealer.GetPageAsync("/")).TextOf("#bounced"), StringComparison.Ordinal);
        Assert.Null((await boss.GetPageAsync("/")).Document.QuerySelector("#bounced"));

        // What follows is made like any other, tried like any other, and not sent.
        await support.SubmitAsync(desk, "#answer", ("Answer.Text", "Pendant ce temps"));
        await SendAsync();
        var waiting = (await Factory.MailsAsync(answering.Person.Email))[^1];
        Assert.Equal((OutboxMail.AddressBounced, null, 1), (waiting.Row.LastError, waiting.Row.SentAt, waiting.Row.Attempts));
        Assert.InRange(waiting.Row.DueAt!.Value, Factory.Now, Factory.Now.AddMinutes(2));
        var shown = await support.GetPageAsync($"/admin/outbox/{waiting.Row.Id}");
        Assert.Contains("Retenu", shown.MainText, StringComparison.Ordinal);
        Assert.Contains("les mails à cette adresse reviennent", shown.MainText, StringComparison.Ordinal);
        Assert.Contains(waiting.Row.Id.ToString(), (await support.GetPageAsync($"/admin/outbox?q={answering.Dossier.Number}&state=HeldBack")).Body, StringComparison.Ordinal);

        // A code is sent all the same: whoever asks for one waits for it.
        using var stranger = Factory.NewClient();
        await stranger.PostAsync("/password/forgot", ("Email", answering.Person.Email));
        await SendAsync();
        Assert.NotNull((await Factory.MailsAsync(answering.Person.Email)).Single(mail => mail.Kind == "PasswordResetLink").Row.SentAt);

        var page = await dealer.GetPageAsync("/account/mails");
        Assert.Contains("Nos mails ne vous parviennent plus", page.TextOf("#bounced"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await dealer.SubmitAsync(page, "#bounced form")).Status);
        await SendAsync();
        Assert.NotNull((await Factory.MailsAsync(answering.Person.Email)).Single(mail => mail.Row.Id == waiting.Row.Id).Row.SentAt);
        Assert.Null((await dealer.GetPageAsync("/")).Document.QuerySelector("#bounced"));
        // A report that was on its way says nothing new.
        await answering.TakeAsync(Reports.Gmail(answering.Mail));
        Assert.Null((await PersonAsync(answering.Person.Id)).BouncedAddress);
    }

    [Fact]
    public async Task SupportsOwnTry_ThatGoesOut_ClearsIt_AndAnotherAddressKnowsNothingOfIt()
    {
        var answering = await Answering.BeginAsync(Factory);
        using var support = await Factory.NewClientAsync(await Factory.Data.CreateStaffAsync(StaffRole.PortalAdministrator));
        await answering.TakeAsync(Reports.Postfix(answering.Mail));
        var returned = (await Factory.MailsAsync(answering.Person.Email))[^1].Row;
        var page = await support.GetPageAsync($"/admin/outbox/{returned.Id}");
        Assert.Contains("Revenu", page.MainText, StringComparison.Ordinal);

        Factory.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.Redirect, (await support.SubmitAsync(page, "#again")).Status);
        await SendAsync();

        Assert.Null((await PersonAsync(answering.Person.Id)).BouncedAddress);
        var subject = answering.Person.Id.ToString(CultureInfo.InvariantCulture);
        Assert.Equal(1, await Factory.ReadAsync(db => db.Audit.CountAsync(a => a.Action == "user.address-works" && a.SubjectId == subject)));

        var moved = await Answering.BeginAsync(Factory);
        await moved.TakeAsync(Reports.Postfix(moved.Mail));
        await Factory.WriteAsync(async (write, ct) =>
        {
            var person = await write.Db.Users.SingleAsync(u => u.Id == moved.Person.Id, ct);
            (person.Email, person.NormalizedEmail) = ("neuf@demo-electro.example", "NEUF@DEMO-ELECTRO.EXAMPLE");
        });
        using var dealer = await Factory.NewClientAsync(moved.Person);
        Assert.Null((await dealer.GetPageAsync("/")).Document.QuerySelector("#bounced"));
        Assert.False((await PersonAsync(moved.Person.Id)).HasBounced);
    }

    private Task<User> PersonAsync(int id) => Factory.ReadAsync(db => db.Users.AsNoTracking().SingleAsync(u => u.Id == id));

    private async Task SendAsync()
    {
        while (await Factory.Services.GetRequiredService<MailSender>().SendDueAsync(CancellationToken.None) > 0)
        {
        }
    }
}
