using DealerPortal.Core.Accounts;
using Microsoft.AspNetCore.Mvc;

namespace DealerPortal.Web.Features.SignIn;

internal static class Landing
{
    /// <summary>What goes on to the next page: an address of the portal, or nothing.</summary>
    public static string? Carried(IUrlHelper url, string? returnUrl) => url.IsLocalUrl(returnUrl) ? returnUrl : null;

    /// <summary>Where a person lands: people who wait have one page, and so have staff who need a second factor; others where they wanted to go, if it is ours.</summary>
    public static string For(SessionSnapshot person, IUrlHelper url, string? returnUrl) => person switch
    {
        { MustSetUpSecondFactor: true } => "/account/security",
        { IsMember: false, IsStaff: false } => "/pending",
        _ when url.IsLocalUrl(returnUrl) => returnUrl!,
        { IsStaff: true } => "/admin",
        _ => "/",
    };
}
