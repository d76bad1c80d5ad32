using System.Text;
using DealerPortal.Core.Catalogue;

namespace DealerPortal.Core.Tests.Catalogue;

/// <summary>Files as spreadsheets save them, and what their rows mean against a catalogue.</summary>
public sealed class CatalogueFileTests
{
    private const string Header = "code;category;name_fr;name_nl;name_de;name_en;service_offer;lead_time_days;active";

    private static readonly ProductCategory Dryers = new()
    {
        Id = 7,
        Code = "dryer",
        Group = ProductGroup.WhiteGoods,
        Name = Names("Sèche-linge"),
        DefaultServiceOffer = ServiceOffer.InHome,
        DefaultLeadTimeDays = 4,
    };

    private static readonly ProductModel Known = new()
    {
        Id = 1,
        Code = "SL80K60/BE",
        Key = "SL80K60",
        CategoryId = 7,
        Name = Names("Sèche-linge 8 kg"),
        ServiceOffer = ServiceOffer.PickUp,
        LeadTimeDays = 3,
    };

    [Theory]
    [InlineData(';', "utf-8", false)]
    [InlineData(';', "utf-8", true)]
    [InlineData(',', "utf-8", false)]
    [InlineData(';', "windows-1252", false)]
    [InlineData(',', "windows-1252", false)]
    public void Read_TakesBothSeparatorsAndBothEncodings(char separator, string encoding, bool mark)
    {
        var text = "Code;NAME_FR;unknown\r\n sl80k60 ;\"Sèche-linge ; œil \"\"A\"\"\";x\r\n\r\n;;\r\nLW1;Été €\r\n".Replace("linge ;", "linge @", StringComparison.Ordinal)
            .Replace(';', separator).Replace("linge @", "linge ;", StringComparison.Ordinal);
        var bytes = (encoding == "utf-8" ? new UTF8Encoding(mark) : CodePagesEncodingProvider.Instance.GetEncoding(1252)!) is var chosen && mark
            ? [.. chosen.GetPreamble(), .. chosen.GetBytes(text)] : chosen.GetBytes(text);

        var file = CatalogueFile.Read(bytes);

        Assert.Equal(CatalogueFileFault.None, file.Fault);
        Assert.Equal([(2, "sl80k60", "Sèche-linge ; œil \"A\""), (5, "LW1", "Été €")], file.Rows.Select(row => (row.Line, row.Code, row.Fr)));
        Assert.Equal(["unknown"], file.Ignored);
    }

    [Theory]
    [InlineData("", CatalogueFileFault.Empty)]
    [InlineData("code;name_fr\r\n", CatalogueFileFault.Empty)]
    [InlineData("code;name_fr\r\n;\r\n", CatalogueFileFault.Empty)]
    [InlineData("model;name_fr\r\nLW1;x\r\n", CatalogueFileFault.NoCodes)]
    [InlineData("code;name_fr;Code\r\nLW1;x;LW2\r\n", CatalogueFileFault.ColumnTwice)]
    [InlineData("PK\u0003\u0004 workbook", CatalogueFileFault.NoText)]
    [InlineData("code\0\r\nLW1\r\n", CatalogueFileFault.NoText)]
    public void Read_WhatIsNoCatalogue_SaysWhy(string text, CatalogueFileFault fault) => Assert.Equal(fault, CatalogueFile.Read(Encoding.UTF8.GetBytes(text)).Fault);

    [Fact]
    public void Read_ToTheLastRowThatIsAllowed()
    {
        var rows = string.Join("\n", Enumerable.Range(0, CatalogueFile.MaxRows).Select(i => $"LW{i}"));

        Assert.Equal(CatalogueFile.MaxRows, CatalogueFile.Read(Encoding.UTF8.GetBytes("code\n" + rows)).Rows.Count);
        Assert.Equal(CatalogueFileFault.TooManyRows, CatalogueFile.Read(Encoding.UTF8.GetBytes("code\nLX1\n" + rows)).Fault);
    }

    [Fact]
    public void Read_AQuoteThatDoesNotClose_SpoilsItsLineAlone()
    {
        var lines = Compare($"{Header}\nLW1;dryer;\"A;B;C;D;;;\nLW2;dryer;A;B;C;D;;;\n");

        Assert.Equal([CatalogueLineState.Error, CatalogueLineState.New], lines.Select(line => line.State));
        Assert.Contains(lines[0].Errors, error => error is { Line: 2, Fault: CatalogueFault.Torn });
    }

