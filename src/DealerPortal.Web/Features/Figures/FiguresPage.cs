using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Figures;
using DealerPortal.Web.Features.Admin.Queue;

namespace DealerPortal.Web.Features.Figures;

/// <summary>Figures of one organisation, or of all for staff.</summary>
public sealed record FiguresPage
{
    /// <summary>Models that a chart has room for; the file holds all.</summary>
    public const int ModelsShown = 12;

    public required FiguresQuery Query { get; init; }
    public required FiguresAnswer Answer { get; init; }
    public required IReadOnlyList<int> Months { get; init; }
    public required DateOnly Today { get; init; }
    public required IReadOnlyList<DossierType> Types { get; init; }

    /// <summary>The page's address without its state.</summary>
    public required string Path { get; init; }

    /// <summary>The organisation that staff look at; null on a dealer's own page.</summary>
    public OrganisationChoice? Organisation { get; init; }

    public bool IsStaffs => Organisation is not null;

    /// <summary>Whether what was typed means no organisation, or several: then there is nothing to show.</summary>
    public bool IsUnclear => Organisation is { Typed: not null, Chosen: null };

    /// <summary>The address of one of the files: volumes, steps or doa.</summary>
    public string FileUrl(string name) => $"{Path}/{name}.csv{Query.Canonical(Today)}";

    public IEnumerable<ModelFigure> ShownModels => Answer.Models.Where(model => model.HasShare).Take(ModelsShown);

    /// <summary>Models with too few decisions for a share.</summary>
    public IReadOnlyList<ModelFigure> SmallModels => [.. Answer.Models.Where(model => !model.HasShare)];
}
