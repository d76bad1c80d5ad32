using DealerPortal.Core.Accounts;
using Microsoft.AspNetCore.Authorization;

namespace DealerPortal.Web.Access;

/// <summary>Who may call a route. Routes for everybody say <see cref="AllowAnonymousAttribute"/> instead; a route that says neither is refused.</summary>
public enum Audience
{
    /// <summary>Anyone signed in, also people whose membership is pending.</summary>
    SignedIn,

    /// <summary>Approved members of an organisation.</summary>
    Member,

    /// <summary>Administrators of an organisation.</summary>
    OrganisationAdministrator,

    /// <summary>Support agents and portal administrators. To others the area does not exist.</summary>
    Staff,

    /// <summary>Portal administrators. To others the area does not exist.</summary>
    PortalAdministrator,

    /// <summary>Members and staff: pages that both read, each with their own rights.</summary>
    MemberOrStaff,
}

[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class AccessAttribute(Audience audience) : AuthorizeAttribute(audience.ToString())
{
    public Audience Audience => audience;
}

/// <summary>Decides by the session's snapshot, never by claims.</summary>
public sealed class AudienceRequirement(Audience audience) : IAuthorizationRequirement
{
    public Audience Audience => audience;

    public bool Admits(SessionSnapshot? person) => person is not null && audience switch
    {
        Audience.SignedIn => true,
        Audience.Member => person.IsMember,
        Audience.OrganisationAdministrator => person.IsOrganisationAdministrator,
        Audience.Staff => person.IsStaff,
        Audience.PortalAdministrator => person.StaffRole == StaffRole.PortalAdministrator,
        Audience.MemberOrStaff => person.IsMember || person.IsStaff,
        _ => false,
    };
}

public sealed class AudienceHandler(CurrentUser user) : AuthorizationHandler<AudienceRequirement>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, AudienceRequirement requirement)
    {
        if (requirement.Admits(user.Snapshot))
            context.Succeed(requirement);
        return Task.CompletedTask;
    }
}
