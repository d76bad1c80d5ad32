namespace DealerPortal.Web.Features.Account.Sessions;

/// <summary>Texts of where a person is signed in.</summary>
public sealed class SessionsTexts;
