namespace DealerPortal.Core.Accounts;

/// <summary>
/// From what somebody signed in, as coarse as people speak of it: «Firefox», «Windows». No version, no address, nothing that
/// tells two such devices apart; null where the browser does not say.
/// </summary>
/// <param name="Browser">Its own name, the same in every language.</param>
/// <param name="System">As <paramref name="Browser"/>.</param>
public sealed record SignInDevice(string? Browser, string? System)
{
    public const int MaxLength = 20;

    public static readonly SignInDevice Unknown = new(null, null);

    // The first that fits: each browser also claims to be those below it.
    private static readonly (string Mark, string Name)[] _browsers =
    [
        ("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser/", "Samsung Internet"), ("Firefox/", "Firefox"), ("FxiOS/", "Firefox"),
        ("Chrome/", "Chrome"), ("CriOS/", "Chrome"), ("Safari/", "Safari"),
    ];

    private static readonly (string Mark, string Name)[] _systems =
    [
        ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("CrOS", "ChromeOS"), ("Windows", "Windows"), ("Macintosh", "macOS"), ("Linux", "Linux"),
    ];

    /// <param name="userAgent">The header, whatever it holds; only known names are taken from it.</param>
    public static SignInDevice Of(string? userAgent) => new(First(_browsers, userAgent), First(_systems, userAgent));

    private static string? First((string Mark, string Name)[] known, string? userAgent) =>
        userAgent is null ? null : known.FirstOrDefault(one => userAgent.Contains(one.Mark, StringComparison.Ordinal)).Name;
}
