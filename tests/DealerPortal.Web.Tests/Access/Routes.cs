using DealerPortal.TestCommon;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;

namespace DealerPortal.Web.Tests.Access;

/// <param name="Method">GET, POST …; GET for a route that takes any.</param>
/// <param name="Pattern">As declared, with a slash in front.</param>
internal sealed record Route(string Method, string Pattern, RouteEndpoint Endpoint)
{
    public string Key => $"{Method} {Pattern}";

    /// <summary>Every route of the host but the static files.</summary>
    public static IReadOnlyList<Route> AllOf(PortalFactory factory) => [.. factory.Services.GetRequiredService<EndpointDataSource>().Endpoints
        .OfType<RouteEndpoint>()
        .Where(endpoint => endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is null && !IsBuildOnly(endpoint))
        .SelectMany(endpoint => (endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods is { Count: > 0 } methods ? methods : ["GET"])
            .Select(method => new Route(method, "/" + endpoint.RoutePattern.RawText!.TrimStart('/'), endpoint)))];

    /// <summary>The static files' own fallback, which exists beside build output and not in what is published.</summary>
    public static bool IsBuildOnly(Endpoint endpoint) => endpoint.DisplayName == "Fallback {**path:file}";

    /// <summary>The address with real values in it.</summary>
    public static string Fill(string pattern, IReadOnlyDictionary<string, string> values)
    {
        var area = pattern.Split('/').LastOrDefault(part =>
            part is "files" or "users" or "branches" or "slip" or "views" or "service-centres" or "codes" or "doa-conditions" or "catalogue" or "categories" or "import");
        var place = area is null ? null : pattern.TrimStart('/')[..(pattern.LastIndexOf($"/{area}/", StringComparison.Ordinal) + area.Length)];
        return string.Join('/', pattern.Split('/').Select(part =>
        {
            if (!part.StartsWith('{'))
                return part;
            var name = part.Trim('{', '}').TrimStart('*').Split(':')[0].TrimEnd('?');
            return values.TryGetValue($"{place}/{name}", out var value) || values.TryGetValue($"{area}/{name}", out value) || values.TryGetValue(name, out value)
                ? value
                : throw new InvalidOperationException($"{pattern}: the test knows no value for {name}.");
        }));
    }
}
