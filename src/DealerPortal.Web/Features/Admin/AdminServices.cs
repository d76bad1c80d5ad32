using DealerPortal.Web.Features.Admin.Announcements;
using DealerPortal.Web.Features.Admin.Dealercards;
using DealerPortal.Web.Features.Admin.Dossiers;
using DealerPortal.Web.Features.Admin.Queue;

namespace DealerPortal.Web.Features.Admin;

public static class AdminServices
{
    /// <summary>What the pages of the admin area share.</summary>
    public static IServiceCollection AddAdminPages(this IServiceCollection services) =>
        services.AddScoped<AdminDossierReading>().AddScoped<QueueNeighbours>().AddScoped<QueueTabs>().AddScoped<CardUpload>().AddScoped<OrganisationLookUp>().AddScoped<AnnouncementSheetIntake>();
}
