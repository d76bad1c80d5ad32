namespace DealerPortal.Core.Exports;

/// <summary>Tells this process's job that there is something to export.</summary>
public sealed class ExportSignal : WakeSignal;
