namespace DealerPortal.Web.Features.Admin.Queue;

/// <summary>Texts of support's queue.</summary>
public sealed class QueueTexts;
