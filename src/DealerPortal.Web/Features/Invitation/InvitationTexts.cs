namespace DealerPortal.Web.Features.Invitation;

/// <summary>Texts for whoever is invited to work here.</summary>
public sealed class InvitationTexts;
