using DealerPortal.Core;
using DealerPortal.Core.Figures;
using DealerPortal.Web.Access;
using DealerPortal.Web.Features.Dossiers.New;
using Microsoft.AspNetCore.Mvc;

namespace DealerPortal.Web.Features.Figures;

/// <summary>The figures of the organisation, for its administrators.</summary>
[Access(Audience.OrganisationAdministrator)]
[Route(Path)]
public sealed class FiguresController(FiguresReading figures, FiguresFiles files, DossierForms forms, CurrentUser user, TimeProvider time) : Controller
{
    public const string Path = "/figures";

    private DateOnly Today => Formats.Today(time);

    [HttpGet("")]
    public async Task<IActionResult> Figures([FromQuery] FiguresQuery query, CancellationToken ct) => View(new FiguresPage
    {
        Query = query with { Org = null },
        Answer = await ReadAsync(query, ct),
        Months = query.Months(Today),
        Today = Today,
        Types = forms.Types,
        Path = Path,
    });

    [HttpGet("volumes.csv")]
    public async Task<IActionResult> Volumes([FromQuery] FiguresQuery query, CancellationToken ct) => files.Volumes(await ReadAsync(query, ct));

    [HttpGet("steps.csv")]
    public async Task<IActionResult> Steps([FromQuery] FiguresQuery query, CancellationToken ct) => files.Steps(await ReadAsync(query, ct));

    [HttpGet("doa.csv")]
    public async Task<IActionResult> Doa([FromQuery] FiguresQuery query, CancellationToken ct) => files.Doa(await ReadAsync(query, ct));

    private Task<FiguresAnswer> ReadAsync(FiguresQuery query, CancellationToken ct) => figures.ReadAsync(query.ToQuestion(user.Required.Organisation!.Id, Today), ct);
}
