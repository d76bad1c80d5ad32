using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;

namespace DealerPortal.Web.Hosting;

/// <summary>Limits per network: generous for people, tight for loops. Over it: 429 with Retry-After.</summary>
public static class RateLimits
{
    /// <summary>Sign-in, registration, codes, resets.</summary>
    public const string Credentials = "credentials";

    /// <summary>Type-ahead look-ups.</summary>
    public const string LookUp = "look-up";

    /// <summary>Uploads and autosaves of one person.</summary>
    public const string Drafts = "drafts";

    public static IServiceCollection AddPortalRateLimits(this IServiceCollection services) => services.AddRateLimiter(options =>
    {
        options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        options.OnRejected = (context, _) =>
        {
            var wait = context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromMinutes(1);
            context.HttpContext.Response.Headers.RetryAfter = ((int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
            return ValueTask.CompletedTask;
        };
        options.AddPolicy(Credentials, context => Window(NetworkOf(context), permits: 60, TimeSpan.FromMinutes(1)));
        options.AddPolicy(LookUp, context => Window(NetworkOf(context), permits: 240, TimeSpan.FromMinutes(1)));
        options.AddPolicy(Drafts, context => Window(NetworkOf(context), permits: 1200, TimeSpan.FromMinutes(1)));
    });

    /// <summary>Says how long to wait; the minutes for people, rounded up.</summary>
    public static int RetryAfter(this HttpResponse response, TimeSpan wait)
    {
        response.Headers.RetryAfter = ((int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        return (int)Math.Ceiling(wait.TotalMinutes);
    }

    /// <summary>The network a request comes from: the address for IPv4, the /64 for IPv6, where one household has billions of addresses.</summary>
    public static string NetworkOf(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress ?? IPAddress.Loopback;
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetworkV6
            ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8))
            : address.ToString();
    }

    private static RateLimitPartition<string> Window(string network, int permits, TimeSpan window) =>
        RateLimitPartition.GetSlidingWindowLimiter(network, _ => new SlidingWindowRateLimiterOptions
        {
            PermitLimit = permits,
            Window = window,
            SegmentsPerWindow = 6,
            QueueLimit = 0,
        });
}
