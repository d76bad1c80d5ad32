using System.Diagnostics;

namespace DealerPortal.Web.Hosting;

/// <summary>The reference a person reads out on the phone, and the one in the log: the same twelve characters.</summary>
public static class TraceIds
{
    public static string Of(HttpContext context)
    {
        var id = Activity.Current?.TraceId.ToHexString() ?? context.TraceIdentifier.GetHashCode(StringComparison.Ordinal).ToString("x12", System.Globalization.CultureInfo.InvariantCulture);
        var short12 = id[..12].ToUpperInvariant();
        return $"{short12[..4]}-{short12[4..8]}-{short12[8..12]}";
    }
}
