using System.Buffers;
using System.Security.Cryptography;
using DealerPortal.Core.Accounts;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;

namespace DealerPortal.Core.Mail.Inbound;

/// <summary>A token of one mail as its row keeps it.</summary>
/// <param name="Stored">Protected; erased once the mail is sent.</param>
/// <param name="Hash">By which an answer is known again.</param>
internal sealed record ReplyToken(string Stored, string Hash);

/// <summary>
/// The tokens in the addresses that answers go to. Each mail has its own, random, which says nothing by itself: the row of the mail
/// knows the dossier and the person. Letters and digits of one case, since mail servers may change it.
/// </summary>
public sealed class ReplyTokens(IOptions<MailOptions> options, IDataProtectionProvider protection)
{
    private const int Bits = 130;
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567";

    /// <summary>Characters of a token.</summary>
    internal const int Length = Bits / 5;

    /// <summary>What RFC 5321 leaves before the plus.</summary>
    internal const int MaxLocalLength = 64 - 1 - Length;

    private static readonly SearchValues<char> _letters = SearchValues.Create(Alphabet);

    private readonly IDataProtector _protector = protection.CreateProtector("reply-token");

    /// <summary>Whether anybody reads the answers.</summary>
    public bool AreTaken => options.Value.Inbound.IsOn;

    internal ReplyToken New()
    {
        var token = RandomNumberGenerator.GetString(Alphabet, Length);
        return new ReplyToken(_protector.Protect(token), HashOf(token));
    }

    /// <summary>Where an answer to this mail goes; null where none is taken.</summary>
    internal string? AddressFor(OutboxMail mail)
    {
        if (!AreTaken || mail.ReplyToken is not { } stored)
            return null;
        var (local, domain) = Parts(options.Value.Inbound.Address);
        return $"{local}+{_protector.Unprotect(stored)}@{domain}";
    }

    /// <summary>The hash of the token in the first of these addresses that has one.</summary>
    internal string? HashIn(IEnumerable<string> addresses)
    {
        var (local, domain) = Parts(options.Value.Inbound.Address);
        foreach (var address in addresses)
        {
            var (own, itsDomain) = Parts(address);
            if (!string.Equals(itsDomain, domain, StringComparison.OrdinalIgnoreCase) || !own.StartsWith(local + "+", StringComparison.OrdinalIgnoreCase))
                continue;
            var token = own[(local.Length + 1)..].ToLowerInvariant();
            if (token.Length == Length && !token.AsSpan().ContainsAnyExcept(_letters))
                return HashOf(token);
        }

        return null;
    }

    private static string HashOf(string token) => Secrets.Sha256(token);

    private static (string Local, string Domain) Parts(string address) =>
        address.LastIndexOf('@') is var at and >= 0 ? (address[..at], address[(at + 1)..]) : (address, "");
}
