namespace DealerPortal.Web.Features.Admin.Templates;

/// <summary>Texts of the pages on which templates of answers are kept.</summary>
public sealed class TemplatesTexts;
