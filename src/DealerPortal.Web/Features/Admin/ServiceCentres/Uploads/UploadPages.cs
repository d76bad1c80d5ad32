using DealerPortal.Core.ServiceCentres;
using DealerPortal.Core.Work;
using DealerPortal.Web.Features.Shared;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Admin.ServiceCentres.Uploads;

public sealed record UploadPage(int CentreId, string CentreName, IReadOnlyList<KeptUpload> Recent);

/// <summary>A file that is kept, without its content.</summary>
/// <param name="OrderedBy">Who last confirmed it; null for nobody.</param>
public sealed record KeptUpload(
    Guid Id, string FileName, DateTime UploadedAt, string By, DateTime? OrderedAt, string? OrderedBy, DateTime? ConfirmedAt, WorkState State, int Written, int? Total)
{
    public bool IsUnderWay => State is WorkState.Waiting or WorkState.Running;

    public CentreBadge Badge(IStringLocalizer<CentreTexts> t) => State switch
    {
        WorkState.Waiting or WorkState.Running => new("info", "progress", t["File.UnderWay"]),
        WorkState.Failed => new("stop", "alert-triangle", t["File.Failed"]),
        _ when ConfirmedAt is null => new("attn", "eye", t["File.OnlySeen"]),
        _ => new("ok", "circle-check", t["File.In"]),
    };
}

/// <summary>A file while it is taken in.</summary>
/// <param name="List">Where it is found again.</param>
public sealed record UploadRun(string Url, string List, string CentreName, KeptUpload Upload);

/// <param name="All">Every row of the file.</param>
/// <param name="Rows">Those of this page.</param>
public sealed record PreviewPage(int CentreId, string CentreName, KeptUpload Upload, IReadOnlyList<CentreRowResult> All, IReadOnlyList<CentreRowResult> Rows, PageLinks Links)
{
    public int GoIn => All.Count(row => row.GoesIn);
}
