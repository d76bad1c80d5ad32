using System.Globalization;
using DealerPortal.Core.Catalogue;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Organisations;
using DealerPortal.Core.Search;
using DealerPortal.Core.Tables;

namespace DealerPortal.Core.Credits;

/// <summary>Why a row of a file is not taken.</summary>
public enum CreditFault : byte
{
    Torn = 1,
    Missing = CellFault.Missing,

    /// <inheritdoc cref="CellFault.Wrong"/>
    Wrong = CellFault.Wrong,
    TooLong = CellFault.TooLong,

    /// <summary>More than <see cref="Credit.MaxCents"/>, or a percentage outside 0 to 100.</summary>
    OutOfRange = CellFault.OutOfRange,

    /// <summary>An earlier line has the same GRMS number; the value is that line.</summary>
    Twice = 6,

    /// <summary>The credit is there, under another customer number.</summary>
    OtherCustomer = 7,

    /// <summary>The credit is issued already; the file says that it is still in process.</summary>
    IssuedBefore = 8,
}

/// <param name="Value">What stands there, shortened.</param>
public sealed record CreditRowFault(int Line, CreditField? Field, CreditFault Fault, string? Value);

/// <summary>A row of a file as it was understood: data, or what is wrong with it.</summary>
public sealed record CreditRow(int Line, CreditData? Data, IReadOnlyList<CreditRowFault> Faults);

/// <summary>Understands rows of accounts, whichever way spreadsheets of the four languages write them.</summary>
public sealed class CreditRows(CreditMapping mapping)
{
    private const int MaxKeys = 100;

    private static readonly Dictionary<string, CreditKind> _kinds = TableCell.Words(
        (CreditKind.Credit, ["credit", "crédit", "note de crédit", "credit note", "creditnota", "gutschrift"]),
        (CreditKind.Correction, ["correction", "correctie", "korrektur", "debit", "débit", "debet", "belastung", "rectification"]));

    private static readonly Dictionary<string, CreditState> _states = TableCell.Words(
        (CreditState.InProcess, ["in process", "in progress", "open", "en cours", "en traitement", "in behandeling", "lopend", "in bearbeitung", "offen"]),
        (CreditState.Issued, ["issued", "émise", "émis", "note de crédit émise", "uitgegeven", "uitgereikt", "afgeleverd", "ausgestellt", "erstellt", "closed", "clôturé"]));

    private static readonly Dictionary<string, Beneficiary> _beneficiaries = TableCell.Words(
        (Beneficiary.Shop, ["shop", "dealer", "magasin", "ce magasin", "revendeur", "winkel", "deze winkel", "geschäft", "händler", "dieses geschäft"]),
        (Beneficiary.Distributor, ["distributor", "distributeur", "notre distributeur", "verdeler", "groothandel", "grossist", "großhändler", "grossiste"]));

    /// <summary>A file says the same few words in all its rows.</summary>
    private readonly Dictionary<string, string> _keys = new(StringComparer.Ordinal);

    public CreditRow Read(TableRow row)
    {
        if (row.IsTorn)
            return new CreditRow(row.Line, null, [new(row.Line, null, CreditFault.Torn, null)]);
        var cells = new Cells(row, mapping, KeyOf);
        var data = new CreditData
        {
            GrmsNumber = cells.Code(CreditField.GrmsNumber, Number, required: true) ?? "",
            CustomerNumber = cells.Code(CreditField.CustomerNumber, Customer, required: true) ?? "",
            Kind = cells.Word(CreditField.Kind, _kinds) ?? CreditKind.Credit,
            ModelCode = cells.Code(CreditField.ModelCode, Model),
            SerialNumber = cells.Code(CreditField.SerialNumber, Serial),
            Imei = cells.Code(CreditField.Imei, Device),
            Reference = cells.Text(CreditField.Reference, Credit.ReferenceMaxLength),
            Beneficiary = cells.Word(CreditField.Beneficiary, _beneficiaries) ?? Beneficiary.Shop,
            BeneficiaryName = cells.Text(CreditField.BeneficiaryName, Credit.BeneficiaryNameMaxLength),
            InvoiceNumber = cells.Text(CreditField.InvoiceNumber, Credit.InvoiceNumberMaxLength),
            InvoiceDate = cells.Date(CreditField.InvoiceDate),
            AmountCents = cells.Cents(CreditField.Amount, required: true) ?? 0,
            ValueCents = cells.Cents(CreditField.Value),
            Depreciation = cells.Percent(CreditField.Depreciation),
            RequestedOn = cells.Date(CreditField.RequestedOn, required: true) ?? default,
            DossierNumber = cells.Code(CreditField.DossierNumber, Dossier),
            State = CreditState.InProcess,
        };
        // Where the accounts have no column for it, an invoice says that it went out.
        data = data with { State = cells.Word(CreditField.State, _states) ?? (data.InvoiceNumber is not null || data.InvoiceDate is not null ? CreditState.Issued : CreditState.InProcess) };
        return new CreditRow(row.Line, cells.Faults.Count == 0 ? data : null, cells.Faults);
    }

