namespace DealerPortal.Web.Features.Dossiers.Print;

/// <summary>Texts of what is printed: the slip of a return or pickup, the receipt of a repair.</summary>
public sealed class PrintTexts;
