using DealerPortal.Core.Accounts;
using DealerPortal.Web.Features.Invitation;
using Microsoft.AspNetCore.Mvc;

namespace DealerPortal.Web.Features.SignIn;

internal static class Landing
{
    /// <summary>What goes on to the next page: an address of the portal, or nothing.</summary>
    public static string? Carried(IUrlHelper url, string? returnUrl) => url.IsLocalUrl(returnUrl) ? returnUrl : null;

    /// <summary>Where a person lands: people who wait have one page and may accept an invitation, staff who need a second factor have one; others where they wanted to go, if it is ours.</summary>
    public static string For(SessionSnapshot person, IUrlHelper url, string? returnUrl) => person switch
    {
        { MustSetUpSecondFactor: true } => "/account/security",
        { IsMember: false, IsStaff: false } => url.IsLocalUrl(returnUrl) && returnUrl!.StartsWith(MemberInvitationController.Path, StringComparison.Ordinal) ? returnUrl : "/pending",
        _ when url.IsLocalUrl(returnUrl) => returnUrl!,
        { IsStaff: true } => "/admin",
        _ => "/",
    };
}
