using DealerPortal.Core.Organisations;
using DealerPortal.Web.Features.Shared;

namespace DealerPortal.Web.Features.Account;

/// <summary>How the state of a membership looks.</summary>
public static class MembershipBadge
{
    public static StatusBadge Of(MembershipStatus status) => status switch
    {
        MembershipStatus.Pending => new("attn", "hourglass", $"Membership.{status}"),
        MembershipStatus.Approved => new("ok", "circle-check", $"Membership.{status}"),
        MembershipStatus.Refused => new("idle", "circle-x", $"Membership.{status}"),
        _ => new("idle", "ban", $"Membership.{status}"),
    };
}
