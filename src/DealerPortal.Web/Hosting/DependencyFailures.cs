using System.Data.Common;
using Microsoft.AspNetCore.Diagnostics;

namespace DealerPortal.Web.Hosting;

/// <summary>Tells «a dependency is down, come back in a minute» (503) from a defect of ours (500).</summary>
public sealed class DependencyFailures(ILogger<DependencyFailures> log) : IExceptionHandler
{
    public ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is OperationCanceledException && httpContext.RequestAborted.IsCancellationRequested)
        {
            httpContext.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            return ValueTask.FromResult(true);
        }

        // Messages of database errors may repeat values; their type is enough to find the cause by the trace id.
        if (IsDependency(exception))
        {
            log.LogError("A dependency failed: {Exception}, trace {TraceId}", exception.GetBaseException().GetType().Name, TraceIds.Of(httpContext));
            httpContext.Response.Headers.RetryAfter = "60";
            httpContext.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        }

        return ValueTask.FromResult(false);
    }

    public static bool IsDependency(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            if (exception is (DbException or IOException or TimeoutException) and not BadHttpRequestException)
                return true;
        }

        return false;
    }
}
