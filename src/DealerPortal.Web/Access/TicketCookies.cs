using DealerPortal.Core;
using DealerPortal.Core.Accounts;
using DealerPortal.Core.Accounts.SecondFactor;
using DealerPortal.Web.Hosting;
using Microsoft.Extensions.Options;

namespace DealerPortal.Web.Access;

/// <summary>A cookie that binds what was begun to the browser that began it, until it is done or too old.</summary>
public abstract class TicketCookie(IHttpContextAccessor accessor, string name, bool isHttps, TimeSpan lifetime)
{
    public BrowserTicket? Ticket => BrowserTicket.TryParse(accessor.HttpContext!.Request.Cookies[name], out var ticket) ? ticket : null;

    public void Set(BrowserTicket ticket) => accessor.HttpContext!.Response.Cookies.Append(name, ticket.ToString(), Options(lifetime));

    public void Clear() => accessor.HttpContext!.Response.Cookies.Delete(name, Options(null));

    // Lax, not strict: the link in a mail must find it.
    private CookieOptions Options(TimeSpan? maxAge) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        Secure = isHttps,
        Path = "/",
        MaxAge = maxAge,
        IsEssential = true,
    };
}

/// <summary>The sign-in that waits for its second step. No session: nothing but that step looks at it.</summary>
public sealed class SignInTicketCookie(IHttpContextAccessor accessor, IOptions<PortalOptions> portal)
    : TicketCookie(accessor, CookieNames.SignInTicket(portal.Value), portal.Value.IsHttps, SignInTicket.Lifetime);

/// <summary>What this browser was asked to sign with a passkey.</summary>
public sealed class PasskeyCookie(IHttpContextAccessor accessor, IOptions<PortalOptions> portal)
    : TicketCookie(accessor, CookieNames.Passkey(portal.Value), portal.Value.IsHttps, PasskeyChallenge.Lifetime);
