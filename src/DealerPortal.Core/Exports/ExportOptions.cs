namespace DealerPortal.Core.Exports;

/// <summary>Settings <c>Exports</c>.</summary>
public sealed class ExportOptions
{
    /// <summary>Up to as many rows are written while the person waits; longer lists become a file in the background.</summary>
    public int DirectRows { get; set; } = 5000;
}
