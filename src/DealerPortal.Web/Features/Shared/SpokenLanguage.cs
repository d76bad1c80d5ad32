using System.Globalization;
using DealerPortal.Core;

namespace DealerPortal.Web.Features.Shared;

/// <summary>Another language for a part of a page, until it is disposed of.</summary>
internal sealed class SpokenLanguage : IDisposable
{
    private readonly CultureInfo _culture = CultureInfo.CurrentCulture;
    private readonly CultureInfo _uiCulture = CultureInfo.CurrentUICulture;

    private SpokenLanguage()
    {
    }

    public static SpokenLanguage Use(string language)
    {
        var spoken = new SpokenLanguage();
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = Languages.CultureOf(language);
        return spoken;
    }

    public void Dispose() => (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (_culture, _uiCulture);
}
