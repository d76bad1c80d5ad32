namespace DealerPortal.Core.Privacy;

/// <summary>How long end users' data are kept; section <c>Retention</c>.</summary>
public sealed class RetentionOptions
{
    public const int MaxMonths = 600;

    /// <summary>Months after a dossier was closed after which it is anonymised, unless it is held.</summary>
    public int DossierMonths { get; set; } = 36;

    /// <summary>The day in Brussels on which a dossier is due, given when it was closed.</summary>
    public DateOnly DueOn(DateTime closedAt) => DateOnly.FromDateTime(Formats.ToBrussels(closedAt.AddMonths(DossierMonths)));
}
