using System.Diagnostics;
using System.Globalization;

namespace DealerPortal.Web.Hosting;

/// <summary>The reference a person reads out on the phone, and the one in the log: the same twelve characters.</summary>
public static class TraceIds
{
    public static string Of(HttpContext context) => Activity.Current is { } activity
        ? Of(activity.TraceId)
        : Short(context.TraceIdentifier.GetHashCode(StringComparison.Ordinal).ToString("x12", CultureInfo.InvariantCulture));

    public static string Of(ActivityTraceId trace) => Short(trace.ToHexString());

    private static string Short(string id)
    {
        var reference = id[..12].ToUpperInvariant();
        return $"{reference[..4]}-{reference[4..8]}-{reference[8..12]}";
    }
}
