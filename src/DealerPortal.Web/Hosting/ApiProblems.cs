using System.Globalization;
using System.Net.Mime;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;

namespace DealerPortal.Web.Hosting;

/// <summary>What machines read instead of the portal's error pages: RFC 9457 problem details, in English.</summary>
public static class ApiProblems
{
    public const string PathPrefix = "/api";

    public static bool IsApi(PathString path) => path.StartsWithSegments(PathPrefix, StringComparison.OrdinalIgnoreCase);

    public static ProblemDetails Of(HttpContext context, int status, string? detail = null) => Fill(new ProblemDetails(), context, status, detail);

    /// <param name="errors">By field, as the request names it.</param>
    public static ProblemDetails OfFields(HttpContext context, IDictionary<string, string[]> errors) =>
        Fill(new ValidationProblemDetails(errors), context, StatusCodes.Status400BadRequest, "Some fields are not in order.");

    public static Task WriteAsync(HttpContext context, int status, string? detail = null) => WriteAsync(context, Of(context, status, detail));

    public static Task WriteAsync(HttpContext context, ProblemDetails problem)
    {
        context.Response.StatusCode = problem.Status!.Value;
        return context.Response.WriteAsJsonAsync(problem, problem.GetType(), options: null, MediaTypeNames.Application.ProblemJson, context.RequestAborted);
    }

    public static Task TooManyRequestsAsync(HttpContext context, TimeSpan wait)
    {
        SetRetryAfter(context, wait);
        return WriteAsync(context, StatusCodes.Status429TooManyRequests, "Wait as long as Retry-After says.");
    }

    public static void SetRetryAfter(HttpContext context, TimeSpan wait) =>
        context.Response.Headers.RetryAfter = ((int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);

    private static T Fill<T>(T problem, HttpContext context, int status, string? detail)
        where T : ProblemDetails
    {
        problem.Status = status;
        problem.Title = ReasonPhrases.GetReasonPhrase(status) is { Length: > 0 } phrase ? phrase : "Error";
        problem.Type = "about:blank";
        problem.Detail = detail;
        problem.Extensions["reference"] = TraceIds.Of(context);
        return problem;
    }
}
