namespace DealerPortal.Core;

/// <summary>What makes the portal a house's own; section <c>Brand</c>. The product itself carries no maker's name.</summary>
public sealed class BrandOptions
{
    public string Name { get; set; } = "Dealerportal";
    public string SupportAddress { get; set; } = "support@dealerportal.example";

    /// <summary>International format, as it is shown and dialled.</summary>
    public string DealerlinePhone { get; set; } = "+32 4 000 00 10";

    /// <summary>When the Dealerline answers, as it follows the number.</summary>
    public LocalizedText DealerlineHours { get; set; } = new()
    {
        Fr = "jours ouvrables de 9 h à 17 h",
        Nl = "werkdagen van 9 tot 17 uur",
        De = "werktags von 9 bis 17 Uhr",
        En = "working days from 9:00 to 17:00",
    };

    /// <summary>Where dealers send consumers who ask; international format. Null: to the Dealerline.</summary>
    public string? ConsumerPhone { get; set; }

    /// <summary>The house's site for consumers, an https address; null for none.</summary>
    public string? ConsumerSite { get; set; }

    /// <summary>The address to which devices return, line by line as on a parcel, the name first. Empty: the return slip names none.</summary>
    public string[] ReturnCentre { get; set; } = [];

    /// <summary>The three colours a house may change; null keeps the neutral default.</summary>
    public string? Colour { get; set; }
    public string? ColourDeep { get; set; }
    public string? ColourOn { get; set; }
}

/// <summary>Where the portal stands; section <c>Portal</c>.</summary>
public sealed class PortalOptions
{
    /// <summary>The address people use, without a slash at the end. Links in mails, cookie policy and the accepted host derive from it.</summary>
    public string BaseUrl { get; set; } = "http://localhost:5080";

    /// <summary>Further hosts that may be asked for, such as the one a health probe uses.</summary>
    public string[] ExtraHosts { get; set; } = [];

    /// <summary>Networks whose forwarded-for header is believed, in CIDR notation. None by default.</summary>
    public string[] TrustedProxies { get; set; } = [];

    public bool IsHttps => BaseUrl.StartsWith("https://", StringComparison.Ordinal);
}
