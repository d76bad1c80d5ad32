using DealerPortal.Core.Accounts;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace DealerPortal.Web.Access;

/// <summary>
/// On what changes how a person signs in: asks for the password again when the last proof is more than ten minutes old, so that
/// a session left open on the counter is not enough.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NeedsRecentProofAttribute : Attribute, IActionFilter
{
    /// <summary>The page that has the button of a post, which cannot be repeated.</summary>
    public string Page { get; init; } = "/account/security";

    public void OnActionExecuting(ActionExecutingContext context)
    {
        var services = context.HttpContext.RequestServices;
        if (services.GetRequiredService<SessionService>().IsProven(services.GetRequiredService<CurrentUser>().Required))
            return;
        var request = context.HttpContext.Request;
        var back = HttpMethods.IsGet(request.Method) ? request.Path.Value! : Page;
        context.Result = request.Headers.XRequestedWith.Count > 0
            ? new StatusCodeResult(StatusCodes.Status403Forbidden)
            : new RedirectResult("/account/security/confirm" + QueryString.Create("returnUrl", back));
    }

    public void OnActionExecuted(ActionExecutedContext context)
    {
    }
}
