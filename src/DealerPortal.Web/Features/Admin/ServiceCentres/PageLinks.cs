namespace DealerPortal.Web.Features.Admin.ServiceCentres;

/// <summary>The pages beside the one that is shown.</summary>
/// <param name="Url">The address of a page, from 1.</param>
public sealed record PageLinks(int Page, bool HasNext, Func<int, string> Url)
{
    /// <summary>Deeper pages nobody turns to by hand; and an address may ask for any.</summary>
    public const int LastPage = 10_000;

    public static int Of(int? page) => Math.Clamp(page ?? 1, 1, LastPage);
}
