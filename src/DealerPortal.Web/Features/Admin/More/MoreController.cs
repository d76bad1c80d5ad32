using DealerPortal.Web.Access;
using Microsoft.AspNetCore.Mvc;

namespace DealerPortal.Web.Features.Admin.More;

/// <summary>Where the pages are found that one does not need every hour.</summary>
[Access(Audience.Staff)]
public sealed class MoreController(CurrentUser user) : Controller
{
    [HttpGet("/admin/more")]
    public ViewResult More() => View(AdminArea.For(user.Required));
}
