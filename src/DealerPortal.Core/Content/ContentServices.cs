using DealerPortal.Core.Content.Announcements;
using DealerPortal.Core.Content.Assistance;
using Microsoft.Extensions.DependencyInjection;

namespace DealerPortal.Core.Content;

public static class ContentServices
{
    /// <summary>What the house tells its dealers and keeps up to date without a deployment. Needs the database and the files beside it.</summary>
    public static IServiceCollection AddPortalContent(this IServiceCollection services) => services
        .AddSingleton<CurrentAnnouncements>()
        .AddScoped<AnnouncementReading>()
        .AddScoped<AnnouncementDismissing>()
        .AddScoped<AnnouncementEditing>()
        .AddScoped<AssistanceEditing>();
}
