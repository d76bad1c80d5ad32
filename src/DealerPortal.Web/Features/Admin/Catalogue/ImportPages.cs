using DealerPortal.Core.Catalogue;
using DealerPortal.Core.Work;

namespace DealerPortal.Web.Features.Admin.Catalogue;

/// <summary>A file that is kept: in the list of one's own, and while it is written.</summary>
public sealed record KeptImport(
    Guid Id, string FileName, DateTime CreatedAt, DateTime? OrderedAt, DateTime? AppliedAt, WorkState State, int Written, int? Total, int Added, int Changed)
{
    public string Url => $"/admin/catalogue/import/{Id}";

    public bool IsUnderWay => State is WorkState.Waiting or WorkState.Running;

    /// <summary>Icon and tone of its state.</summary>
    public (string Tone, string Icon, string Key) Badge => State switch
    {
        WorkState.Waiting or WorkState.Running => ("info", "progress", "Kept.UnderWay"),
        WorkState.Failed => ("stop", "alert-triangle", "Kept.Failed"),
        WorkState.Overtaken => ("attn", "alert-triangle", "Kept.Overtaken"),
        _ when AppliedAt is not null => ("ok", "circle-check", "Kept.Applied"),
        _ => ("attn", "hourglass", "Kept.Waiting"),
    };
}

/// <summary>A file that is looked at before its rows are written.</summary>
/// <param name="Overtaken">Whether the catalogue changed since the preview that was confirmed.</param>
/// <param name="Meanwhile">The models of the file that others changed since then, by id.</param>
public sealed record ImportPreviewPage(
    CataloguePreview Preview, CatalogueLineState Shown, int Page, DateTime PreviewedAt, bool Overtaken, IReadOnlyDictionary<int, string> Meanwhile)
{
    public const int PageSize = 50;

    public CatalogueComparison Comparison => Preview.Comparison;
    public int ToWrite => Comparison.ToWrite.Count;
    public int Total => Comparison.Count(Shown);
    public int First => (Page - 1) * PageSize + 1;
    public IReadOnlyList<CatalogueLine> Lines => [.. Comparison.Lines.Where(line => line.State == Shown).Skip(First - 1).Take(PageSize)];
    public bool HasNext => Page * PageSize < Total;

    public string UrlOf(CatalogueLineState state, int page = 1) =>
        $"/admin/catalogue/import/{Preview.Import.Id}{QueryString.Create([KeyValuePair.Create("show", (string?)state.ToString()), KeyValuePair.Create("page", (string?)$"{page}")])}";
}
