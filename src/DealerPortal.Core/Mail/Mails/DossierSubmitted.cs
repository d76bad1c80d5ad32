namespace DealerPortal.Core.Mail.Mails;

/// <summary>The receipt.</summary>
public sealed class DossierSubmitted(DossierFacts dossier) : DossierMail(dossier);
