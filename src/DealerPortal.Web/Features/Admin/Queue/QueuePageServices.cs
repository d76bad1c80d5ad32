namespace DealerPortal.Web.Features.Admin.Queue;

public static class QueuePageServices
{
    /// <summary>What the pages of support's queue need.</summary>
    public static IServiceCollection AddQueuePages(this IServiceCollection services) => services.AddScoped<QueueTabs>().AddScoped<OrganisationLookUp>();
}
