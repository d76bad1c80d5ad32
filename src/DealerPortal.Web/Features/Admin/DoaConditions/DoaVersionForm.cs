using System.Globalization;
using DealerPortal.Core;
using DealerPortal.Core.Dossiers;
using DealerPortal.Web.Features.Dossiers.New.Fields;

namespace DealerPortal.Web.Features.Admin.DoaConditions;

/// <summary>A new version of a category's conditions, as typed: every kind that there is, ticked or not.</summary>
public sealed class DoaVersionForm
{
    public const string Preview = "preview";
    public const string Edit = "edit";
    public const string Save = "save";

    /// <summary>The category's id; empty for the general conditions.</summary>
    public string? Category { get; set; }

    /// <summary>The newest version that was there when the page was opened.</summary>
    public string? Latest { get; set; }

    public string? From { get; set; }
    public List<DoaConditionRow>? Rows { get; set; }

    /// <summary>One of the three above; anything else is <see cref="Preview"/>.</summary>
    public string? Then { get; set; }

    public DateOnly? EffectiveFrom => TypedDate.OrNull(From);

    /// <summary>What is asked, in the order that was typed.</summary>
    public IEnumerable<DoaConditionRow> Asked => (Rows ?? []).Where(row => row.IsAsked).OrderBy(row => row.Place);

    public static DoaVersionForm Of(IEnumerable<DoaCondition> conditions, int? category, int latest) => new DoaVersionForm
    {
        Category = category?.ToString(CultureInfo.InvariantCulture),
        Latest = latest.ToString(CultureInfo.InvariantCulture),
        Rows = [.. conditions.OrderBy(c => c.Position).Select(DoaConditionRow.Of)],
    }.WithEveryKind();

    /// <summary>Each kind once, those that were posted first.</summary>
    public DoaVersionForm WithEveryKind()
    {
        var posted = (Rows ?? []).Where(row => row.Condition is not null).DistinctBy(row => row.Condition).ToList();
        var missing = Enum.GetValues<DoaConditionKind>().Except(posted.Select(row => row.Condition!.Value)).ToList();
        Rows = [.. posted, .. missing.Select((kind, i) => new DoaConditionRow { Kind = kind.ToString(), Order = (posted.Count + i + 1).ToString(CultureInfo.InvariantCulture) })];
        return this;
    }

    /// <summary>Once it is valid.</summary>
    public NewDoaVersion ToVersion(int? categoryId, int actorId) => new(
        categoryId, EffectiveFrom!.Value, int.TryParse(Latest, NumberStyles.None, CultureInfo.InvariantCulture, out var latest) ? latest : 0, [.. Asked.Select(row => row.ToCondition())], actorId);
}

/// <summary>One kind of condition, as typed.</summary>
public sealed class DoaConditionRow
{
    public string? Kind { get; set; }

    /// <summary><c>true</c> where the version asks it.</summary>
    public string? Asked { get; set; }
    public string? Order { get; set; }
    public string? MaxDays { get; set; }
    public string? Fr { get; set; }
    public string? Nl { get; set; }
    public string? De { get; set; }
    public string? En { get; set; }

    public DoaConditionKind? Condition => Enum.GetValues<DoaConditionKind>().Where(kind => kind.ToString() == Kind).Select(kind => (DoaConditionKind?)kind).FirstOrDefault();
    public bool IsAsked => Asked == "true";
    public bool HasDays => Condition == DoaConditionKind.PurchasedWithin;
    public int? Days => HasDays && int.TryParse(MaxDays?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var days) ? days : null;
    public int Place => int.TryParse(Order?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var place) ? place : int.MaxValue;

    public static DoaConditionRow Of(DoaCondition condition) => new()
    {
        Kind = condition.Kind.ToString(),
        Asked = "true",
        Order = condition.Position.ToString(CultureInfo.InvariantCulture),
        MaxDays = condition.MaxDays?.ToString(CultureInfo.InvariantCulture),
        Fr = condition.TextFr,
        Nl = condition.TextNl,
        De = condition.TextDe,
        En = condition.TextEn,
    };

    public NewDoaCondition ToCondition() => new(Condition!.Value, Days, new LocalizedText
    {
        Fr = TypedText.SingleLine(Fr),
        Nl = TypedText.SingleLine(Nl),
        De = TypedText.SingleLine(De),
        En = TypedText.SingleLine(En),
    });
}
