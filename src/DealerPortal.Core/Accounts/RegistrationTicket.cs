using System.Diagnostics.CodeAnalysis;

namespace DealerPortal.Core.Accounts;

/// <summary>What the browser that began a registration holds: which one, and the secret that proves it is this browser.</summary>
public sealed record RegistrationTicket(Guid Id, string Secret)
{
    private const char Separator = '.';

    public static RegistrationTicket New() => new(Guid.NewGuid(), Secrets.NewToken());

    public static bool TryParse(string? text, [NotNullWhen(true)] out RegistrationTicket? ticket)
    {
        ticket = text?.Split(Separator) is [var id, { Length: > 0 and <= 64 } secret] && Guid.TryParseExact(id, "N", out var guid)
            ? new RegistrationTicket(guid, secret)
            : null;
        return ticket is not null;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Id:N}{Separator}{Secret}";
}
