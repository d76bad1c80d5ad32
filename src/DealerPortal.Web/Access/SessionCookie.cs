using System.Globalization;
using System.Security.Claims;
using DealerPortal.Core.Accounts;
using DealerPortal.Core.Data;
using DealerPortal.Web.Hosting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;

namespace DealerPortal.Web.Access;

/// <summary>The sign-in cookie: it names the session's row and nothing else; rights are read from the row at each request.</summary>
public sealed class SessionCookie(SessionService sessions, CurrentUser user, CurrentTenant tenant) : CookieAuthenticationEvents
{
    private const string SessionClaim = "sid";

    /// <summary>Signs a person in whose identity was just proven.</summary>
    public async Task SignInAsync(HttpContext context, int userId, bool keep, CancellationToken ct) =>
        await SignInAsync(context, await sessions.BeginAsync(userId, DeviceOf(context), ct), keep, ct);

    /// <summary>From what the request comes, for the person who looks through their sessions.</summary>
    public static SignInDevice DeviceOf(HttpContext context) => SignInDevice.Of(context.Request.Headers.UserAgent);

    /// <summary>Another session in the place of the one that a change has just ended, kept as long as it was.</summary>
    public async Task RenewAsync(HttpContext context, CancellationToken ct)
    {
        var keep = (await context.AuthenticateAsync(IdentityConstants.ApplicationScheme)).Properties?.IsPersistent == true;
        await SignInAsync(context, user.Required.UserId, keep, ct);
    }

    /// <summary>Gives this browser a session that was begun for it.</summary>
    public async Task SignInAsync(HttpContext context, UserSession session, bool keep, CancellationToken ct)
    {
        var userId = session.UserId;
        var identity = new ClaimsIdentity(
            [
                new Claim(ClaimTypes.NameIdentifier, userId.ToString(CultureInfo.InvariantCulture)),
                new Claim(SessionClaim, session.Id.ToString("N")),
            ],
            IdentityConstants.ApplicationScheme);
        await context.SignInAsync(IdentityConstants.ApplicationScheme, new ClaimsPrincipal(identity), new AuthenticationProperties
        {
            IsPersistent = keep,
            ExpiresUtc = session.ExpiresAt,
        });
        user.Snapshot = await sessions.ReadAsync(session.Id, isByPerson: true, ct);
        if (user.Snapshot is { } snapshot)
            PortalCultures.Remember(context, snapshot.Language);
    }

    public async Task SignOutAsync(HttpContext context, CancellationToken ct)
    {
        if (user.Snapshot is { } person)
            await sessions.EndAsync(person.SessionId, ct);
        await context.SignOutAsync(IdentityConstants.ApplicationScheme);
    }

    public override async Task ValidatePrincipal(CookieValidatePrincipalContext context)
    {
        var snapshot = Guid.TryParseExact(context.Principal?.FindFirstValue(SessionClaim), "N", out var id)
            ? await sessions.ReadAsync(id, !AskedByThePageAttribute.IsFor(context.HttpContext), context.HttpContext.RequestAborted)
            : null;
        if (snapshot is null)
        {
            context.RejectPrincipal();
            return;
        }

        user.Snapshot = snapshot;
        if (snapshot.Organisation is { } organisation)
            tenant.Set(organisation.Id);
    }

    public override Task RedirectToLogin(RedirectContext<CookieAuthenticationOptions> context)
    {
        // Scripts and posts cannot use a page; a get comes back to where it wanted to go.
        if (!HttpMethods.IsGet(context.Request.Method) || context.Request.Headers.XRequestedWith.Count > 0)
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        else
            context.Response.Redirect(context.RedirectUri);
        return Task.CompletedTask;
    }
}

/// <summary>A route that a page asks by itself every few seconds: it keeps no session of staff from ending idle.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class AskedByThePageAttribute : Attribute
{
    /// <summary>With which a script reads its page again.</summary>
    public const string Header = "X-Live";

    /// <summary>Whether no person asked: by the route, or because a script says that it only reads its page again.</summary>
    public static bool IsFor(HttpContext context) =>
        context.Request.Headers.ContainsKey(Header) || context.GetEndpoint()?.Metadata.GetMetadata<AskedByThePageAttribute>() is not null;
}
