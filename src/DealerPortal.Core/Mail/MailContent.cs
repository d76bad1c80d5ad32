using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;

namespace DealerPortal.Core.Mail;

/// <summary>Both bodies and the files of a mail, as the outbox keeps them.</summary>
public sealed record MailContent(string Html, string Text, IReadOnlyList<MailFile> Files)
{
    // The default would blow up the HTML sixfold; nothing reads this as a web page.
    private static readonly JsonSerializerOptions _json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal static IDataProtector Protector(IDataProtectionProvider provider) => provider.CreateProtector("outbox");

    /// <summary>What a row holds; null when it was erased.</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">A secret's key is gone.</exception>
    public static MailContent? Read(OutboxMail mail, IDataProtectionProvider protection)
    {
        if (mail.Content is not { } stored)
            return null;
        var json = mail.IsSecret ? Protector(protection).Unprotect(stored) : stored;
        return JsonSerializer.Deserialize<MailContent>(json, _json);
    }

    internal string Store(bool isSecret, IDataProtectionProvider protection)
    {
        var json = JsonSerializer.Serialize(this, _json);
        return isSecret ? Protector(protection).Protect(json) : json;
    }
}
