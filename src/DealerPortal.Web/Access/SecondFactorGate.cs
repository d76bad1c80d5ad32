using Microsoft.AspNetCore.Mvc.Controllers;

namespace DealerPortal.Web.Access;

/// <summary>Routes that a member of staff may call before a second factor is set up. All others are closed until then.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class AllowedDuringSetUpAttribute : Attribute;

public static class SecondFactorGate
{
    private const string SetUp = "/account/security";

    /// <summary>Sends staff without a second factor to where it is set up, from every page alike, also from those that are for everybody.</summary>
    public static IApplicationBuilder UseSecondFactorGate(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        if (context.RequestServices.GetRequiredService<CurrentUser>().Snapshot is not { MustSetUpSecondFactor: true }
            || context.GetEndpoint() is not { } endpoint
            || endpoint.Metadata.GetMetadata<ControllerActionDescriptor>() is null
            || endpoint.Metadata.GetMetadata<AllowedDuringSetUpAttribute>() is not null)
            return next(context);
        if (HttpMethods.IsGet(context.Request.Method) && context.Request.Headers.XRequestedWith.Count == 0)
            context.Response.Redirect(SetUp);
        else
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    });
}
