using DealerPortal.Web.Features.Admin.ServiceCentres.Centres;

namespace DealerPortal.Web.Features.Admin.ServiceCentres;

public static class ServiceCentrePages
{
    public static IServiceCollection AddServiceCentrePages(this IServiceCollection services) => services.AddScoped<CentrePages>().AddScoped<WaitingNotice>();
}
