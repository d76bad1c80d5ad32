using System.Text.Json;
using DealerPortal.Core.Data;
using DealerPortal.Core.Tables;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DealerPortal.Core.Credits;

/// <summary>What a column of a file can mean.</summary>
public enum CreditField : byte
{
    GrmsNumber = 1,
    CustomerNumber = 2,
    Kind = 3,
    ModelCode = 4,
    SerialNumber = 5,
    Imei = 6,
    Reference = 7,
    Beneficiary = 8,
    BeneficiaryName = 9,
    InvoiceNumber = 10,
    InvoiceDate = 11,
    Amount = 12,
    Value = 13,
    Depreciation = 14,
    RequestedOn = 15,
    State = 16,
    DossierNumber = 17,
}

/// <summary>Which column means what: by place, from 0.</summary>
public sealed class CreditMapping(IReadOnlyDictionary<CreditField, int> columns)
{
    /// <summary>Without these nothing can be read.</summary>
    public static readonly IReadOnlyList<CreditField> Required = [CreditField.GrmsNumber, CreditField.CustomerNumber, CreditField.Amount, CreditField.RequestedOn];

    public IReadOnlyDictionary<CreditField, int> Columns => columns;

    public IReadOnlyList<CreditField> Missing => [.. Required.Where(required => !columns.ContainsKey(required))];

    public object? Cell(TableRow row, CreditField field) => columns.TryGetValue(field, out var place) && place < row.Cells.Count ? row.Cells[place] : null;

    public string ToJson() => JsonSerializer.Serialize(columns.ToDictionary(pair => pair.Key.ToString(), pair => pair.Value));

    public static CreditMapping FromJson(string? json) => new(
        json is null ? new Dictionary<CreditField, int>() : JsonSerializer.Deserialize<Dictionary<string, int>>(json)!.ToDictionary(pair => Enum.Parse<CreditField>(pair.Key), pair => pair.Value));
}

/// <summary>What somebody said that a column of this name means; asked once and remembered for all files.</summary>
public sealed class CreditColumnName
{
    public const int NameMaxLength = 100;

    /// <summary>As <see cref="CreditColumnNames.KeyOf"/> spells it.</summary>
    public required string Name { get; init; }

    /// <summary>Null for a column that means nothing here.</summary>
    public CreditField? Field { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<CreditColumnName>
    {
        public void Configure(EntityTypeBuilder<CreditColumnName> builder)
        {
            builder.ToTable("CreditColumnNames");
            builder.HasKey(n => n.Name);
            builder.Property(n => n.Name).HasMaxLength(NameMaxLength);
        }
    }
}

/// <summary>Knows columns by their names: as somebody said before, otherwise by the words of the field.</summary>
public static class CreditColumnNames
{
    private static readonly Dictionary<string, CreditField> _words = Words();

    /// <summary>Without case, accents, spaces and signs.</summary>
    public static string KeyOf(string? header) => TableCell.KeyOf(header, CreditColumnName.NameMaxLength);

    /// <summary>What the columns of a file mean as far as it is known; of two that mean the same the first.</summary>
    /// <returns>The mapping, and whether every column's name is known, so that nobody needs to be asked.</returns>
    public static async Task<(CreditMapping Mapping, bool IsKnown)> GuessAsync(PortalDbContext db, IReadOnlyList<string?> headers, CancellationToken ct)
    {
        var keys = headers.Select(KeyOf).ToList();
        var remembered = await db.Set<CreditColumnName>().AsNoTracking().Where(n => EF.Parameter(keys).Contains(n.Name)).ToDictionaryAsync(n => n.Name, n => n.Field, ct);
        var columns = new Dictionary<CreditField, int>();
        var isKnown = true;
        for (var place = 0; place < keys.Count; place++)
        {
            if (keys[place].Length == 0)
                continue;
            if (remembered.TryGetValue(keys[place], out var said))
            {
                if (said is { } field)
                    isKnown &= columns.TryAdd(field, place);
            }
            else if (!_words.TryGetValue(keys[place], out var word) || !columns.TryAdd(word, place))
            {
                isKnown = false;
            }
        }

        var mapping = new CreditMapping(columns);
        return (mapping, isKnown && mapping.Missing.Count == 0);
    }

