namespace DealerPortal.Core.Exports;

/// <summary>Headings and words of exported lists.</summary>
public sealed class ExportTexts;
