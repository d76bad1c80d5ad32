using DealerPortal.Core;
using DealerPortal.Core.Figures;
using DealerPortal.Web.Access;
using DealerPortal.Web.Features.Admin.Queue;
using DealerPortal.Web.Features.Dossiers.New;
using DealerPortal.Web.Features.Figures;
using Microsoft.AspNetCore.Mvc;

namespace DealerPortal.Web.Features.Admin.Figures;

/// <summary>The figures of all organisations, or of one.</summary>
[Access(Audience.Staff)]
[Route(Path)]
public sealed class AdminFiguresController(FiguresReading figures, FiguresFiles files, DossierForms forms, OrganisationLookUp organisations, TimeProvider time) : Controller
{
    public const string Path = "/admin/figures";

    private static readonly FiguresAnswer _nothing = new(null, [], [], []);

    private DateOnly Today => Formats.Today(time);

    [HttpGet("")]
    public async Task<IActionResult> Figures([FromQuery] FiguresQuery query, CancellationToken ct)
    {
        var organisation = await organisations.FindAsync(query.Org, ct);
        return View("/Features/Figures/Figures.cshtml", new FiguresPage
        {
            Query = query,
            Answer = await ReadAsync(query, organisation, ct),
            Months = query.Months(Today),
            Today = Today,
            Types = forms.Types,
            Path = Path,
            Organisation = organisation,
        });
    }

    [HttpGet("volumes.csv")]
    public async Task<IActionResult> Volumes([FromQuery] FiguresQuery query, CancellationToken ct) => files.Volumes(await ReadAsync(query, ct));

    [HttpGet("steps.csv")]
    public async Task<IActionResult> Steps([FromQuery] FiguresQuery query, CancellationToken ct) => files.Steps(await ReadAsync(query, ct));

    [HttpGet("doa.csv")]
    public async Task<IActionResult> Doa([FromQuery] FiguresQuery query, CancellationToken ct) => files.Doa(await ReadAsync(query, ct));

    private async Task<FiguresAnswer> ReadAsync(FiguresQuery query, CancellationToken ct) => await ReadAsync(query, await organisations.FindAsync(query.Org, ct), ct);

    /// <summary>What is typed and means no one organisation must not read as «all».</summary>
    private async Task<FiguresAnswer> ReadAsync(FiguresQuery query, OrganisationChoice organisation, CancellationToken ct) => organisation switch
    {
        { Chosen: { } chosen } => await figures.ReadAsync(query.ToQuestion(chosen.Id, Today), ct),
        { Typed: null } => await figures.ReadAsync(query.ToQuestion(FigureScope.All, Today), ct),
        _ => _nothing,
    };
}
