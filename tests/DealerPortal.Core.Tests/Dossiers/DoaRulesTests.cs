using DealerPortal.Core.Dossiers;

namespace DealerPortal.Core.Tests.Dossiers;

public sealed class DoaRulesTests
{
    private static readonly DateOnly Today = new(2026, 3, 15);
    private static readonly DoaFacts Nothing = new(Today, null, null, null, null, HasProof: false, HasSerialPlate: false, HasFaultPhoto: false);
    private static readonly DoaFacts Perfect = new(Today, true, Today, false, true, HasProof: true, HasSerialPlate: true, HasFaultPhoto: true);

    [Theory]
    [InlineData(0, DoaOutcome.Met)]
    [InlineData(14, DoaOutcome.Met)]
    [InlineData(15, DoaOutcome.NotMet)]
    [InlineData(400, DoaOutcome.NotMet)]
    public void PurchasedWithin_CountsWholeDays(int daysAgo, DoaOutcome expected)
    {
        var finding = Judge(DoaConditionKind.PurchasedWithin, Perfect with { PurchaseDate = Today.AddDays(-daysAgo) });

        Assert.Equal((expected, daysAgo), (finding.Outcome, finding.Days));
    }

    [Fact]
    public void PurchasedWithin_OnADateToCome_IsOpen() =>
        Assert.Equal(DoaOutcome.Open, Judge(DoaConditionKind.PurchasedWithin, Perfect with { PurchaseDate = Today.AddDays(1) }).Outcome);

    [Theory]
    [InlineData(DoaConditionKind.Sold, DoaOutcome.Met)]
    [InlineData(DoaConditionKind.NotSold, DoaOutcome.NotMet)]
    [InlineData(DoaConditionKind.ProofOfPurchase, DoaOutcome.Met)]
    [InlineData(DoaConditionKind.SerialPlate, DoaOutcome.Met)]
    [InlineData(DoaConditionKind.FaultPhoto, DoaOutcome.Met)]
    [InlineData(DoaConditionKind.Undamaged, DoaOutcome.Met)]
    [InlineData(DoaConditionKind.Complete, DoaOutcome.Met)]
    public void Judge_OfASoldDeviceWithEverything(DoaConditionKind kind, DoaOutcome expected) => Assert.Equal(expected, Judge(kind, Perfect).Outcome);

    [Theory]
    [InlineData(DoaConditionKind.PurchasedWithin, DoaOutcome.NotApplicable)]
    [InlineData(DoaConditionKind.Sold, DoaOutcome.NotMet)]
    [InlineData(DoaConditionKind.NotSold, DoaOutcome.Met)]
    [InlineData(DoaConditionKind.ProofOfPurchase, DoaOutcome.NotApplicable)]
    [InlineData(DoaConditionKind.SerialPlate, DoaOutcome.Met)]
    public void Judge_OfADeviceThatWasNeverSold(DoaConditionKind kind, DoaOutcome expected) =>
        Assert.Equal(expected, Judge(kind, Perfect with { Sold = false, PurchaseDate = null, HasProof = false }).Outcome);

    [Theory]
    [InlineData(DoaConditionKind.ProofOfPurchase)]
    [InlineData(DoaConditionKind.SerialPlate)]
    [InlineData(DoaConditionKind.FaultPhoto)]
    public void Judge_WithoutTheFile_MissesTheProof(DoaConditionKind kind) =>
        Assert.Equal(DoaOutcome.ProofMissing, Judge(kind, Perfect with { HasProof = false, HasSerialPlate = false, HasFaultPhoto = false }).Outcome);

    [Theory]
    [InlineData(DoaConditionKind.Undamaged)]
    [InlineData(DoaConditionKind.Complete)]
    public void Judge_WhenTheDealerDeclaresOtherwise_IsNotMet(DoaConditionKind kind) =>
        Assert.Equal(DoaOutcome.NotMet, Judge(kind, Perfect with { IsDamaged = true, IsComplete = false }).Outcome);

    [Fact]
    public void Judge_BeforeAnyAnswer_JudgesNoAnswer() => Assert.All(
        Enum.GetValues<DoaConditionKind>(),
        kind => Assert.Contains(Judge(kind, Nothing).Outcome, (DoaOutcome[])[DoaOutcome.Open, DoaOutcome.ProofMissing]));

    [Fact]
    public void Judge_KeepsTheOrderOfTheConditions()
    {
        var set = new DoaConditionSet { Version = 1, EffectiveFrom = Today, Conditions = [New(2, DoaConditionKind.Complete), New(1, DoaConditionKind.Undamaged)] };

        Assert.Equal([1, 2], set.Judge(Perfect).Select(finding => finding.Condition.Position));
    }

    private static DoaFinding Judge(DoaConditionKind kind, DoaFacts facts) =>
        Assert.Single(new DoaConditionSet { Version = 1, EffectiveFrom = Today, Conditions = [New(1, kind)] }.Judge(facts));

    private static DoaCondition New(int position, DoaConditionKind kind) => new()
    {
        Position = position,
        Kind = kind,
        MaxDays = 14,
        TextFr = "fr",
        TextNl = "nl",
        TextDe = "de",
        TextEn = "en",
    };
}
