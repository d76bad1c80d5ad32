namespace DealerPortal.Web.Features.Account.Organisations;

/// <summary>Texts of the page about a person's organisations, and of the switcher.</summary>
public sealed class OrganisationsTexts;
