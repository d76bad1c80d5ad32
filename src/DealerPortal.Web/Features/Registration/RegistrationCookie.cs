using DealerPortal.Core;
using DealerPortal.Core.Accounts;
using DealerPortal.Web.Access;
using DealerPortal.Web.Hosting;
using Microsoft.Extensions.Options;

namespace DealerPortal.Web.Features.Registration;

/// <summary>Binds a registration to the browser that began it.</summary>
public sealed class RegistrationCookie(IHttpContextAccessor accessor, IOptions<PortalOptions> portal, RegistrationService registrations)
    : TicketCookie(accessor, CookieNames.Registration(portal.Value), portal.Value.IsHttps, TimeSpan.FromDays(1))
{
    /// <summary>What this browser began and has not finished.</summary>
    public async Task<Core.Accounts.Registration?> FindAsync(CancellationToken ct) => Ticket is { } ticket ? await registrations.FindAsync(ticket, ct) : null;
}
