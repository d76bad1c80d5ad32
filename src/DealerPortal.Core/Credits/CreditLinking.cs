using DealerPortal.Core.Catalogue;
using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Dossiers.Handling;
using DealerPortal.Core.Mail.Mails;
using DealerPortal.Core.Search;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Core.Credits;

/// <summary>
/// Finds the dossier that ended in a credit, within the credit's own organisation: by the number the accounts name, the GRMS
/// number, the serial number, the dealer's reference, in this order, and only where it can be one alone. Then the dossier tells
/// so, and its owner gets the mail once the credit is issued.
/// </summary>
public sealed class CreditLinking(PortalDatabase database, PortalDbContext db, DossierHandling handling)
{
    private const int BatchSize = 500;
    private const int OrganisationsAtOnce = 4;

    /// <summary>A credit is asked for after its dossier; a day for clocks and for accounts that close at night.</summary>
    private static readonly TimeSpan Early = TimeSpan.FromDays(1);

    /// <summary>Types whose devices are credited.</summary>
    private static readonly DossierType[] _credited = [DossierType.ReturnRequest, DossierType.TechnicalDoa, DossierType.AppliancePickup];

    /// <summary>Looks at every credit that is due.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        while (true)
        {
            var due = await db.Credits.AllOrganisations().AsNoTracking().Where(c => c.DueSince != null).OrderBy(c => c.Id).Take(BatchSize).ToListAsync(ct);
            if (due.Count == 0)
                return;
            var found = await FindAsync(db, due, ct);
            var settled = new List<long>();
            foreach (var credit in due)
            {
                if (!found.TryGetValue(credit.GrmsNumber, out var number) || await TellAsync(credit, number, ct) != HandlingOutcome.Done)
                    settled.Add(credit.Id);
            }

            if (settled.Count > 0)
                await database.WriteAsync(
                    (write, token) => write.Db.Credits.AllOrganisations().Where(c => EF.Parameter(settled).Contains(c.Id)).ExecuteUpdateAsync(set => set.SetProperty(c => c.DueSince, (DateTime?)null), token), ct);
            if (due.Count < BatchSize)
                return;
        }
    }

    /// <summary>Links a credit to the dossier that a person names.</summary>
    public async Task<HandlingOutcome> LinkAsync(long creditId, string number, Reader by, CancellationToken ct) =>
        await db.Credits.AllOrganisations().AsNoTracking().SingleOrDefaultAsync(c => c.Id == creditId, ct) is { OrganisationId: { } owner } credit
            && await db.Dossiers.VisibleTo(by).AnyAsync(d => d.Number == number && d.OrganisationId == owner && d.MergedIntoId == null && d.AnonymisedAt == null, ct)
            ? await TellAsync(credit, number, ct, by)
            : HandlingOutcome.NotFound;

    private async Task<HandlingOutcome> TellAsync(Credit credit, string number, CancellationToken ct, Reader? by = null)
    {
        var target = by is null ? DossierTarget.ForPortal(number) : new DossierTarget(by, number);
        var grms = GrmsNumber.TryParse(credit.GrmsNumber, out var parsed) ? parsed : default;
        return await handling.ChangeAsync(
            target,
            async (change, token) =>
            {
                var stored = await change.Write.Db.Credits.AllOrganisations().SingleOrDefaultAsync(c => c.Id == credit.Id, token);
                if (stored is null || stored.OrganisationId != change.Dossier.OrganisationId)
                    return HandlingOutcome.NotFound;
                var isNew = stored.DossierId != change.Dossier.Id;
                var tells = stored.State == CreditState.Issued && stored.ToldAt is null;
                stored.DueSince = null;
                if (by is not null && isNew)
                    stored.ChangedById = null;
                if (!tells)
                    change.SendOnly(_ => false);
                if (!isNew && !tells)
                {
                    await change.Write.Db.SaveChangesAsync(token);
                    return HandlingOutcome.Done;
                }

                stored.DossierId = change.Dossier.Id;
                if (change.Dossier.GrmsNumber is null)
                    await change.SetGrmsNumberAsync(grms, token);
                if (tells)
                    stored.ToldAt = change.Now;
                change.Entry(tells ? TimelineKind.CreditIssued : TimelineKind.CreditLinked, stored.GrmsNumber);
                return change.Done(tells ? "dossier.credit-issued" : "dossier.credit-linked", stored.GrmsNumber);
            },
            facts => new CreditIssued(facts, credit), ct);
    }

    /// <summary>The numbers of their dossiers, by the credits' GRMS numbers, as the database behind the context stands.</summary>
    internal static async Task<Dictionary<string, string>> FindAsync(PortalDbContext db, IReadOnlyList<Credit> credits, CancellationToken ct)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        var known = credits.Where(c => c.DossierId is not null).ToDictionary(c => c.GrmsNumber, c => c.DossierId!.Value);
        if (known.Count > 0)
        {
            var numbers = await db.Dossiers.AllOrganisations().Where(d => EF.Parameter(known.Values.ToList()).Contains(d.Id)).ToDictionaryAsync(d => d.Id, d => d.Number, ct);
            foreach (var (credit, dossier) in known)
                found[credit] = numbers[dossier];
        }

        // The database tries each word with each organisation: few at once, so that a file of many costs no more than their words.
        foreach (var group in credits.Where(c => c is { DossierId: null, OrganisationId: not null }).GroupBy(c => c.OrganisationId!.Value).Chunk(OrganisationsAtOnce))
            await FindOpenAsync(db, [.. group.Select(owned => owned.Key)], [.. group.SelectMany(owned => owned)], found, ct);
        return found;
    }

    private static async Task FindOpenAsync(PortalDbContext db, List<int> owners, List<Credit> open, Dictionary<string, string> found, CancellationToken ct)
    {
        var tokens = open.SelectMany(WordsOf).Distinct(StringComparer.Ordinal).ToList();
        var candidates = (await (
            from word in db.DossierTokens.AllOrganisations()
            join dossier in db.Dossiers.AllOrganisations() on word.DossierId equals dossier.Id
            where EF.Parameter(tokens).Contains(word.Token) && EF.Parameter(owners).Contains(word.OrganisationId) && dossier.MergedIntoId == null && dossier.AnonymisedAt == null && dossier.Type != DossierType.CreditQuestion
            select new Candidate(
                dossier.Id, dossier.OrganisationId, dossier.Number, dossier.Type, dossier.GrmsNumber, dossier.SerialNumber, dossier.Reference, dossier.ModelCode, dossier.CreatedAt))
            .Distinct().ToListAsync(ct)).ToLookup(candidate => candidate.OrganisationId);
        foreach (var credit in open)
        {
            if (Of(credit, [.. candidates[credit.OrganisationId!.Value]]) is { } dossier)
                found[credit.GrmsNumber] = dossier.Number;
        }
    }

    private static IEnumerable<string> WordsOf(Credit credit) =>
        new[] { credit.DossierNumber, credit.GrmsNumber, credit.SerialNumber, credit.Reference }.Select(code => SearchTokens.OfCode(code).FirstOrDefault()).OfType<string>();

    private static Candidate? Of(Credit credit, List<Candidate> candidates)
    {
        var until = Formats.ToUtc(credit.RequestedOn.ToDateTime(TimeOnly.MaxValue)) + Early;
        return Only(candidates, c => c.Number == credit.DossierNumber)
            ?? Only(candidates, c => c.GrmsNumber == credit.GrmsNumber)
            ?? Only(candidates, c => credit.SerialNumber is not null && c.SerialNumber == credit.SerialNumber && _credited.Contains(c.Type) && c.CreatedAt <= until)
            ?? Only(candidates, c => credit.SerialNumber is not null && c.SerialNumber == credit.SerialNumber && c.CreatedAt <= until)
            ?? Only(candidates, c => credit.ReferenceKey is not null && Credit.KeyOf(c.Reference) == credit.ReferenceKey && IsSameModel(credit.ModelCode, c.ModelCode)
                && (credit.SerialNumber is null || c.SerialNumber is null || c.SerialNumber == credit.SerialNumber) && c.CreatedAt <= until);
    }

    private static bool IsSameModel(string? one, string? other) => one is null || other is null || ModelCode.KeyOf(one) == ModelCode.KeyOf(other);

    private static Candidate? Only(List<Candidate> candidates, Predicate<Candidate> fits) => candidates.FindAll(fits) is [var one] ? one : null;

    private sealed record Candidate(
        long Id, int OrganisationId, string Number, DossierType Type, string? GrmsNumber, string? SerialNumber, string? Reference, string? ModelCode, DateTime CreatedAt);
}
