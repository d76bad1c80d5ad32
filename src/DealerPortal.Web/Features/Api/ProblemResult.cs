using DealerPortal.Web.Hosting;
using Microsoft.AspNetCore.Mvc;

namespace DealerPortal.Web.Features.Api;

/// <summary>Problem details, whatever the request says it accepts.</summary>
public sealed class ProblemResult(ProblemDetails problem) : IActionResult
{
    public Task ExecuteResultAsync(ActionContext context) => ApiProblems.WriteAsync(context.HttpContext, problem);
}
