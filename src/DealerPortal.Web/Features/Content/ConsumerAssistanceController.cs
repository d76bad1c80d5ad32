using DealerPortal.Web.Access;
using Microsoft.AspNetCore.Mvc;

namespace DealerPortal.Web.Features.Content;

/// <summary>What a shop tells a consumer, and where it sends them.</summary>
[Access(Audience.Member)]
public sealed class ConsumerAssistanceController : Controller
{
    [HttpGet("/consumer-assistance")]
    public IActionResult ConsumerAssistance() => View();
}
