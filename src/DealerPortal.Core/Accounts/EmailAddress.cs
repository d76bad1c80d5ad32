using System.Globalization;

namespace DealerPortal.Core.Accounts;

/// <summary>E-mail addresses as the portal accepts them: an ASCII local part of RFC 5322's dot-atom form, and a domain name with at least one dot.</summary>
public static class EmailAddress
{
    /// <summary>RFC 5321 leaves 254 characters between the angle brackets.</summary>
    public const int MaxLength = 254;

    private const int MaxLocalLength = 64;
    private const string LocalPunctuation = "!#$%&'*+-/=?^_`{|}~";

    private static readonly IdnMapping _idn = new() { UseStd3AsciiRules = true };

    /// <summary>
    /// Spaces around it do not count. <paramref name="address"/> keeps the local part as typed and has the domain in lower-case ASCII (IDNA), or is empty.
    /// No control character, quote, bracket or comment can be in an accepted address, so it is safe in a mail header.
    /// </summary>
    public static bool TryParse(string? input, out string address)
    {
        address = "";
        var typed = input.AsSpan().Trim();
        var at = typed.IndexOf('@');
        if (typed.Length > MaxLength || at < 0 || !IsLocalPart(typed[..at]) || !TryGetDomain(typed[(at + 1)..].ToString(), out var domain))
        {
            return false;
        }

        var whole = $"{typed[..at]}@{domain}";
        if (whole.Length > MaxLength)
        {
            return false;
        }

        address = whole;
        return true;
    }

    /// <summary>The look-up key: upper case, with the domain as <see cref="TryParse"/> writes it. Text that is no address is only trimmed and upper-cased.</summary>
    public static string Normalise(string email)
    {
        ArgumentNullException.ThrowIfNull(email);
        return (TryParse(email, out var address) ? address : email.Trim()).ToUpperInvariant();
    }

    private static bool IsLocalPart(ReadOnlySpan<char> local)
    {
        if (local.Length is 0 or > MaxLocalLength || local[0] == '.' || local[^1] == '.')
        {
            return false;
        }

        for (var i = 0; i < local.Length; i++)
        {
            var c = local[i];
            if (c == '.' ? local[i - 1] == '.' : !char.IsAsciiLetterOrDigit(c) && !LocalPunctuation.Contains(c))
            {
                return false;
            }
        }

        return true;
    }

    private static bool TryGetDomain(string typed, out string domain)
    {
        domain = "";
        try
        {
            domain = _idn.GetAscii(typed).ToLowerInvariant();
        }
        catch (ArgumentException)
        {
            return false;
        }

        var labels = domain.Split('.');
        // A last label of digits would be an IP address.
        return labels.Length >= 2 && labels.All(IsLabel) && labels[^1].Length >= 2 && !TypedCode.IsDigits(labels[^1]);
    }

    private static bool IsLabel(string label) =>
        label.Length is > 0 and <= 63 && label[0] != '-' && label[^1] != '-' && label.All(c => c == '-' || char.IsAsciiLetterOrDigit(c));
}
