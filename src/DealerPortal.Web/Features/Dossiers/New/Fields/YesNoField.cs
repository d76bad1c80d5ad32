namespace DealerPortal.Web.Features.Dossiers.New.Fields;

/// <summary>A question with two answers, for <c>_YesNo</c>.</summary>
/// <param name="Name">The posted name.</param>
/// <param name="Value">As typed.</param>
public sealed record YesNoField(string Name, string Label, string? Value, string? Hint = null, string Class = "half");
