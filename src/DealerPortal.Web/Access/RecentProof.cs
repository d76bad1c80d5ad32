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
    public void OnActionExecuting(ActionExecutingContext context)
    {
        var services = context.HttpContext.RequestServices;
        if (services.GetRequiredService<SessionService>().IsProven(services.GetRequiredService<CurrentUser>().Required))
            return;
        var request = context.HttpContext.Request;
        // A post cannot be repeated: back to the page that has its button.
        var back = HttpMethods.IsGet(request.Method) ? request.Path.Value! : "/account/security";
        context.Result = request.Headers.XRequestedWith.Count > 0
            ? new StatusCodeResult(StatusCodes.Status403Forbidden)
            : new RedirectResult("/account/security/confirm" + QueryString.Create("returnUrl", back));
    }

    public void OnActionExecuted(ActionExecutedContext context)
    {
    }
}
