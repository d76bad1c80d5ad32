namespace DealerPortal.Web.Features.Admin.Promises;

/// <summary>Texts of the targets, and the names of the steps wherever support reads them.</summary>
public sealed class PromisesTexts;
