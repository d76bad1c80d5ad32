using DealerPortal.Core.Accounts;
using DealerPortal.Core.Organisations;
using DealerPortal.Core.Tables;

namespace DealerPortal.Core.OldPortal;

/// <summary>What is to be said about a row: why it is not taken, or what is to be looked at afterwards.</summary>
public enum PortalFault : byte
{
    /// <summary>Its quotes do not match.</summary>
    Torn = 1,
    Missing = CellFault.Missing,

    /// <inheritdoc cref="CellFault.Wrong"/>
    Wrong = CellFault.Wrong,
    TooLong = CellFault.TooLong,

    /// <summary>A year that no dossier can be of.</summary>
    OutOfRange = CellFault.OutOfRange,

    /// <summary>An earlier line says the same; the value is that line.</summary>
    Twice = 6,

    /// <summary>Another organisation has this customer number.</summary>
    NumberTaken = 7,

    /// <summary>The organisation is out of use, or went into another.</summary>
    OutOfUse = 8,

    /// <summary>No organisation in use has this VAT number or customer number.</summary>
    UnknownOrganisation = 9,

    /// <summary>The address belongs to a member of the staff, who is no dealer.</summary>
    OfStaff = 10,

    /// <summary>The person asked to join; that is to be approved.</summary>
    HasAsked = 11,

    /// <summary>The person's place was refused or taken away.</summary>
    WasMember = 12,

    /// <summary>The dossier is closed; only open ones are taken over.</summary>
    Closed = 13,

    /// <summary>The organisation has no open branch there.</summary>
    UnknownBranch = 14,

    /// <summary>A warning: the organisation has another customer number, which it keeps.</summary>
    NumberKept = 100,

    /// <summary>A warning: the first person of an organisation that nobody administers is to be no administrator either.</summary>
    NoAdministrator = 101,

    /// <summary>A warning: the dossier's owner is neither a member nor invited.</summary>
    OwnerUnknown = 102,
}

/// <param name="Value">What stands there, shortened.</param>
public sealed record PortalRowFault(int Line, PortalField? Field, PortalFault Fault, string? Value)
{
    /// <summary>From here on a row goes in all the same.</summary>
    internal const PortalFault FirstWarning = (PortalFault)100;
}

/// <summary>What becomes of a row.</summary>
public enum RowEffect : byte
{
    /// <summary>It is not taken.</summary>
    Faulty = 0,
    New = 1,

    /// <summary>It completes what is there.</summary>
    Changed = 2,

    /// <summary>All it says is there.</summary>
    Unchanged = 3,
}

/// <summary>A row as it was understood and what it would do.</summary>
/// <param name="BeginsOrganisation">Whether it is the first row of an organisation that is not there yet.</param>
public record PortalRow(int Line, RowEffect Effect, IReadOnlyList<PortalRowFault> Faults, bool BeginsOrganisation = false)
{
    /// <summary>What it says of each field, as it will be.</summary>
    public required IReadOnlyDictionary<PortalField, string?> Values { get; init; }

    internal static PortalRow Faulty(int line, IReadOnlyList<PortalRowFault> faults) => new(line, RowEffect.Faulty, faults) { Values = new Dictionary<PortalField, string?>() };
}

/// <summary>The cells of a row of an old portal's file.</summary>
internal sealed class PortalCells(TableRow row, PortalColumns columns) : TableCells<PortalField>
{
    private const int PostalCodeDigits = 4;

    public List<PortalRowFault> Faults { get; } = [];

    public int Line => row.Line;

    /// <summary>Four digits, with or without the country before them.</summary>
    public string? PostalCode(PortalField field, bool required = false) => Code(field, PostalCodeOf, required);

    public string? Email(PortalField field, bool required = false) => Code(field, text => EmailAddress.TryParse(text, out var address) ? address : null, required);

    /// <summary>As E.164.</summary>
    public string? Phone(PortalField field, bool required = false) => Code(field, text => PhoneNumber.TryParse(text, out var number) ? number : null, required);

    /// <summary>Every column as it stands.</summary>
    public Dictionary<PortalField, string?> Shown() => columns.Fields.ToDictionary(field => field, field => TableCell.Shown(Cell(field)));

    /// <summary>Says more about a cell than that it cannot be read.</summary>
    public void Add(PortalField? field, PortalFault fault) => Faults.Add(new(row.Line, field, fault, field is { } given ? TableCell.Shown(Cell(given)) : null));

    public void Twice(PortalField field, int earlier) => Faults.Add(new(row.Line, field, PortalFault.Twice, FormattableString.Invariant($"{earlier}")));

    protected override object? Cell(PortalField field) => columns.Cell(row, field);

    protected override void Fault(PortalField field, CellFault fault) => Add(field, (PortalFault)fault);

    private static string? PostalCodeOf(string text)
    {
        var digits = text.ToUpperInvariant() is ['B' or 'L', '-', .. var rest] ? rest : text;
        return digits.Length == PostalCodeDigits && digits.All(char.IsAsciiDigit) ? digits : null;
    }
}