    internal static async Task RememberAsync(WriteScope write, IReadOnlyList<string?> headers, CreditMapping mapping, CancellationToken ct)
    {
        var meant = mapping.Columns.ToDictionary(pair => pair.Value, pair => pair.Key);
        var said = new Dictionary<string, CreditField?>();
        for (var place = 0; place < headers.Count; place++)
        {
            var field = meant.TryGetValue(place, out var found) ? found : (CreditField?)null;
            if (KeyOf(headers[place]) is { Length: > 0 } key && (field is not null || !said.ContainsKey(key)))
                said[key] = field;
        }

        var keys = said.Keys.ToList();
        var known = await write.Db.Set<CreditColumnName>().Where(n => EF.Parameter(keys).Contains(n.Name)).ToDictionaryAsync(n => n.Name, ct);
        foreach (var (key, field) in said)
        {
            if (known.TryGetValue(key, out var row))
                row.Field = field;
            else
                write.Db.Add(new CreditColumnName { Name = key, Field = field });
        }
    }

    private static Dictionary<string, CreditField> Words()
    {
        var words = new Dictionary<string, CreditField>();
        Add(CreditField.GrmsNumber, "grms", "grms number", "numéro grms", "n° grms", "no grms", "grms-nummer", "grms nummer", "grms nr");
        Add(CreditField.CustomerNumber, "customer number", "customer no", "customer", "numéro client", "numéro de client", "n° client", "klantnummer", "klantnr", "kundennummer", "kundennr");
        Add(CreditField.Kind, "kind", "genre", "soort", "art");
        Add(CreditField.ModelCode, "model", "model code", "code modèle", "modèle", "modelcode", "modellcode", "modell");
        Add(CreditField.SerialNumber, "serial", "serial number", "serial no", "numéro de série", "n° de série", "serienummer", "seriennummer");
        Add(CreditField.Imei, "imei");
        Add(CreditField.Reference, "reference", "customer reference", "référence", "référence client", "votre référence", "referentie", "klantreferentie", "referenz", "kundenreferenz");
        Add(CreditField.Beneficiary, "beneficiary", "bénéficiaire", "begunstigde", "begünstigter", "empfänger");
        Add(CreditField.BeneficiaryName, "beneficiary name", "distributor", "distributeur", "nom du bénéficiaire", "naam begunstigde", "distributor name", "name des begünstigten");
        Add(CreditField.InvoiceNumber, "invoice", "invoice number", "invoice no", "numéro de facture", "n° de facture", "facture", "factuurnummer", "rechnungsnummer");
        Add(CreditField.InvoiceDate, "invoice date", "date de la facture", "date de facture", "factuurdatum", "rechnungsdatum");
        Add(CreditField.Amount, "amount", "credit amount", "montant", "montant du crédit", "bedrag", "creditbedrag", "betrag", "gutschriftsbetrag");
        Add(CreditField.Value, "value", "expected amount", "valeur", "montant attendu", "waarde", "verwacht bedrag", "wert", "erwarteter betrag");
        Add(CreditField.Depreciation, "depreciation", "depreciation %", "dépréciation", "afschrijving", "waardevermindering", "wertminderung", "abschreibung");
        Add(CreditField.RequestedOn, "requested on", "request date", "date de la demande", "date de demande", "aanvraagdatum", "datum aanvraag", "anfragedatum", "antragsdatum");
        Add(CreditField.State, "state", "status", "état", "statut", "toestand", "zustand");
        Add(CreditField.DossierNumber, "dossier", "dossier number", "numéro de dossier", "dossiernummer", "vorgang", "vorgangsnummer");
        return words;

        void Add(CreditField field, params string[] names)
        {
            foreach (var name in names)
                words[KeyOf(name)] = field;
        }
    }
}
