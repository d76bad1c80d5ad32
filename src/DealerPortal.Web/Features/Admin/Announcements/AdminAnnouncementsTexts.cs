namespace DealerPortal.Web.Features.Admin.Announcements;

/// <summary>Texts of the pages on which announcements are written and planned.</summary>
public sealed class AdminAnnouncementsTexts;
