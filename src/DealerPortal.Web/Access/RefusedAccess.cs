using DealerPortal.Web.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;

namespace DealerPortal.Web.Access;

/// <summary>
/// What a refusal looks like: signing in for nobody, the waiting page for a pending person, «not found» where the
/// area's existence is private, and otherwise the page that says why.
/// </summary>
public sealed class RefusedAccess(CurrentUser user) : IAuthorizationMiddlewareResultHandler
{
    private readonly AuthorizationMiddlewareResultHandler _default = new();

    public async Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        // Where the API has nothing there is nothing to refuse: machines read 404 and 405 rather than that they may not.
        if (ApiProblems.IsApi(context.Request.Path) && context.GetEndpoint() is not RouteEndpoint)
        {
            await next(context);
            return;
        }

        if (authorizeResult.Succeeded || user.Snapshot is not { } person)
        {
            await _default.HandleAsync(next, context, policy, authorizeResult);
            return;
        }

        var audience = policy.Requirements.OfType<AudienceRequirement>().FirstOrDefault()?.Audience;
        if (audience is Audience.Staff or Audience.PortalAdministrator or null)
            context.Response.StatusCode = StatusCodes.Status404NotFound;
        else if (!person.IsMember && !person.IsStaff)
            context.Response.Redirect("/pending");
        else
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
    }
}
