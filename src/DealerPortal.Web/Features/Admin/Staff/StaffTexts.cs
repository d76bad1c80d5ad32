namespace DealerPortal.Web.Features.Admin.Staff;

/// <summary>Texts of the staff and of invitations to it.</summary>
public sealed class StaffTexts;
