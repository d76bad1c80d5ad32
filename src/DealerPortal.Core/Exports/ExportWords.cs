using System.Globalization;
using System.Resources;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Mail;

namespace DealerPortal.Core.Exports;

/// <summary>The words of an exported list, in its reader's language, whatever the culture of who writes it.</summary>
public sealed class ExportWords(string language)
{
    private static readonly ResourceManager _own = new(typeof(ExportTexts));
    private static readonly ResourceManager _shared = new(typeof(MailsTexts));

    public CultureInfo Culture { get; } = Languages.CultureOf(language);

    /// <exception cref="KeyNotFoundException">The text does not exist in this language.</exception>
    public string this[string key] => Find(_own, key);

    public string Of(DossierType type) => Find(_shared, $"Type.{type}");

    public string? Of(Resolution? resolution) => resolution is { } reached ? Find(_shared, $"Resolution.{reached}") : null;

    private string Find(ResourceManager texts, string key) =>
        texts.GetString(key, Culture) ?? throw new KeyNotFoundException($"Exports have no text '{key}' in '{Culture.Name}'.");
}
