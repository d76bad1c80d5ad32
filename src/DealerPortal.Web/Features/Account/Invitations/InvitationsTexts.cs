namespace DealerPortal.Web.Features.Account.Invitations;

/// <summary>Texts of invitations to an organisation, for who invites.</summary>
public sealed class InvitationsTexts;
