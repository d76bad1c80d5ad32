using DealerPortal.Core.Accounts;

namespace DealerPortal.Core.Tests.Accounts;

public class EmailAddressTests
{
    [Theory]
    [InlineData("jean@demo-electro.example", "jean@demo-electro.example")]
    [InlineData("  Jean.Exemple+sav@Demo-Electro.EXAMPLE ", "Jean.Exemple+sav@demo-electro.example")]
    [InlineData("o'neil@a.b.example", "o'neil@a.b.example")]
    [InlineData("jean@électro.example", "jean@xn--lectro-9ua.example")]
    [InlineData("jean@e\u0301lectro.example", "jean@xn--lectro-9ua.example")]
    [InlineData("x@1.example", "x@1.example")]
    public void TryParse_WhenItCanReceiveMail_GivesTheAddress(string typed, string address)
    {
        Assert.True(EmailAddress.TryParse(typed, out var parsed));
        Assert.Equal(address, parsed);
        Assert.True(EmailAddress.TryParse(parsed, out var again));
        Assert.Equal(parsed, again);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("jean")]
    [InlineData("jean@")]
    [InlineData("@demo.example")]
    [InlineData("jean@demo")]
    [InlineData("jean@@demo.example")]
    [InlineData("jean@demo.example@demo.example")]
    [InlineData("jean@demo..example")]
    [InlineData("jean@.demo.example")]
    [InlineData("jean@demo.example.")]
    [InlineData("jean@-demo.example")]
    [InlineData("jean@demo-.example")]
    [InlineData("jean@demo_electro.example")]
    [InlineData("jean@127.0.0.1")]
    [InlineData("jean@[127.0.0.1]")]
    [InlineData("jean@demo.e")]
    [InlineData(".jean@demo.example")]
    [InlineData("jean.@demo.example")]
    [InlineData("je..an@demo.example")]
    [InlineData("je an@demo.example")]
    [InlineData("\"jean\"@demo.example")]
    [InlineData("jean<x>@demo.example")]
    [InlineData("Jean <jean@demo.example>")]
    [InlineData("jéan@demo.example")]
    [InlineData("jean@demo.example\r\nBcc: x@demo.example")]
    [InlineData("je\nan@demo.example")]
    [InlineData("jean@de\0mo.example")]
    [InlineData("jean@demo.exa\ud800mple")]
    [InlineData("jean@demo.example, x@demo.example")]
    public void TryParse_WhenItIsNoAddress_Refuses(string? typed)
    {
        Assert.False(EmailAddress.TryParse(typed, out var address));
        Assert.Equal("", address);
    }

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void TryParse_LimitsTheLocalPart(int length, bool accepted) =>
        Assert.Equal(accepted, EmailAddress.TryParse(new string('a', length) + "@demo.example", out _));

    [Theory]
    [InlineData(EmailAddress.MaxLength, true)]
    [InlineData(EmailAddress.MaxLength + 1, false)]
    public void TryParse_LimitsTheWhole(int length, bool accepted)
    {
        var domain = string.Concat(Enumerable.Repeat("abcdefghi.", 30))[..(length - "jean@".Length - "x.example".Length)] + "x.example";
        var typed = "jean@" + domain;
        Assert.Equal(length, typed.Length);
        Assert.Equal(accepted, EmailAddress.TryParse(typed, out _));
    }

    [Theory]
    [InlineData(" Jean@Demo.example", "JEAN@DEMO.EXAMPLE")]
    [InlineData("jean@Électro.example", "JEAN@XN--LECTRO-9UA.EXAMPLE")]
    [InlineData("no address\ud800 ", "NO ADDRESS\ud800")]
    public void Normalise_GivesOneKeyPerAddress(string typed, string key) => Assert.Equal(key, EmailAddress.Normalise(typed));
}
