using DealerPortal.Core.Organisations;

namespace DealerPortal.Core.Tests.Organisations;

public class PhoneNumberTests
{
    [Theory]
    [InlineData("081 00 00 10", "+3281000010")]
    [InlineData("081/00.00.10", "+3281000010")]
    [InlineData("+32 81 00 00 10", "+3281000010")]
    [InlineData("0032 81 00 00 10", "+3281000010")]
    [InlineData("+32 (0)81 00 00 10", "+3281000010")]
    [InlineData("0032 (0) 81 00 00 10", "+3281000010")]
    [InlineData("0470 00 00 10", "+32470000010")]
    [InlineData("+32 4 000 00 10", "+3240000010")]
    [InlineData("\u202A+32\u00A04\u00A0000\u00A000\u00A010\u202C", "+3240000010")]
    [InlineData("+352 26 00 00 10", "+35226000010")]
    [InlineData("00352 621 000 010", "+352621000010")]
    [InlineData("+31 20 000 0010", "+31200000010")]
    public void TryParse_WhenItIsACompleteNumber_GivesE164(string typed, string e164)
    {
        Assert.True(PhoneNumber.TryParse(typed, out var parsed));
        Assert.Equal(e164, parsed);
        Assert.True(PhoneNumber.TryParse(PhoneNumber.Display(parsed), out var again));
        Assert.Equal(e164, again);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("12")]
    [InlineData("081 00 00")]
    [InlineData("+32 81 00")]
    [InlineData("+32 81 00 00 10 00 00 00 00")]
    [InlineData("+999 81 00 00 10")]
    [InlineData("0800 DEALER")]
    [InlineData("081 00 00 10 ext. 5")]
    [InlineData("081 00 00 10, 081 00 00 11")]
    [InlineData("+")]
    [InlineData("()")]
    [InlineData("081 00 00 10\0")]
    public void TryParse_WhenItIsNoCompleteNumber_Refuses(string? typed)
    {
        Assert.False(PhoneNumber.TryParse(typed, out var e164));
        Assert.Equal("", e164);
    }

    [Theory]
    [InlineData("+3281000010", "+32 81 00 00 10")]
    [InlineData("+32470000010", "+32 470 00 00 10")]
    [InlineData("", "")]
    [InlineData("ask for Jean", "ask for Jean")]
    public void Display_WritesInternationally_AndLeavesOtherTextAlone(string stored, string shown) => Assert.Equal(shown, PhoneNumber.Display(stored));
}
