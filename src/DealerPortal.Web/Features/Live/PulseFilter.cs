using DealerPortal.Core.Dossiers.Lists;
using DealerPortal.Web.Access;
using Microsoft.AspNetCore.Mvc.Filters;

namespace DealerPortal.Web.Features.Live;

/// <summary>Takes a member's pulse before their page is read, so that what happens meanwhile is noticed afterwards.</summary>
public sealed class PulseFilter(PulseReading reading, CurrentUser user) : IAsyncActionFilter
{
    private const string Key = nameof(Pulse);

    /// <summary>Null for a page without one.</summary>
    public static Pulse? Of(HttpContext context) => context.Items[Key] as Pulse;

    public async Task OnActionExecutionAsync(ActionExecutingContext context, ActionExecutionDelegate next)
    {
        var request = context.HttpContext.Request;
        var about = context.ActionDescriptor.EndpointMetadata;
        // Pages for everybody are also those that say that the database is away.
        var isForMembers = about.Any(item => item is AccessAttribute) && !about.Any(item => item is AskedByThePageAttribute);
        if (isForMembers && user.Snapshot is { IsMember: true } member && !request.Path.StartsWithSegments("/admin"))
            context.HttpContext.Items[Key] = await reading.ReadAsync(member.Reader, member.Organisation!.Id, context.HttpContext.RequestAborted);
        await next();
    }
}

public static class LiveServices
{
    /// <summary>What keeps open pages up to date.</summary>
    public static IServiceCollection AddLivePages(this IServiceCollection services) => services.AddScoped<PulseFilter>();
}
