using DealerPortal.Core;
using DealerPortal.Core.Dossiers;

namespace DealerPortal.Web.Features.Admin.DoaConditions;

/// <summary>A category with its versions, the newest first; the general conditions have neither id nor name.</summary>
public sealed record DoaCategory(int? Id, LocalizedText? Name, IReadOnlyList<DoaConditionSet> Versions, IReadOnlyDictionary<int, DoaVersionState> States)
{
    public int Latest => Versions.Count == 0 ? 0 : Versions.Max(v => v.Version);

    public DoaConditionSet? InForce => Versions.FirstOrDefault(v => States[v.Id] == DoaVersionState.InForce);
}

/// <param name="Without">Categories that go by the general conditions, by id.</param>
public sealed record DoaListPage(IReadOnlyList<DoaCategory> Categories, IReadOnlyList<(int Id, string Name)> Without);

/// <param name="ComparedWith">Null for the first version.</param>
public sealed record DoaVersionPage(DoaCategory Category, DoaConditionSet Version, DoaConditionSet? ComparedWith, IReadOnlyList<DoaDifference> Differences)
{
    public DoaVersionState State => Category.States[Version.Id];
}

/// <param name="Newer">Versions that others have added since the page was opened.</param>
/// <param name="Base">What the differences are shown against; null where there is nothing in force.</param>
/// <param name="Next">The version that takes the new one's place, if one waits already.</param>
public sealed record DoaFormPage(
    DoaCategory Category, DoaVersionForm Form, IReadOnlyList<DoaConditionSet> Newer, DoaConditionSet? Base, IReadOnlyList<DoaDifference> Differences, DoaConditionSet? Next);

/// <summary>Conditions as a dealer meets them before anything is filled in.</summary>
public sealed record DoaPreview(LocalizedText? Category, int Version, DateOnly EffectiveFrom, IReadOnlyList<LocalizedText> Conditions)
{
    public static DoaPreview Of(DoaCategory category, DoaConditionSet set) => new(
        category.Name, set.Version, set.EffectiveFrom,
        [.. set.Conditions.OrderBy(c => c.Position).Select(c => new LocalizedText { Fr = c.TextFr, Nl = c.TextNl, De = c.TextDe, En = c.TextEn })]);

    public static DoaPreview Of(DoaCategory category, DoaVersionForm form) =>
        new(category.Name, category.Latest + 1, form.EffectiveFrom!.Value, [.. form.Asked.Select(row => row.ToCondition().Text)]);
}
