namespace DealerPortal.Web.Features.Shared;

/// <summary>The pages beside the one that is shown, where only the neighbours are worth a link.</summary>
/// <param name="Url">The address of a page, from 1.</param>
/// <param name="Text">What of the list is shown; the page's number without it.</param>
public sealed record PageLinks(int Page, bool HasNext, Func<int, string> Url, string? Text = null)
{
    /// <summary>Deeper pages nobody turns to by hand; and an address may ask for any.</summary>
    public const int LastPage = 10_000;

    public static int Of(int? page) => Math.Clamp(page ?? 1, 1, LastPage);
}
