using System.Security.Cryptography;
using System.Text.Json;
using DealerPortal.Core.Files;
using DealerPortal.Web.Access;
using Microsoft.AspNetCore.DataProtection;

namespace DealerPortal.Web.Features.Files;

/// <summary>
/// A stored file that belongs to nothing yet, in a form that was refused: the page carries it as a ticket, sealed for this
/// person and this purpose, until the sweep would take it for an orphan.
/// </summary>
public sealed class FileTickets(CurrentUser user, IDataProtectionProvider protection, TimeProvider time)
{
    private static readonly TimeSpan _lifetime = FileSweep.OrphanAge / 2;
    private readonly IDataProtector _protector = protection.CreateProtector("file-tickets");

    /// <param name="purpose">What the file may become part of, such as a dossier's number.</param>
    public string Seal<T>(T file, string purpose) =>
        _protector.Protect(JsonSerializer.Serialize(new Ticket<T>(user.Required.UserId, purpose, time.GetUtcNow().UtcDateTime + _lifetime, file)));

    /// <summary>Null for what was not sealed for this person and purpose, and for what is too old.</summary>
    public T? Open<T>(string ticket, string purpose)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<Ticket<T>>(_protector.Unprotect(ticket)) is { } opened
                && opened.UserId == user.Required.UserId && opened.Purpose == purpose && opened.Until > time.GetUtcNow().UtcDateTime
                ? opened.File
                : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private sealed record Ticket<T>(int UserId, string Purpose, DateTime Until, T File);
}
