using DealerPortal.Core;
using DealerPortal.Core.Data;

namespace DealerPortal.Web.Hosting;

/// <summary>What production cannot run without. Said all at once, before anything starts.</summary>
public static class RequiredSettings
{
    private static readonly string[] Always =
    [
        "Portal:BaseUrl", "Database:ConnectionString", "Files:Path", "Mail:From", "Mail:Transport",
        "DataProtection:CertificatePath", "Brand:SupportAddress", "Brand:DealerlinePhone",
    ];

    public static IReadOnlyList<string> Problems(IConfiguration configuration)
    {
        var problems = Always.Where(key => string.IsNullOrWhiteSpace(configuration[key])).Select(key => $"{key} is missing").ToList();
        if (configuration["Mail:Transport"] == "Smtp" && string.IsNullOrWhiteSpace(configuration["Mail:Smtp:Host"]))
            problems.Add("Mail:Smtp:Host is missing");
        if (configuration["Portal:BaseUrl"] is { Length: > 0 } url && !(Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps))
            problems.Add("Portal:BaseUrl must be an https address");
        if (configuration["DataProtection:CertificatePath"] is { Length: > 0 } path && !File.Exists(path))
            problems.Add("DataProtection:CertificatePath names no file");
        foreach (var key in (string[])["Brand:SupportAddress", "Mail:From"])
        {
            if (configuration[key]?.EndsWith(".example", StringComparison.OrdinalIgnoreCase) == true)
                problems.Add($"{key} is still a demo address");
        }

        if (configuration["Brand:DealerlinePhone"] == new BrandOptions().DealerlinePhone)
            problems.Add("Brand:DealerlinePhone is still the demo number");
        if (configuration["Brand:ConsumerSite"] is { Length: > 0 } site && !(Uri.TryCreate(site, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttps))
            problems.Add("Brand:ConsumerSite needs an https address");
        if (configuration.GetSection("Brand:ReturnCentre").Get<string[]>() is { Length: > 0 } lines && (lines.Length < 2 || lines.Any(string.IsNullOrWhiteSpace)))
            problems.Add("Brand:ReturnCentre needs a name and an address, and no empty line");
        try
        {
            _ = DatabaseOptions.From(configuration);
        }
        catch (InvalidOperationException exception)
        {
            problems.Add(exception.Message);
        }

        return problems;
    }
}
