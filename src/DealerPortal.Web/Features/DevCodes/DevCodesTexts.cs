namespace DealerPortal.Web.Features.DevCodes;

/// <summary>Texts of the developer's authenticator.</summary>
public sealed class DevCodesTexts;
