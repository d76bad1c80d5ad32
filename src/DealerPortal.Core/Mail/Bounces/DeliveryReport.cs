using DealerPortal.Core.Accounts;
using MimeKit;

namespace DealerPortal.Core.Mail.Bounces;

/// <summary>What a delivery report says of one mail. Source: RFC 3464; Postfix, Exchange and Gmail each leave out other fields of it.</summary>
/// <param name="MessageId">Of the mail that it reports, from the part that brings it back.</param>
internal sealed record DeliveryReport(string MessageId, IReadOnlyList<FailedDelivery> Failures)
{
    private static readonly string[] _addressFields = ["Original-Recipient", "Final-Recipient"];

    /// <summary>Null for what is no report, or does not say which mail it is about. Delays and 4.x.x are no failures.</summary>
    public static DeliveryReport? Of(MimeMessage message)
    {
        if (message.Body is not MultipartReport report || !string.Equals(report.ReportType, "delivery-status", StringComparison.OrdinalIgnoreCase))
            return null;
        // «text/rfc822-headers» is such a part too: a message without a body.
        if (report.OfType<MessagePart>().Select(part => part.Message?.MessageId).FirstOrDefault(id => !string.IsNullOrEmpty(id)) is not { } original)
            return null;
        return new DeliveryReport(original, [.. report.OfType<MessageDeliveryStatus>().SelectMany(status => status.StatusGroups).Select(FailureOf).OfType<FailedDelivery>()]);
    }

    private static FailedDelivery? FailureOf(HeaderList group)
    {
        var status = group["Status"]?.Split(' ', '(')[0].Trim();
        if (!string.Equals(group["Action"]?.Trim(), "failed", StringComparison.OrdinalIgnoreCase) || status?.StartsWith("5.", StringComparison.Ordinal) != true)
            return null;
        return new FailedDelivery([.. _addressFields.Select(field => Value(group[field])).OfType<string>()], status, Value(group["Diagnostic-Code"]) ?? "");
    }

    /// <summary>Without the type before the semicolon: <c>rfc822; somebody@demo.example</c>.</summary>
    private static string? Value(string? field) => field is null ? null : field[(field.IndexOf(';', StringComparison.Ordinal) + 1)..].Trim().Trim('<', '>');
}

/// <param name="Recipients">As it was addressed and as it ended.</param>
internal sealed record FailedDelivery(IReadOnlyList<string> Recipients, string Status, string Diagnostic)
{
    public bool IsOf(string recipient) => Recipients.Any(address => EmailAddress.Normalise(address) == EmailAddress.Normalise(recipient));

    public Bounce ToBounce(string recipient) => new(Status, Bounce.Shortened($"{Status} {Diagnostic}", recipient, Bounce.ReasonMaxLength));
}
