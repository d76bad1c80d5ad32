namespace DealerPortal.Core.Mail.Mails;

/// <summary>What every mail about a dossier says of it.</summary>
/// <param name="TypeKey">The name of a <see cref="Dossiers.DossierType"/>.</param>
/// <param name="Reference">The dealer's own.</param>
/// <param name="Path">Of the dossier's page, for <see cref="MailTexts.Url"/>.</param>
public sealed record DossierFacts(
    long Id, string Number, string TypeKey, string? ModelCode, string? ModelName, string? SerialNumber, string? Reference, string Path);
