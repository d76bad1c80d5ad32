using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;

namespace DealerPortal.Core.Accounts.SecondFactor;

/// <summary>A key that an app is about to learn.</summary>
/// <param name="Key">In Base32.</param>
/// <param name="Uri">What the QR code says.</param>
/// <param name="Carried">The same, protected, for the form: nothing is stored until a code of it was right.</param>
public sealed record AuthenticatorOffer(string Key, string Uri, string Carried);

/// <summary>Protects the keys of authenticator apps: whoever reads the database or a backup makes no codes.</summary>
public sealed class AuthenticatorKeys(IDataProtectionProvider protection, IOptions<BrandOptions> brand, TimeProvider time)
{
    private static readonly TimeSpan _offered = TimeSpan.FromMinutes(30);

    private readonly IDataProtector _stored = protection.CreateProtector("authenticator");
    private readonly IDataProtector _carried = protection.CreateProtector("authenticator offer");

    public string Protect(string key) => _stored.Protect(key);

    /// <exception cref="CryptographicException">The key that protected it is gone.</exception>
    public string Unprotect(string stored) => _stored.Unprotect(stored);

    public AuthenticatorOffer Offer(int userId, string email) => OfferOf(userId, email, Totp.NewKey());

    /// <summary>The offer that a form carried; null when it is another person's, older than half an hour, or none of ours.</summary>
    public AuthenticatorOffer? Read(int userId, string email, string? carried)
    {
        try
        {
            return carried is not null && _carried.Unprotect(carried).Split('|') is [var owner, var at, var key]
                && owner == Text(userId) && long.Parse(at, CultureInfo.InvariantCulture) is var ticks && new DateTime(ticks, DateTimeKind.Utc) + _offered > Now
                ? new AuthenticatorOffer(key, Totp.Uri(brand.Value.Name, email, key), carried)
                : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    private AuthenticatorOffer OfferOf(int userId, string email, string key) =>
        new(key, Totp.Uri(brand.Value.Name, email, key), _carried.Protect($"{Text(userId)}|{Text(Now.Ticks)}|{key}"));

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
