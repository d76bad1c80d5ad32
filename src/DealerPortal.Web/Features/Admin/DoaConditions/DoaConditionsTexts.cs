namespace DealerPortal.Web.Features.Admin.DoaConditions;

/// <summary>Texts of the DOA conditions and their versions.</summary>
public sealed class DoaConditionsTexts;
