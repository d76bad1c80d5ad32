using System.Diagnostics.CodeAnalysis;

namespace DealerPortal.Core.Accounts;

/// <summary>What a browser holds between two steps: which row of ours it began, and the secret that proves it is this browser.</summary>
public sealed record BrowserTicket(Guid Id, string Secret)
{
    private const char Separator = '.';

    public static BrowserTicket New() => new(Guid.NewGuid(), Secrets.NewToken());

    public static bool TryParse(string? text, [NotNullWhen(true)] out BrowserTicket? ticket)
    {
        ticket = text?.Split(Separator) is [var id, { Length: > 0 and <= 64 } secret] && Guid.TryParseExact(id, "N", out var guid)
            ? new BrowserTicket(guid, secret)
            : null;
        return ticket is not null;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Id:N}{Separator}{Secret}";
}
