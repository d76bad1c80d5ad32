using DealerPortal.Core.Work;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace DealerPortal.Core.Mail.Inbound;

public static class InboundServices
{
    /// <summary>Registers the reading of answers, which runs where <c>Mail:Inbound:Host</c> is set. Needs mail, files and dossiers beside it.</summary>
    public static IServiceCollection AddInboundMail(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddScoped<InboundReception>();
        services.AddSingleton<InboundMailbox>();
        services.AddScoped<InboundList>();
        services.AddScoped<InboundCare>();
        services.AddHousekeeping<InboundHousekeeping>();
        if (!string.IsNullOrWhiteSpace(configuration["Mail:Inbound:Host"]))
            services.AddHousekeeping<InboundPolling>();
        return services;
    }
}
