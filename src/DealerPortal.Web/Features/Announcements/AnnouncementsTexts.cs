namespace DealerPortal.Web.Features.Announcements;

/// <summary>Texts around announcements, as dealers read them.</summary>
public sealed class AnnouncementsTexts;
