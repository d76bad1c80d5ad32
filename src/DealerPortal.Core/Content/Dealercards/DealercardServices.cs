using Microsoft.Extensions.DependencyInjection;

namespace DealerPortal.Core.Content.Dealercards;

public static class DealercardServices
{
    /// <summary>Needs the database and the files of dossiers beside it.</summary>
    public static IServiceCollection AddDealercards(this IServiceCollection services) => services.AddScoped<DealercardKeeping>().AddScoped<DealercardFiles>();
}
