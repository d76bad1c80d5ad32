namespace DealerPortal.Web.Features.Admin.Users;

/// <summary>Texts of people's accounts as staff see them.</summary>
public sealed class AdminUsersTexts;
