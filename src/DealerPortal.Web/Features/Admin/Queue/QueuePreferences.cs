using DealerPortal.Core;
using DealerPortal.Web.Hosting;
using Microsoft.Extensions.Options;

namespace DealerPortal.Web.Features.Admin.Queue;

/// <summary>How a person likes the queue, remembered by the browser.</summary>
public sealed record QueuePreferences(bool IsDense, bool HasKeys)
{
    private const string Roomy = "roomy";
    private const string NoKeys = "no-keys";

    public static QueuePreferences Of(HttpContext context)
    {
        var kept = (context.Request.Cookies[Name(context)] ?? "").Split('.');
        return new QueuePreferences(!kept.Contains(Roomy), !kept.Contains(NoKeys));
    }

    public void Remember(HttpContext context)
    {
        var portal = Portal(context);
        context.Response.Cookies.Append(Name(context), string.Join('.', new[] { IsDense ? null : Roomy, HasKeys ? null : NoKeys }.OfType<string>()), new CookieOptions
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Lax,
            Secure = portal.IsHttps,
            Path = "/",
            MaxAge = TimeSpan.FromDays(365),
            IsEssential = true,
        });
    }

    private static string Name(HttpContext context) => CookieNames.Queue(Portal(context));

    private static PortalOptions Portal(HttpContext context) => context.RequestServices.GetRequiredService<IOptions<PortalOptions>>().Value;
}
