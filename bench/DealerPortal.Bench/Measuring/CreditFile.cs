using System.Globalization;

namespace DealerPortal.Bench.Measuring;

/// <summary>A file as accounts write it: every column, commas in amounts, days first. None of its devices is in a dossier.</summary>
internal static class CreditFile
{
    private const int Seed = 13;

    private static readonly string[] _models = ["KD-55X85L", "WH-1000XM5", "HT-A7000", "LW90T554/BE", "WD11T504/BE", "GX55B"];

    public static IEnumerable<string> Lines(int rows, int organisations)
    {
        yield return "Numéro GRMS;Numéro client;Genre;Code modèle;Numéro de série;Référence;Bénéficiaire;Numéro de facture;Date de la facture;Montant;Valeur;Dépréciation;Date de la demande;État";
        var random = new Random(Seed);
        for (var i = 0; i < rows; i++)
        {
            var number = (40_000_000 + i).ToString(CultureInfo.InvariantCulture);
            var customer = (1 + random.Next(organisations)).ToString("000000", CultureInfo.InvariantCulture);
            var requested = new DateOnly(2026, 1, 1).AddDays(random.Next(300));
            var isIssued = random.Next(2) == 0;
            var invoice = isIssued ? $"F-{number};{Day(requested.AddDays(20))}" : ";";
            var value = 1000 + random.Next(200_000);
            var percent = random.Next(80);
            yield return $"{number};B-{customer};Crédit;{_models[random.Next(_models.Length)]};Q{random.NextInt64(100_000_000_000_000).ToString("00000000000000", CultureInfo.InvariantCulture)};Comptoir Q{i};"
                + $"Magasin;{invoice};{Money(value * (100 - percent) / 100)};{Money(value)};{percent.ToString(CultureInfo.InvariantCulture)};{Day(requested)};{(isIssued ? "Émise" : "En cours")}";
        }
    }

    private static string Day(DateOnly day) => day.ToString("d/M/yyyy", CultureInfo.InvariantCulture);

    private static string Money(int cents) => $"{(cents / 100).ToString(CultureInfo.InvariantCulture)},{(cents % 100).ToString("00", CultureInfo.InvariantCulture)}";
}