    [Fact]
    public void Compare_ANewModel_TakesItsCategorysDefaults()
    {
        var line = Assert.Single(Compare($"{Header}\nlw 90 t554/be;DRYER;A;B;C;D;;;\n"));

        Assert.Equal((CatalogueLineState.New, "LW90T554/BE", ServiceOffer.InHome, 4, true), (line.State, line.Code, line.Data!.ServiceOffer, line.Data.LeadTimeDays, line.Data.IsActive));
    }

    [Fact]
    public void Compare_AKnownModel_SaysWhatChanges_AndLeavesWhatIsEmpty()
    {
        var line = Assert.Single(Compare("code;name_de;service_offer;lead_time_days;active\nSL80K60/FR;Trockner;in-home;0;no\n"));

        Assert.Equal(
            [new("code", "SL80K60/BE", "SL80K60/FR"), new("name_de", "Sèche-linge 8 kg", "Trockner"), new("service_offer", "PickUp", "InHome"), new("lead_time_days", "3", "0"), new("active", "yes", "no")],
            line.Changes);
        Assert.Equal("Sèche-linge 8 kg", line.Data!.Name.Fr);
        Assert.Equal(CatalogueLineState.Unchanged, Assert.Single(Compare($"{Header}\nsl80k60/be;dryer;Sèche-linge 8 kg;Sèche-linge 8 kg;;;PickUp;3;yes\n")).State);
    }

    [Theory]
    [InlineData(";dryer;A;B;C;D;;;", "code", CatalogueFault.CodeMissing)]
    [InlineData("L!;dryer;A;B;C;D;;;", "code", CatalogueFault.CodeWrong)]
    [InlineData("LW1;;A;B;C;D;;;", "category", CatalogueFault.CategoryMissing)]
    [InlineData("LW1;oven;A;B;C;D;;;", "category", CatalogueFault.CategoryUnknown)]
    [InlineData("LW1;dryer;A;B;;D;;;", "name_de", CatalogueFault.NameMissing)]
    [InlineData("LW1;dryer;A;B;C;D;Courier;;", "service_offer", CatalogueFault.OfferUnknown)]
    [InlineData("LW1;dryer;A;B;C;D;1;;", "service_offer", CatalogueFault.OfferUnknown)]
    [InlineData("LW1;dryer;A;B;C;D;;61;", "lead_time_days", CatalogueFault.LeadTimeWrong)]
    [InlineData("LW1;dryer;A;B;C;D;;-1;", "lead_time_days", CatalogueFault.LeadTimeWrong)]
    [InlineData("LW1;dryer;A;B;C;D;;;perhaps", "active", CatalogueFault.ActiveWrong)]
    [InlineData("SL80K60;;;;;;;x;", "lead_time_days", CatalogueFault.LeadTimeWrong)]
    public void Compare_WhatIsWrong_IsSaidWithItsLineAndColumn(string row, string column, CatalogueFault fault)
    {
        var line = Assert.Single(Compare($"{Header}\n{row}\n"));

        var error = Assert.Single(line.Errors);
        Assert.Equal((2, column, fault, CatalogueLineState.Error), (error.Line, error.Column, error.Fault, line.State));
    }

    [Fact]
    public void Compare_ANameThatIsTooLong_AndAModelThatComesTwice()
    {
        var lines = Compare($"{Header}\nLW1;dryer;{new string('a', LocalizedText.MaxLength + 1)};B;C;D;;;\nLW2;dryer;A;B;C;D;;;\nlw2/nl;dryer;A;B;C;D;;;\n");

        Assert.Equal(CatalogueFault.NameTooLong, Assert.Single(lines[0].Errors).Fault);
        Assert.Equal((CatalogueFault.CodeTwice, "3"), (Assert.Single(lines[2].Errors).Fault, lines[2].Errors[0].Value));
    }

    private static IReadOnlyList<CatalogueLine> Compare(string text) =>
        new CatalogueComparison(CatalogueFile.Read(Encoding.UTF8.GetBytes(text)).Rows, [Known], [Dryers]).Lines;

    private static LocalizedText Names(string name) => new() { Fr = name, Nl = name, De = name, En = name };
}
