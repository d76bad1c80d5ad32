using System.Text;
using MimeKit;

namespace DealerPortal.Web.Tests.Features.Inbound;

/// <summary>Delivery reports as mail servers write them, about a mail of ours.</summary>
internal static class Reports
{
    /// <param name="mail">As it left the house.</param>
    public static MimeMessage Postfix(MimeMessage mail, string? recipient = null, string status = "5.1.1", string action = "failed", string? messageId = null)
    {
        var to = recipient ?? To(mail);
        return Parse($"""
            Return-Path: <>
            Received: by mail.dealerportal.test (Postfix) id 4CANARY; Mon, 23 Nov 2026 10:00:05 +0100 (CET)
            Date: Mon, 23 Nov 2026 10:00:05 +0100 (CET)
            From: MAILER-DAEMON@mail.dealerportal.test (Mail Delivery System)
            Subject: Undelivered Mail Returned to Sender
            To: reply@answers.dealerportal.test
            Auto-Submitted: auto-replied
            MIME-Version: 1.0
            Content-Type: multipart/report; report-type=delivery-status; boundary="4CANARY.1/mail.dealerportal.test"
            Message-Id: <{Guid.NewGuid():N}@mail.dealerportal.test>

            This is a MIME-encapsulated message.

            --4CANARY.1/mail.dealerportal.test
            Content-Description: Notification
            Content-Type: text/plain; charset=us-ascii

            This is the mail system at host mail.dealerportal.test.

            --4CANARY.1/mail.dealerportal.test
            Content-Description: Delivery report
            Content-Type: message/delivery-status

            Reporting-MTA: dns; mail.dealerportal.test
            X-Postfix-Queue-ID: 4CANARY
            Arrival-Date: Mon, 23 Nov 2026 10:00:04 +0100 (CET)

            Final-Recipient: rfc822; {to}
            Original-Recipient: rfc822;{to}
            Action: {action}
            Status: {status}
            Remote-MTA: dns; mx.demo-electro.example
            Diagnostic-Code: smtp; 550 {status} <{to}>: Recipient address rejected: User
                unknown in local recipient table

            --4CANARY.1/mail.dealerportal.test
            Content-Description: Undelivered Message
            Content-Type: message/rfc822

            {Head(mail, messageId)}

            Bonjour

            --4CANARY.1/mail.dealerportal.test--
            """);
    }

    /// <summary>No original recipient, a status of its own, and the head alone.</summary>
    public static MimeMessage Exchange(MimeMessage mail) => Parse($"""
        From: Microsoft Outlook <postmaster@demo-electro.example>
        To: reply@answers.dealerportal.test
        Date: Mon, 23 Nov 2026 09:00:07 +0000
        Content-Type: multipart/report; report-type=delivery-status;
            boundary="b1_exchange"
        MIME-Version: 1.0
        X-MS-Exchange-Message-Is-Ndr:
        Content-Language: en-US
        Message-ID: <{Guid.NewGuid():D}@demo-electro.example>
        In-Reply-To: <{mail.MessageId}>
        References: <{mail.MessageId}>
        Subject: Undeliverable: {mail.MessageId}
        Auto-Submitted: auto-replied

        --b1_exchange
        Content-Type: multipart/alternative; boundary="b2_exchange"

        --b2_exchange
        Content-Type: text/plain; charset="us-ascii"

        Your message couldn't be delivered.
        --b2_exchange
        Content-Type: text/html; charset="us-ascii"

        <p>Your message couldn't be delivered.</p>
        --b2_exchange--

        --b1_exchange
        Content-Type: message/delivery-status

        Reporting-MTA: dns;AM0PR01MB0001.demo-electro.example
        Received-From-MTA: dns;mail.dealerportal.test
        Arrival-Date: Mon, 23 Nov 2026 09:00:06 +0000

        Final-Recipient: rfc822;{To(mail).ToUpperInvariant()}
        Action: failed
        Status: 5.1.10
        Diagnostic-Code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient {To(mail)} not found by SMTP address lookup
        X-Display-Name: Jean Exemple

        --b1_exchange
        Content-Type: text/rfc822-headers

        {Head(mail, null)}

        --b1_exchange--
        """);

    /// <summary>Google's: the diagnosis over several lines, pictures beside the text.</summary>
    public static MimeMessage Gmail(MimeMessage mail) => Parse($"""
        Return-Path: <>
        From: Mail Delivery Subsystem <mailer-daemon@googlemail.example>
        To: reply@answers.dealerportal.test
        Auto-Submitted: auto-replied
        Subject: Delivery Status Notification (Failure)
        References: <{mail.MessageId}>
        In-Reply-To: <{mail.MessageId}>
        X-Failed-Recipients: {To(mail)}
        Message-ID: <{Guid.NewGuid():N}@mx.google.example>
        Date: Mon, 23 Nov 2026 01:00:08 -0800 (PST)
        MIME-Version: 1.0
        Content-Type: multipart/report; boundary="000000000000canary"; report-type=delivery-status

        --000000000000canary
        Content-Type: multipart/related; boundary="000000000000related"

        --000000000000related
        Content-Type: text/plain; charset="UTF-8"

        ** Address not found **
        --000000000000related--

        --000000000000canary
        Content-Type: message/delivery-status

        Reporting-MTA: dns; googlemail.example
        Received-From-MTA: dns; portal@dealerportal.test
        Arrival-Date: Mon, 23 Nov 2026 01:00:07 -0800 (PST)
        X-Original-Message-ID: <{mail.MessageId}>

        Final-Recipient: rfc822; {To(mail)}
        Action: failed
        Status: 5.1.1
        Remote-MTA: dns; gmail-smtp-in.l.google.example. (2001:db8::1, the server for the domain.)
        Diagnostic-Code: smtp; 550-5.1.1 The email account that you tried to reach does not exist. Please try
         550-5.1.1 double-checking the recipient's email address for typos or
         550 5.1.1 unnecessary spaces. - gsmtp
        Last-Attempt-Date: Mon, 23 Nov 2026 01:00:08 -0800 (PST)

        --000000000000canary
        Content-Type: message/rfc822

        {Head(mail, null)}

        ----- Message truncated -----

        --000000000000canary--
        """);

    private static string To(MimeMessage mail) => mail.To.Mailboxes.Single().Address;

    private static string Head(MimeMessage mail, string? messageId) => $"""
        From: Dealerportal <portal@dealerportal.test>
        To: {To(mail)}
        Subject: Votre dossier
        Message-Id: <{messageId ?? mail.MessageId}>
        Date: Mon, 23 Nov 2026 10:00:00 +0100
        MIME-Version: 1.0
        Content-Type: text/plain; charset=utf-8
        """;

    private static MimeMessage Parse(string text) => MimeMessage.Load(new MemoryStream(Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\r\n"))), CancellationToken.None);
}
