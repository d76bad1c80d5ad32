using DealerPortal.Core.ServiceCentres;
using Microsoft.AspNetCore.Authorization;

namespace DealerPortal.Web.Access;

/// <summary>
/// Who may call a route of the API: a machine with a key of this scope, and nobody else. People's sessions count for
/// nothing there, so that no browser can be made to call it.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class MachineAccessAttribute(CentreScopes scope) : AuthorizeAttribute(PolicyOf(scope))
{
    public CentreScopes Scope => scope;

    public static string PolicyOf(CentreScopes scope) => $"machine:{scope}";
}

/// <summary>The machine behind this request, or nobody.</summary>
public sealed class CurrentCaller
{
    public CentreCaller? Caller { get; internal set; }

    /// <exception cref="InvalidOperationException">No machine is known; the route should have asked for it.</exception>
    public CentreCaller Required => Caller ?? throw new InvalidOperationException("No machine is known.");
}

public sealed record MachineRequirement(CentreScopes Scope) : IAuthorizationRequirement;

public sealed class MachineHandler(CurrentCaller caller) : AuthorizationHandler<MachineRequirement>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, MachineRequirement requirement)
    {
        if (caller.Caller is { } known && known.Scopes.HasFlag(requirement.Scope))
            context.Succeed(requirement);
        return Task.CompletedTask;
    }
}
