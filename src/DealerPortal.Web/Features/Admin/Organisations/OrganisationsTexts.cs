namespace DealerPortal.Web.Features.Admin.Organisations;

/// <summary>Texts of the pages on which support looks after organisations.</summary>
public sealed class OrganisationsTexts;
