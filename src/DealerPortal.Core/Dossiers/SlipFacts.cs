namespace DealerPortal.Core.Dossiers;

/// <summary>What a type adds to the slip that goes with a device, in the language of the current culture. A part that is null is worded neutrally, or taken from the dossier.</summary>
public sealed record SlipFacts
{
    /// <summary>What the slip is called, such as «Bon de retour».</summary>
    public string? Title { get; init; }

    /// <summary>What the shop checks before the driver comes, one box each.</summary>
    public IReadOnlyList<string>? Checks { get; init; }

    /// <summary>The first day on which the device can be fetched.</summary>
    public DateOnly? ReadyFrom { get; init; }

    /// <summary>Whom the driver asks for; otherwise who filed the dossier.</summary>
    public string? Contact { get; init; }

    /// <summary>E.164; otherwise the branch's.</summary>
    public string? Phone { get; init; }

    /// <summary>How the driver gets to the device: floor, lift, opening hours.</summary>
    public string? Access { get; init; }
}
