using DealerPortal.Core.Tables;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DealerPortal.Core.Files;

public static class FilesServices
{
    /// <summary>
    /// Registers <see cref="IFileStore"/>, <see cref="FileIntake"/> and <see cref="TableIntake"/>. Setting <c>Files:Path</c>: where files are kept,
    /// absolute or relative to the content root, by default <c>var/files</c>.
    /// </summary>
    public static IServiceCollection AddPortalFiles(this IServiceCollection services, IConfiguration configuration)
    {
        var path = configuration["Files:Path"];
        services.AddSingleton(provider => new FileSystemFileStoreOptions
        {
            Path = Path.Combine(
                provider.GetRequiredService<IHostEnvironment>().ContentRootPath,
                string.IsNullOrWhiteSpace(path) ? Path.Combine("var", "files") : path),
        });
        services.AddSingleton<IFileStore, FileSystemFileStore>();
        services.AddSingleton<FileIntake>();
        services.AddSingleton<TableIntake>();
        return services;
    }
}
