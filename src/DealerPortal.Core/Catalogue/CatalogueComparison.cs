using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace DealerPortal.Core.Catalogue;

public enum CatalogueLineState
{
    New,
    Changed,
    Unchanged,
    Error,
}

public enum CatalogueFault
{
    Torn,
    CodeMissing,
    CodeWrong,

    /// <summary>An earlier line names the same model; the value is that line.</summary>
    CodeTwice,
    CategoryMissing,
    CategoryUnknown,
    NameMissing,
    NameTooLong,
    OfferUnknown,
    LeadTimeWrong,
    ActiveWrong,
}

/// <param name="Column">One of <see cref="CatalogueFile.Columns"/>.</param>
/// <param name="Value">What stands there.</param>
public sealed record CatalogueError(int Line, string Column, CatalogueFault Fault, string? Value);

/// <param name="Column">One of <see cref="CatalogueFile.Columns"/>.</param>
public sealed record CatalogueChange(string Column, string Before, string After);

/// <summary>What a model is to be.</summary>
public sealed record ModelData(ModelCode Code, int CategoryId, LocalizedText Name, ServiceOffer ServiceOffer, int LeadTimeDays, bool IsActive = true);

/// <summary>A line of a file against the catalogue as it is now.</summary>
/// <param name="Data">Null where there are errors.</param>
/// <param name="Existing">The model it names; null for a new one.</param>
public sealed record CatalogueLine(
    int Line, string Code, CatalogueLineState State, ModelData? Data, ProductModel? Existing, IReadOnlyList<CatalogueChange> Changes, IReadOnlyList<CatalogueError> Errors);

/// <summary>Judges the rows of a file, one by one: a cell that is empty leaves a model as it is, and gives a new one its category's default.</summary>
public sealed class CatalogueComparison
{
    private readonly Dictionary<string, ProductModel> _models;
    private readonly Dictionary<string, ProductCategory> _categories;
    private readonly Dictionary<int, ProductCategory> _categoriesById;
    private readonly Dictionary<string, int> _seen = [];

    /// <param name="models">At least those that the rows name.</param>
    public CatalogueComparison(IEnumerable<CatalogueRow> rows, IEnumerable<ProductModel> models, IReadOnlyCollection<ProductCategory> categories)
    {
        _models = models.ToDictionary(model => model.Key, StringComparer.Ordinal);
        _categories = categories.ToDictionary(category => category.Code, StringComparer.OrdinalIgnoreCase);
        _categoriesById = categories.ToDictionary(category => category.Id);
        Lines = [.. rows.Select(Judge)];
    }

    public IReadOnlyList<CatalogueLine> Lines { get; }

    /// <summary>Those that are to be written, in the order of the file.</summary>
    public IReadOnlyList<CatalogueLine> ToWrite => [.. Lines.Where(line => line.State is CatalogueLineState.New or CatalogueLineState.Changed)];

    public int Count(CatalogueLineState state) => Lines.Count(line => line.State == state);

    /// <summary>Changes with every model that the file names and every category: who confirms confirms what they saw.</summary>
    public string Fingerprint() => FingerprintOf(Lines);

    /// <summary>The same for the good lines behind one: what is left of an import that has begun.</summary>
    public string FingerprintAfter(int lastWritten) => FingerprintOf(Lines.Where(line => line.Line > lastWritten && line.State != CatalogueLineState.Error));

