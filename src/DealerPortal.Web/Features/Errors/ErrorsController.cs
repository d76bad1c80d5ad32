using DealerPortal.Web.Access;
using DealerPortal.Web.Features.Api;
using DealerPortal.Web.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;

namespace DealerPortal.Web.Features.Errors;

/// <summary>The portal's own page for everything that goes wrong; scripts get the sentence alone.</summary>
[AllowAnonymous]
[AllowedDuringSetUp]
[IgnoreAntiforgeryToken]
[ApiExplorerSettings(IgnoreApi = true)]
public sealed class ErrorsController(TimeProvider time) : Controller
{
    private static readonly int[] Known = [400, 403, 404, 409, 413, 429, 500, 503];

    [Route("/error/{code:int?}")]
    public IActionResult Show(int? code)
    {
        var handled = HttpContext.Features.Get<IExceptionHandlerFeature>() is not null;
        var status = handled || code is null ? Response.StatusCode : code.Value;
        // Called by its address rather than by a failure: there is no error to show.
        if (status < 400)
            status = 404;
        var page = Known.Contains(status) ? status : status < 500 ? 400 : 500;
        Response.StatusCode = status;
        if (ApiProblems.IsApi(OriginalPath))
            return new ProblemResult(ApiProblems.Of(HttpContext, status));
        var model = new ErrorPage(status, page, TraceIds.Of(HttpContext), time.GetUtcNow().UtcDateTime);
        return Request.Headers.XRequestedWith.Count > 0 || !AcceptsHtml() ? new ObjectResult(new { reference = model.Reference }) { StatusCode = status } : View("Error", model);
    }

    private PathString OriginalPath => HttpContext.Features.Get<IExceptionHandlerPathFeature>()?.Path ?? HttpContext.Features.Get<IStatusCodeReExecuteFeature>()?.OriginalPath;

    private bool AcceptsHtml() => Request.Headers.Accept.Count == 0 || Request.Headers.Accept.ToString() is var accept
        && (accept.Contains("text/html", StringComparison.OrdinalIgnoreCase) || accept.Contains("*/*", StringComparison.Ordinal));
}

/// <param name="Status">The answer's status.</param>
/// <param name="Page">Which of the portal's error pages fits it.</param>
/// <param name="Reference">What the person reads out; the same is in the log.</param>
/// <param name="At">UTC.</param>
public sealed record ErrorPage(int Status, int Page, string Reference, DateTime At);