    private string KeyOf(string word)
    {
        if (_keys.TryGetValue(word, out var known))
            return known;
        var key = SearchTokens.Normalise(word);
        if (_keys.Count < MaxKeys)
            _keys[word] = key;
        return key;
    }

    private static string? Number(string text) => GrmsNumber.TryParse(text, out var number) ? number.Value : null;

    private static string? Customer(string text) => CustomerNumber.TryParse(text, out var number) ? number.Value : null;

    private static string? Model(string text) => ModelCode.TryParse(text, out var code) ? code.Value : null;

    private static string? Serial(string text) => SerialNumber.TryParse(text, out var serial) ? serial.Value : null;

    private static string? Device(string text) => Imei.TryParse(text, out var imei) ? imei.Value : null;

    private static string? Dossier(string text) => DossierNumber.TryParse(text, out var number) ? number : null;

    /// <summary>«1.256,50», «1 256,50 €», «1,256.50», «256,5», «-12»; null for what is none.</summary>
    internal static decimal? Amount(string text)
    {
        var kept = new System.Text.StringBuilder();
        var isNegative = false;
        foreach (var c in text)
        {
            if (char.IsAsciiDigit(c) || c is '.' or ',')
                kept.Append(c);
            else if (c is '-' or '\u2212')
                isNegative = true;
            else if (!char.IsWhiteSpace(c) && c is not ('€' or '\'' or '’' or '+' or '%'))
                return null;
        }

        var digits = kept.ToString();
        var (points, commas) = (digits.Count(c => c == '.'), digits.Count(c => c == ','));
        var last = digits.LastIndexOfAny(['.', ',']);
        // The later of two signs is the decimal one; a single one before exactly three digits parts thousands, as nobody credits tenths of cents.
        var isDecimal = last >= 0 && (points > 0 && commas > 0 ? digits.Count(c => c == digits[last]) == 1 : points + commas == 1 && digits.Length - last - 1 != 3);
        var whole = isDecimal ? digits[..last] : digits;
        var groups = whole.Split('.', ',');
        if (groups.Skip(1).Any(group => group.Length != 3) || (whole.Contains('.', StringComparison.Ordinal) && whole.Contains(',', StringComparison.Ordinal)))
            return null;
        var plain = string.Concat(groups) + (isDecimal ? "." + digits[(last + 1)..] : "");
        if (!decimal.TryParse(plain, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount))
            return null;
        return isNegative ? -amount : amount;
    }

    private sealed class Cells(TableRow row, CreditMapping mapping, Func<string, string> keyOf) : TableCells<CreditField>
    {
        public List<CreditRowFault> Faults { get; } = [];

        public long? Cents(CreditField field, bool required = false)
        {
            if (Number(field, required) is not { } amount)
                return null;
            var cents = Math.Round(amount * 100, MidpointRounding.AwayFromZero);
            if (Math.Abs(cents) <= Credit.MaxCents)
                return (long)cents;
            Fault(field, CellFault.OutOfRange);
            return null;
        }

        public decimal? Percent(CreditField field)
        {
            // A workbook keeps 43 % as 0.43.
            var isShare = Cell(field) is decimal and > 0 and < 1;
            if (Number(field, false) is not { } number)
                return null;
            var percent = Math.Round(isShare ? number * 100 : number, 2, MidpointRounding.AwayFromZero);
            if (percent is >= 0 and <= 100)
                return percent;
            Fault(field, CellFault.OutOfRange);
            return null;
        }

        protected override object? Cell(CreditField field) => mapping.Cell(row, field);

        protected override string KeyOf(string word) => keyOf(word);

        protected override void Fault(CreditField field, CellFault fault) => Faults.Add(new(row.Line, field, (CreditFault)fault, TableCell.Shown(Cell(field))));

        private decimal? Number(CreditField field, bool required)
        {
            if (Cell(field) is decimal number)
                return number;
            if (Given(field, required) is not { } text)
                return null;
            if (text.Length <= TableCell.ShownLength && Amount(text) is { } amount)
                return amount;
            Fault(field, CellFault.Wrong);
            return null;
        }
    }
}
