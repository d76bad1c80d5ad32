using DealerPortal.Core.Credits;
using DealerPortal.Core.Tables;

namespace DealerPortal.Core.Tests.Credits;

public sealed class CreditRowsTests
{
    private static readonly CreditMapping Mapping = new(Enum.GetValues<CreditField>().Select((field, place) => (field, place)).ToDictionary(pair => pair.field, pair => pair.place));

    [Theory]
    [InlineData("1256,50", 125650)]
    [InlineData("1.256,50", 125650)]
    [InlineData("1,256.50", 125650)]
    [InlineData("1 256,50 €", 125650)]
    [InlineData("€ 1.256,5", 125650)]
    [InlineData("1'256.50", 125650)]
    [InlineData("1.256", 125600)]
    [InlineData("1,256", 125600)]
    [InlineData("1.256.000", 125600000)]
    [InlineData("256.5", 25650)]
    [InlineData("99,999", 9999900)]
    [InlineData("0,005", 500)]
    [InlineData("-12", -1200)]
    [InlineData("12,00-", -1200)]
    [InlineData("0", 0)]
    public void Amount_IsReadHoweverASpreadsheetWritesIt(string typed, long cents) => Assert.Equal(cents, Read(amount: typed).Data!.AmountCents);

    [Theory]
    [InlineData("abc")]
    [InlineData("1,2,3.4.5")]
    [InlineData("€")]
    [InlineData("12 USD")]
    [InlineData("=1+1")]
    public void Amount_ThatIsNone_IsAFault(string typed)
    {
        var fault = Assert.Single(Read(amount: typed).Faults);
        Assert.Equal((CreditField.Amount, CreditFault.Wrong, typed), (fault.Field, fault.Fault, fault.Value));
    }

    [Theory]
    [InlineData("2026-11-12")]
    [InlineData("12/11/2026")]
    [InlineData("12.11.2026")]
    [InlineData("12-11-2026")]
    [InlineData("20261112")]
    public void Date_IsReadDayFirst(string typed) => Assert.Equal(new DateOnly(2026, 11, 12), Read(requested: typed).Data!.RequestedOn);

    [Fact]
    public void Cells_OfAWorkbook_AreNumbersAndDates()
    {
        var row = Row("4001932", "D-1", 256.5m, new DateTime(2026, 11, 12));
        row[Mapping.Columns[CreditField.Depreciation]] = 0.43m;

        var data = new CreditRows(Mapping).Read(new TableRow(2, row, false)).Data!;

        Assert.Equal((25650L, new DateOnly(2026, 11, 12), 43m), (data.AmountCents, data.RequestedOn, data.Depreciation));
    }

    [Fact]
    public void State_WithoutAColumn_FollowsTheInvoice()
    {
        var row = Row("4001932", "D-1", "1", "2026-11-12");
        Assert.Equal(CreditState.InProcess, new CreditRows(Mapping).Read(new TableRow(2, row, false)).Data!.State);
        row[Mapping.Columns[CreditField.InvoiceNumber]] = "F-1";
        Assert.Equal(CreditState.Issued, new CreditRows(Mapping).Read(new TableRow(2, row, false)).Data!.State);
    }

    [Fact]
    public void Row_TellsEveryFaultAtOnce()
    {
        var row = Row(null, "?", "12000000,00", "31/02/2026");
        row[Mapping.Columns[CreditField.Beneficiary]] = "Oncle";
        row[Mapping.Columns[CreditField.Imei]] = "123";
        row[Mapping.Columns[CreditField.Reference]] = new string('x', Credit.ReferenceMaxLength + 1);
        row[Mapping.Columns[CreditField.Depreciation]] = "101";

        var faults = new CreditRows(Mapping).Read(new TableRow(7, row, false)).Faults;

        Assert.Equal(
            [
                (CreditField.GrmsNumber, CreditFault.Missing), (CreditField.CustomerNumber, CreditFault.Wrong), (CreditField.Imei, CreditFault.Wrong), (CreditField.Reference, CreditFault.TooLong),
                (CreditField.Beneficiary, CreditFault.Wrong), (CreditField.Amount, CreditFault.OutOfRange), (CreditField.Depreciation, CreditFault.OutOfRange), (CreditField.RequestedOn, CreditFault.Wrong),
            ],
            faults.OrderBy(fault => fault.Field).Select(fault => (fault.Field!.Value, fault.Fault)));
        Assert.All(faults, fault => Assert.Equal(7, fault.Line));
    }

    [Theory]
    [InlineData(25650, null, 43.0, 450)]
    [InlineData(25650, 50000L, 43.0, 500)]
    [InlineData(61200, null, 0.0, 612)]
    [InlineData(61200, null, null, null)]
    [InlineData(0, null, 100.0, null)]
    public void Expected_IsWhatTheAccountsTell_OrWhatItMustHaveBeen(long cents, long? value, double? loss, int? expected)
    {
        var credit = Read().Data! with { AmountCents = cents, ValueCents = value, Depreciation = (decimal?)loss };

        Assert.Equal((decimal?)expected, credit.ToCredit(1, Guid.Empty, default).Expected);
    }

    private static CreditRow Read(string amount = "256,50", string requested = "2026-11-12") => new CreditRows(Mapping).Read(new TableRow(2, Row("4001932", "D-104477", amount, requested), false));

    private static object?[] Row(object? grms, object? customer, object? amount, object? requested)
    {
        var cells = new object?[Mapping.Columns.Count];
        cells[Mapping.Columns[CreditField.GrmsNumber]] = grms;
        cells[Mapping.Columns[CreditField.CustomerNumber]] = customer;
        cells[Mapping.Columns[CreditField.Amount]] = amount;
        cells[Mapping.Columns[CreditField.RequestedOn]] = requested;
        return cells;
    }
}
