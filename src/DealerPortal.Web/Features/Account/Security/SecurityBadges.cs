using DealerPortal.Web.Features.Shared;

namespace DealerPortal.Web.Features.Account.Security;

public static class SecurityBadges
{
    /// <summary>Whether something is switched on.</summary>
    public static StatusBadge Of(bool isOn) => isOn ? new("ok", "circle-check", "Factor.On") : new("idle", "circle-minus", "Factor.Off");
}
