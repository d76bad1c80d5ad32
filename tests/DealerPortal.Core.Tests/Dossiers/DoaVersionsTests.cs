using DealerPortal.Core.Dossiers;

namespace DealerPortal.Core.Tests.Dossiers;

/// <summary>How versions of conditions stand and differ.</summary>
public sealed class DoaVersionsTests
{
    private static readonly DateOnly Today = new(2026, 11, 23);

    [Fact]
    public void States_TheLatestThatHasBegunIsInForce()
    {
        var withdrawn = Set(5, Today.AddDays(3));
        Assert.True(withdrawn.Withdraw(Today, DateTime.UnixEpoch));
        DoaConditionSet[] versions = [Set(1, Today.AddYears(-1)), Set(2, Today), Set(3, Today.AddDays(1)), Set(4, Today), withdrawn];

        var states = versions.StatesOn(Today);

        Assert.Equal(
            [DoaVersionState.Past, DoaVersionState.Past, DoaVersionState.Coming, DoaVersionState.InForce, DoaVersionState.Withdrawn],
            versions.Select(v => states[v.Id]));
    }

    [Fact]
    public void Withdraw_IsForVersionsWhoseDayHasNotCome()
    {
        Assert.False(Set(1, Today).Withdraw(Today, DateTime.UnixEpoch));
        var coming = Set(2, Today.AddDays(1));
        Assert.True(coming.Withdraw(Today, DateTime.UnixEpoch));
        Assert.False(coming.Withdraw(Today, DateTime.UnixEpoch));
    }

    [Fact]
    public void Differences_TellWhatIsNewGoneLongerWordedOtherwiseAndMoved()
    {
        DoaCondition[] before = [New(1, DoaConditionKind.PurchasedWithin, "30 jours", 30), New(2, DoaConditionKind.Undamaged, "Sans dégât"), New(3, DoaConditionKind.Complete, "Complet")];
        DoaCondition[] after = [New(1, DoaConditionKind.Undamaged, "Intact"), New(2, DoaConditionKind.PurchasedWithin, "30 jours", 14), New(3, DoaConditionKind.SerialPlate, "Plaque")];

        var differences = after.DifferencesFrom(before);

        Assert.Equal(
            [
                new(DoaDifferenceKind.Text, DoaConditionKind.Undamaged, "Sans dégât", "Intact", "fr"),
                new(DoaDifferenceKind.Days, DoaConditionKind.PurchasedWithin, "30", "14"),
                new(DoaDifferenceKind.Added, DoaConditionKind.SerialPlate),
                new(DoaDifferenceKind.Removed, DoaConditionKind.Complete),
                new(DoaDifferenceKind.Order, null),
            ],
            differences);
        Assert.Empty(before.DifferencesFrom(before));
    }

    private static DoaConditionSet Set(int version, DateOnly from) => new() { Id = version, Version = version, EffectiveFrom = from };

    private static DoaCondition New(int position, DoaConditionKind kind, string fr, int? days = null) =>
        new() { Position = position, Kind = kind, MaxDays = days, TextFr = fr, TextNl = "nl", TextDe = "de", TextEn = "en" };
}
