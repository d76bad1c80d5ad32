using DealerPortal.Core;
using DealerPortal.Core.Accounts;
using DealerPortal.Web.Hosting;
using Microsoft.Extensions.Options;

namespace DealerPortal.Web.Features.Registration;

/// <summary>Binds a registration to the browser that began it.</summary>
public sealed class RegistrationCookie(IHttpContextAccessor accessor, IOptions<PortalOptions> portal, RegistrationService registrations)
{
    private static readonly TimeSpan _lifetime = TimeSpan.FromDays(1);

    private HttpContext Context => accessor.HttpContext!;

    public RegistrationTicket? Ticket =>
        RegistrationTicket.TryParse(Context.Request.Cookies[CookieNames.Registration(portal.Value)], out var ticket) ? ticket : null;

    /// <summary>What this browser began and has not finished.</summary>
    public async Task<Core.Accounts.Registration?> FindAsync(CancellationToken ct) => Ticket is { } ticket ? await registrations.FindAsync(ticket, ct) : null;

    public void Set(RegistrationTicket ticket) =>
        Context.Response.Cookies.Append(CookieNames.Registration(portal.Value), ticket.ToString(), Options(_lifetime));

    public void Clear() => Context.Response.Cookies.Delete(CookieNames.Registration(portal.Value), Options(null));

    // Lax, not strict: the link in the mail must find it.
    private CookieOptions Options(TimeSpan? maxAge) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        Secure = portal.Value.IsHttps,
        Path = "/",
        MaxAge = maxAge,
        IsEssential = true,
    };
}
