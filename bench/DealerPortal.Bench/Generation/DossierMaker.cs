using System.Globalization;
using DealerPortal.Core;
using DealerPortal.Core.Calendar;
using DealerPortal.Core.Catalogue;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Dossiers.Promises;

namespace DealerPortal.Bench.Generation;

/// <summary>
/// Makes dossiers as the portal would have them: what is filed is drawn by lot, what follows from it (whose move it is, whether
/// it is open, until when, by which words it is found) is what the entity itself makes of the steps it takes.
/// </summary>
internal sealed class DossierMaker(IReadOnlyList<ProductModel> models, IReadOnlyList<int> agents, int seed, DateTime asOf)
{
    private static readonly DossierType[] Types =
    [
        .. Enumerable.Repeat(DossierType.RepairRequest, 11), DossierType.TechnicalDoa, DossierType.AppliancePickup, DossierType.MissingAccessory,
        DossierType.TechnicalQuestion, DossierType.ReturnRequest, DossierType.ReturnRequest, DossierType.CreditQuestion, DossierType.GeneralQuestion,
    ];

    private const string SerialLetters = "ABCDEFGHJKLMNPRSTUVWXYZ";
    private readonly PromiseTargets _promises = new(new PromiseOptions(), new Dictionary<(DossierType, PromiseStep), int?>());
    private readonly WorkingDays _calendar = new(new HashSet<DateOnly>());
    private readonly Dictionary<int, long> _sequences = [];

    /// <summary>The last sequence of each year.</summary>
    public IReadOnlyDictionary<int, long> Sequences => _sequences;

    /// <param name="sequence">Which of its organisation's dossiers it is: the same one says the same in every database.</param>
    public MadeDossier Make(long id, GeneratedOrganisation organisation, int sequence, int minutesAgo)
    {
        var random = new Random(unchecked((((seed * 31) + organisation.Id) * 100_003) + sequence));
        var filedAt = asOf.AddMinutes(-minutesAgo);
        var type = random.Of(Types);
        var author = Author(organisation, random);
        var dossier = new Dossier
        {
            Id = id,
            Number = NextNumber(filedAt),
            Type = type,
            OrganisationId = organisation.Id,
            AuthorId = author,
            OwnerId = random.Chance(0.03) ? organisation.Members[0] : author,
            CreatedAt = filedAt,
            Reference = random.Chance(0.7) ? Reference(random) : null,
            NotifyByMail = random.Chance(0.8),
            BranchId = type is DossierType.GeneralQuestion or DossierType.CreditQuestion ? null : random.Of(organisation.Branches),
            Stamp = NewGuid(random),
        };
        if (type is not (DossierType.GeneralQuestion or DossierType.CreditQuestion))
            AddDevice(dossier, random);
        if (dossier.Sold == true)
            AddEndUser(dossier, random);
        if (type == DossierType.CreditQuestion)
            dossier.GrmsNumber = Grms(random);
        var steps = new DossierSteps(dossier, random, asOf, agents);
        steps.Take();
        dossier.Recount(new PromiseTerms(_promises, _calendar, organisation.Country, DossierSteps.TrackOf));
        return new MadeDossier(dossier, steps.Entries, DossierAnswers.Of(dossier, random));
    }

    /// <summary>The first employee, who is measured, files about a third.</summary>
    private static int Author(GeneratedOrganisation organisation, Random random) =>
        random.Chance(0.35) ? organisation.Members[1] : random.Of(organisation.Members);

    private string NextNumber(DateTime filedAt)
    {
        var year = Formats.ToBrussels(filedAt).Year;
        return DossierNumber.Format(year, _sequences[year] = _sequences.GetValueOrDefault(year) + 1);
    }

    private void AddDevice(Dossier dossier, Random random)
    {
        // The popular models are at the front.
        var model = models[(int)(Math.Pow(random.NextDouble(), 1.6) * models.Count)];
        var isUnknown = random.Chance(0.01);
        dossier.ModelCode = isUnknown ? $"ZZ{random.Next(10, 99).ToString(CultureInfo.InvariantCulture)}X{random.Next(100, 999).ToString(CultureInfo.InvariantCulture)}" : model.Code;
        dossier.ModelId = isUnknown ? null : model.Id;
        dossier.Sold = dossier.Type == DossierType.TechnicalQuestion ? null : random.Chance(0.75);
        if (!random.Chance(0.04))
            dossier.SerialNumber = Serial(random);
        if (model.Category.HasImei)
            dossier.Imei = "35" + Digits(random, 13);
    }

    private static void AddEndUser(Dossier dossier, Random random)
    {
        var (postalCode, town) = random.Of(Vocabulary.Towns);
        dossier.EndUserName = $"{random.Of(Vocabulary.FirstNames)} {random.Of(Vocabulary.LastNames)}";
        dossier.EndUserStreet = $"{random.Of(Vocabulary.Streets)} {random.Next(1, 200).ToString(CultureInfo.InvariantCulture)}";
        dossier.EndUserPostalCode = postalCode;
        dossier.EndUserTown = town;
        dossier.EndUserPhone = "+324" + Digits(random, 8);
    }

    private static string Reference(Random random) => random.Next(4) switch
    {
        0 => $"BC-{Digits(random, 6)}",
        1 => $"F20{random.Next(22, 27).ToString(CultureInfo.InvariantCulture)}/{Digits(random, 5)}",
        2 => $"SAV {Digits(random, 5)}",
        _ => $"{random.Of(Vocabulary.LastNames)} {Digits(random, 3)}",
    };

    private static string Serial(Random random)
    {
        Span<char> letters = stackalloc char[4];
        random.GetItems(SerialLetters.AsSpan(), letters);
        return $"7D{letters}{Digits(random, 9)}";
    }

    internal static string Grms(Random random) => $"GR{Digits(random, 8)}";

    private static string Digits(Random random, int count) =>
        random.NextInt64((long)Math.Pow(10, count)).ToString(CultureInfo.InvariantCulture).PadLeft(count, '0');

    private static Guid NewGuid(Random random)
    {
        Span<byte> bytes = stackalloc byte[16];
        random.NextBytes(bytes);
        return new Guid(bytes);
    }
}

/// <param name="Answers">Its row in the table of its type, and what belongs to that.</param>
internal sealed record MadeDossier(Dossier Dossier, IReadOnlyList<TimelineEntry> Timeline, IReadOnlyList<object> Answers);
