using DealerPortal.Core.ServiceCentres;
using DealerPortal.Web.Access;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Admin.ServiceCentres.Centres;

/// <summary>The keys of a service centre's machines.</summary>
[Access(Audience.PortalAdministrator)]
public sealed class KeysController(CentreAdministration centres, CurrentUser user, IStringLocalizer<CentreTexts> texts) : Controller
{
    [HttpPost("/admin/service-centres/{id:int}/keys")]
    public async Task<IActionResult> CreateAsync([FromRoute] int id, CancellationToken ct)
    {
        if (await centres.CreateKeyAsync(id, user.Required.UserId, ct) is not { } key)
            return NotFound();
        // The protected notice cookie carries it to the next page, which shows it and forgets it.
        TempData[CentrePages.NewKey] = key;
        return Redirect($"/admin/service-centres/{id}#keys");
    }

    [HttpPost("/admin/service-centres/{id:int}/keys/{keyId:int}/revoke")]
    public async Task<IActionResult> RevokeAsync([FromRoute] int id, [FromRoute] int keyId, CancellationToken ct)
    {
        if (!await centres.RevokeKeyAsync(id, keyId, user.Required.UserId, ct))
            return NotFound();
        TempData["Notice"] = texts["Key.Revoked"].Value;
        return Redirect($"/admin/service-centres/{id}");
    }
}
