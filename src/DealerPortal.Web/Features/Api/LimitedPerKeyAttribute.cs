using DealerPortal.Web.Access;
using DealerPortal.Web.Hosting;
using Microsoft.AspNetCore.Mvc.Filters;

namespace DealerPortal.Web.Features.Api;

/// <summary>Counts the calls of each key, before the body is read. Over its limit: 429 with Retry-After.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class LimitedPerKeyAttribute : Attribute, IAsyncResourceFilter
{
    public Task OnResourceExecutionAsync(ResourceExecutingContext context, ResourceExecutionDelegate next)
    {
        var services = context.HttpContext.RequestServices;
        return services.GetRequiredService<ApiLimits>().WaitOf(services.GetRequiredService<CurrentCaller>().Required.KeyId) is { } wait
            ? RefuseAsync(context, wait)
            : next();
    }

    private static Task RefuseAsync(ResourceExecutingContext context, TimeSpan wait)
    {
        ApiProblems.SetRetryAfter(context.HttpContext, wait);
        context.Result = new ProblemResult(ApiProblems.Of(context.HttpContext, StatusCodes.Status429TooManyRequests, "Wait as long as Retry-After says."));
        return Task.CompletedTask;
    }
}
