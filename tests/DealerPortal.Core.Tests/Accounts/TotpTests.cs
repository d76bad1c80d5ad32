using DealerPortal.Core.Accounts.SecondFactor;

namespace DealerPortal.Core.Tests.Accounts;

public sealed class TotpTests
{
    /// <summary>«12345678901234567890», as RFC 6238, appendix B, has it.</summary>
    private const string Key = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    [InlineData(20000000000, "353130")]
    public void CodeOf_IsAsTheStandardSays(long seconds, string code) =>
        Assert.Equal(code, Totp.CodeOf(Key, Totp.StepAt(DateTime.UnixEpoch.AddSeconds(seconds))));

    [Theory]
    [InlineData(-2, false)]
    [InlineData(-1, true)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public void Match_TakesTheNeighboursOfTheCurrentStepAndNoOthers(int off, bool isTaken)
    {
        var now = new DateTime(2026, 11, 23, 9, 0, 12, DateTimeKind.Utc);
        var step = Totp.StepAt(now) + off;

        Assert.Equal(isTaken ? step : null, Totp.Match(Key, Totp.CodeOf(Key, step), now, null));
    }

    [Fact]
    public void Match_TakesNoStepAtOrBeforeTheLastOneUsed()
    {
        var now = new DateTime(2026, 11, 23, 9, 0, 12, DateTimeKind.Utc);
        var step = Totp.StepAt(now);

        Assert.Null(Totp.Match(Key, Totp.CodeOf(Key, step), now, step));
        Assert.Null(Totp.Match(Key, Totp.CodeOf(Key, step - 1), now, step));
        Assert.Equal(step + 1, Totp.Match(Key, Totp.CodeOf(Key, step + 1), now, step));
    }

    [Theory]
    [InlineData("")]
    [InlineData("28708")]
    [InlineData("2870820")]
    [InlineData("94287082")]
    public void Match_TakesNoOtherLength(string code) => Assert.Null(Totp.Match(Key, code, DateTime.UnixEpoch.AddSeconds(59), null));

    [Fact]
    public void NewKey_Is160BitsAndDifferentEachTime()
    {
        var keys = Enumerable.Range(0, 100).Select(_ => Totp.NewKey()).ToList();

        Assert.Equal(100, keys.Distinct().Count());
        Assert.All(keys, key =>
        {
            Assert.Equal(32, key.Length);
            Assert.Equal(Totp.Digits, Totp.CodeOf(key, 1).Length);
        });
    }

    [Fact]
    public void Uri_NamesTheHouseThePersonAndTheKey() => Assert.Equal(
        "otpauth://totp/D%C3%A9mo%20%26%20Co:jean%40demo.example?secret=ABC&issuer=D%C3%A9mo%20%26%20Co&digits=6&period=30",
        Totp.Uri("Démo & Co", "jean@demo.example", "ABC"));

    [Theory]
    [InlineData("7K3M-Q2XD-9TBV", "7K3MQ2XD9TBV")]
    [InlineData(" 7k3m q2xd 9tbv ", "7K3MQ2XD9TBV")]
    [InlineData("OIL0-1111-ABCD", "01101111ABCD")]
    [InlineData("123456", null)]
    [InlineData("7K3M-Q2XD-9TBVX", null)]
    [InlineData("7K3M-Q2XD-9TB!", null)]
    public void RecoveryCode_IsReadAsPeopleTypeIt(string typed, string? read) => Assert.Equal(read, RecoveryCodeSet.Read(typed));
}
