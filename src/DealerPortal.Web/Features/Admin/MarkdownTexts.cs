namespace DealerPortal.Web.Features.Admin;

/// <summary>How texts of several paragraphs are written.</summary>
public sealed class MarkdownTexts;
