namespace DealerPortal.Web.Features.Shared;

/// <summary>Work that somebody watches while it is done; shown by <c>_UnderWay</c> in a part that keeps itself fresh.</summary>
/// <param name="Text">How far it is.</param>
/// <param name="Label">What it is.</param>
/// <param name="Leave">Where it is found again.</param>
/// <param name="Url">Of the page that shows it.</param>
public sealed record UnderWay(string Text, string Label, string Leave, string Url, int Written, int? Total);
