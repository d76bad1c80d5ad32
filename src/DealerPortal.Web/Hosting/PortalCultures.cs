using DealerPortal.Core;
using Microsoft.AspNetCore.Localization;
using Microsoft.Extensions.Options;

namespace DealerPortal.Web.Hosting;

/// <summary>The language of a request: the person's choice in a cookie, then what the browser asks for, then French.</summary>
public static class PortalCultures
{
    public static IServiceCollection AddPortalCultures(this IServiceCollection services)
    {
        services.AddLocalization();
        return services.Configure<RequestLocalizationOptions>(options =>
        {
            var cultures = Languages.All.Select(Languages.CultureOf).ToList();
            options.SupportedCultures = cultures;
            options.SupportedUICultures = cultures;
            options.DefaultRequestCulture = new RequestCulture(Languages.CultureOf(Languages.Default));
            options.RequestCultureProviders =
            [
                new CustomRequestCultureProvider(context => Task.FromResult(FromCookie(context))),
                new CustomRequestCultureProvider(context => Task.FromResult(FromBrowser(context))),
            ];
        });
    }

    public static void Remember(HttpContext context, string language)
    {
        var portal = context.RequestServices.GetRequiredService<IOptions<PortalOptions>>().Value;
        context.Response.Cookies.Append(CookieNames.Language(portal), Languages.Normalise(language), new CookieOptions
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Lax,
            Secure = portal.IsHttps,
            Path = "/",
            MaxAge = TimeSpan.FromDays(365),
            IsEssential = true,
        });
    }

    private static ProviderCultureResult? FromCookie(HttpContext context)
    {
        var portal = context.RequestServices.GetRequiredService<IOptions<PortalOptions>>().Value;
        return context.Request.Cookies[CookieNames.Language(portal)] is { } language && Languages.All.Contains(language)
            ? Result(language)
            : null;
    }

    private static ProviderCultureResult? FromBrowser(HttpContext context)
    {
        var wanted = context.Request.GetTypedHeaders().AcceptLanguage
            .OrderByDescending(l => l.Quality ?? 1)
            .Select(l => l.Value.ToString().Split('-')[0].ToLowerInvariant())
            .FirstOrDefault(Languages.All.Contains);
        return wanted is null ? null : Result(wanted);
    }

    private static ProviderCultureResult Result(string language) => new(Languages.CultureOf(language).Name);
}

/// <summary>Cookie names: with https they carry the prefix that binds them to this host.</summary>
public static class CookieNames
{
    public static string Session(PortalOptions portal) => Name(portal, "session");

    public static string Antiforgery(PortalOptions portal) => Name(portal, "antiforgery");

    public static string TempData(PortalOptions portal) => Name(portal, "notice");

    public static string Language(PortalOptions portal) => Name(portal, "language");

    public static string Registration(PortalOptions portal) => Name(portal, "registration");

    public static string Queue(PortalOptions portal) => Name(portal, "queue");

    public static string SignInTicket(PortalOptions portal) => Name(portal, "sign-in");

    public static string Passkey(PortalOptions portal) => Name(portal, "passkey");

    private static string Name(PortalOptions portal, string name) => portal.IsHttps ? "__Host-" + name : name;
}
