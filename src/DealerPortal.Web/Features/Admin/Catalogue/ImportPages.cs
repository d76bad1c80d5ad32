using DealerPortal.Core.Catalogue;

namespace DealerPortal.Web.Features.Admin.Catalogue;

/// <summary>A file that is kept, in the list of one's own.</summary>
public sealed record KeptImport(Guid Id, string FileName, DateTime CreatedAt, DateTime? AppliedAt);

/// <summary>A file that is looked at before its rows are written.</summary>
/// <param name="Overtaken">Whether the catalogue changed since the preview that was confirmed.</param>
/// <param name="Meanwhile">The models of the file that others changed since then, by id.</param>
public sealed record ImportPreviewPage(
    CataloguePreview Preview, CatalogueLineState Shown, int Page, DateTime PreviewedAt, bool Overtaken, IReadOnlyDictionary<int, string> Meanwhile)
{
    public const int PageSize = 50;

    public CatalogueComparison Comparison => Preview.Comparison;
    public int ToWrite => Comparison.Count(CatalogueLineState.New) + Comparison.Count(CatalogueLineState.Changed);
    public int Total => Comparison.Count(Shown);
    public int First => (Page - 1) * PageSize + 1;
    public IReadOnlyList<CatalogueLine> Lines => [.. Comparison.Lines.Where(line => line.State == Shown).Skip(First - 1).Take(PageSize)];
    public bool HasNext => Page * PageSize < Total;

    public string UrlOf(CatalogueLineState state, int page = 1) =>
        $"/admin/catalogue/import/{Preview.Import.Id}{QueryString.Create([KeyValuePair.Create("show", (string?)state.ToString()), KeyValuePair.Create("page", (string?)$"{page}")])}";
}
