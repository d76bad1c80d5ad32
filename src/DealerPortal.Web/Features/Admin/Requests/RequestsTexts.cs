namespace DealerPortal.Web.Features.Admin.Requests;

/// <summary>Texts of the requests to join that wait too long.</summary>
public sealed class RequestsTexts;
