using DealerPortal.Core.Tables;

namespace DealerPortal.Core.OldPortal;

/// <summary>What a column of a file can mean.</summary>
public enum PortalField : byte
{
    Name = 1,
    VatNumber = 2,
    CustomerNumber = 3,
    Street = 4,
    PostalCode = 5,
    Town = 6,
    Country = 7,
    Phone = 8,
    Organisation = 9,
    Email = 10,
    FirstName = 11,
    LastName = 12,
    Role = 13,
    Language = 14,
    EarlierNumber = 15,
    Type = 16,
    FiledOn = 17,
    Status = 18,
    ModelCode = 19,
    SerialNumber = 20,
    Imei = 21,
    Reference = 22,
    Subject = 23,
    Description = 24,
    Reason = 25,
    BranchPostalCode = 26,
    OwnerEmail = 27,
    EndUserName = 28,
    EndUserStreet = 29,
    EndUserPostalCode = 30,
    EndUserTown = 31,
    EndUserPhone = 32,
    EndUserEmail = 33,
    GrmsNumber = 34,
    PurchaseDate = 35,
    IsDoa = 36,
    IsDamaged = 37,
    IsComplete = 38,
    ReadyFrom = 39,
    DeliveryDate = 40,
    ContactName = 41,
    ContactPhone = 42,
}

/// <summary>A column that a kind of file can have.</summary>
/// <param name="Words">Names under which it is known; without case, accents and signs.</param>
public sealed record PortalColumn(PortalField Field, bool IsRequired, IReadOnlyList<string> Words)
{
    internal static PortalColumn Required(PortalField field, params string[] words) => new(field, true, words);

    internal static PortalColumn Optional(PortalField field, params string[] words) => new(field, false, words);
}

/// <summary>Which column of a file means what: by its name, of two that mean the same the first.</summary>
public sealed class PortalColumns
{
    private const int NameMaxLength = 100;

    private readonly Dictionary<PortalField, int> _places = [];

    public PortalColumns(IReadOnlyList<PortalColumn> columns, IReadOnlyList<string?> headers)
    {
        var words = columns.SelectMany(column => column.Words.Select(word => (Key: TableCell.KeyOf(word, NameMaxLength), column.Field)))
            .DistinctBy(pair => pair.Key).ToDictionary(pair => pair.Key, pair => pair.Field);
        List<string> unknown = [];
        for (var place = 0; place < headers.Count; place++)
        {
            var isKnown = words.TryGetValue(TableCell.KeyOf(headers[place], NameMaxLength), out var field) && _places.TryAdd(field, place);
            if (!isKnown && headers[place] is { } name)
                unknown.Add(name);
        }

        Unknown = unknown;
        Missing = [.. columns.Where(column => column.IsRequired && !_places.ContainsKey(column.Field)).Select(column => column.Field)];
        Fields = [.. columns.Select(column => column.Field).Where(_places.ContainsKey)];
    }

    /// <summary>Names of columns that are left alone.</summary>
    public IReadOnlyList<string> Unknown { get; }

    /// <summary>What has no column and cannot do without.</summary>
    public IReadOnlyList<PortalField> Missing { get; }

    /// <summary>What the file says, in the order in which its kind is read.</summary>
    public IReadOnlyList<PortalField> Fields { get; }

    public object? Cell(TableRow row, PortalField field) => _places.TryGetValue(field, out var place) && place < row.Cells.Count ? row.Cells[place] : null;
}
