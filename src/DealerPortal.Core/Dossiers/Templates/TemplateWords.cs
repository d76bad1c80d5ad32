using System.Resources;

namespace DealerPortal.Core.Dossiers.Templates;

/// <summary>Words that go into a sentence of a template: the type of a dossier, and what stands for a value that is not known.</summary>
public static class TemplateWords
{
    private static readonly ResourceManager _texts = new(typeof(TemplateWords));

    /// <summary>«demande de réparation», as it reads within a sentence.</summary>
    public static string Type(DossierType type, string language) => Text($"Type.{type}", language);

    /// <param name="place">The name of a place that may be empty.</param>
    internal static string Missing(string place, string language) => Text($"Missing.{place}", language);

    private static string Text(string key, string language) =>
        _texts.GetString(key, Languages.CultureOf(language)) ?? throw new KeyNotFoundException($"The templates have no word '{key}' in '{language}'.");
}