    private string FingerprintOf(IEnumerable<CatalogueLine> lines)
    {
        var text = new StringBuilder();
        var added = 0;
        foreach (var line in lines)
        {
            if (line.Existing is { } existing)
                text.Append(CultureInfo.InvariantCulture, $"{existing.Id}:{existing.Stamp:N};");
            if (line.State == CatalogueLineState.New)
                added++;
        }

        text.Append(CultureInfo.InvariantCulture, $"{added};");
        foreach (var category in _categoriesById.Values.OrderBy(category => category.Id))
            text.Append(CultureInfo.InvariantCulture, $"{category.Id}:{category.Stamp:N};");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private CatalogueLine Judge(CatalogueRow row)
    {
        var errors = new List<CatalogueError>();
        void Wrong(int column, CatalogueFault fault, string? value) => errors.Add(new CatalogueError(row.Line, CatalogueFile.Columns[column], fault, value));

        if (row.IsTorn)
            Wrong(0, CatalogueFault.Torn, row.Code);
        if (row.Code is null)
            Wrong(0, CatalogueFault.CodeMissing, null);
        else if (!ModelCode.TryParse(row.Code, out _))
            Wrong(0, CatalogueFault.CodeWrong, row.Code);
        if (!ModelCode.TryParse(row.Code, out var code))
            return new CatalogueLine(row.Line, row.Code ?? "", CatalogueLineState.Error, null, null, [], errors);
        if (!_seen.TryAdd(code.Key, row.Line))
            Wrong(0, CatalogueFault.CodeTwice, _seen[code.Key].ToString(CultureInfo.InvariantCulture));

        var existing = _models.GetValueOrDefault(code.Key);
        var category = row.Category is { } named ? _categories.GetValueOrDefault(named) : existing is null ? null : _categoriesById[existing.CategoryId];
        if (category is null)
            Wrong(1, row.Category is null ? CatalogueFault.CategoryMissing : CatalogueFault.CategoryUnknown, row.Category);
        string?[] names = [row.Fr ?? existing?.Name.Fr, row.Nl ?? existing?.Name.Nl, row.De ?? existing?.Name.De, row.En ?? existing?.Name.En];
        for (var i = 0; i < names.Length; i++)
        {
            if (names[i] is not { } name)
                Wrong(i + 2, CatalogueFault.NameMissing, null);
            else if (name.Length > LocalizedText.MaxLength)
                Wrong(i + 2, CatalogueFault.NameTooLong, name);
        }

        var offer = row.ServiceOffer is null ? existing?.ServiceOffer ?? category?.DefaultServiceOffer : OfferOf(row.ServiceOffer);
        if (row.ServiceOffer is not null && offer is null)
            Wrong(6, CatalogueFault.OfferUnknown, row.ServiceOffer);
        var days = row.LeadTime is null ? existing?.LeadTimeDays ?? category?.DefaultLeadTimeDays : DaysOf(row.LeadTime);
        if (row.LeadTime is not null && days is null)
            Wrong(7, CatalogueFault.LeadTimeWrong, row.LeadTime);
        var isActive = row.Active is null ? existing?.DiscontinuedAt is null : YesOrNo(row.Active);
        if (isActive is null)
            Wrong(8, CatalogueFault.ActiveWrong, row.Active);
        if (errors.Count > 0)
            return new CatalogueLine(row.Line, code.Value, CatalogueLineState.Error, null, existing, [], errors);

        var data = new ModelData(code, category!.Id, new LocalizedText { Fr = names[0]!, Nl = names[1]!, De = names[2]!, En = names[3]! }, offer!.Value, days!.Value, isActive!.Value);
        var changes = existing is null ? [] : ChangesOf(existing, data).ToList();
        var state = existing is null ? CatalogueLineState.New : changes.Count > 0 ? CatalogueLineState.Changed : CatalogueLineState.Unchanged;
        return new CatalogueLine(row.Line, code.Value, state, data, existing, changes, []);
    }

    private IEnumerable<CatalogueChange> ChangesOf(ProductModel model, ModelData data)
    {
        (string Before, string After)[] values =
        [
            (model.Code, data.Code.Value),
            (_categoriesById[model.CategoryId].Code, _categoriesById[data.CategoryId].Code),
            (model.Name.Fr, data.Name.Fr),
            (model.Name.Nl, data.Name.Nl),
            (model.Name.De, data.Name.De),
            (model.Name.En, data.Name.En),
            (model.ServiceOffer.ToString(), data.ServiceOffer.ToString()),
            (Text(model.LeadTimeDays), Text(data.LeadTimeDays)),
            (YesOrNo(model.DiscontinuedAt is null), YesOrNo(data.IsActive)),
        ];
        return values.Select((value, i) => new CatalogueChange(CatalogueFile.Columns[i], value.Before, value.After)).Where(change => change.Before != change.After);
    }

    private static ServiceOffer? OfferOf(string typed)
    {
        var plain = string.Concat(typed.Where(char.IsAsciiLetter));
        return Enum.GetValues<ServiceOffer>().Where(offer => plain.Equals(offer.ToString(), StringComparison.OrdinalIgnoreCase)).Select(offer => (ServiceOffer?)offer).FirstOrDefault();
    }

    private static int? DaysOf(string typed) =>
        int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days <= ProductModel.MaxLeadTimeDays ? days : null;

    private static bool? YesOrNo(string typed) => typed.ToLowerInvariant() switch
    {
        "yes" or "true" or "1" => true,
        "no" or "false" or "0" => false,
        _ => null,
    };

    private static string YesOrNo(bool value) => value ? "yes" : "no";

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
