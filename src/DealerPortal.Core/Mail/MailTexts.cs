using System.Globalization;
using System.Resources;

namespace DealerPortal.Core.Mail;

/// <summary>The house as it signs its mails, in the recipient's language.</summary>
public sealed record MailBrand(string Name, string SupportAddress, string DealerlinePhone, string DealerlineHours);

/// <summary>What a mail is written with: texts in the recipient's language, the brand, the clock, absolute links.</summary>
public sealed class MailTexts
{
    private static readonly ResourceManager _texts = new(typeof(MailsTexts));

    private readonly string _baseUrl;

    /// <param name="language">One of the four; anything else is French.</param>
    public MailTexts(string language, BrandOptions brand, PortalOptions portal, DateTime nowUtc)
    {
        Language = Languages.Normalise(language);
        Culture = Languages.CultureOf(Language);
        Brand = new MailBrand(brand.Name, brand.SupportAddress, brand.DealerlinePhone, brand.DealerlineHours.In(Language));
        NowUtc = nowUtc;
        _baseUrl = portal.BaseUrl.TrimEnd('/');
    }

    /// <exception cref="KeyNotFoundException">The text does not exist in this language.</exception>
    public string this[string key] => Find(key) ?? throw new KeyNotFoundException($"The mails have no text '{key}' in '{Language}'.");

    /// <inheritdoc cref="this[string]"/>
    public string this[string key, params object[] args] => string.Format(Culture, this[key], args);

    public string Language { get; }
    public CultureInfo Culture { get; }
    public MailBrand Brand { get; }
    public DateTime NowUtc { get; }

    /// <summary>The host that people know the portal by.</summary>
    public string Host => new Uri(_baseUrl).Host;

    /// <summary>
    /// The absolute address of a page, from the configured base address and never from a request.
    /// </summary>
    /// <param name="path">Starts with one slash; an address that already starts with the base address passes.</param>
    /// <exception cref="ArgumentException">It leads anywhere else.</exception>
    public string Url(string path)
    {
        if (IsOwn(path))
            return path;
        return path.StartsWith('/') && (path.Length == 1 || path[1] is not ('/' or '\\')) && !path.Any(char.IsControl)
            ? _baseUrl + path
            : throw new ArgumentException("A link in a mail leads to a page of the portal.", nameof(path));
    }

    internal bool IsOwn(string url) => url == _baseUrl || (url.StartsWith(_baseUrl + "/", StringComparison.Ordinal) && !url.Any(char.IsControl));

    private string? Find(string key)
    {
        try
        {
            return _texts.GetString(key, Culture);
        }
        catch (MissingManifestResourceException)
        {
            // There is no neutral language to fall back on, on purpose.
            return null;
        }
    }
}
