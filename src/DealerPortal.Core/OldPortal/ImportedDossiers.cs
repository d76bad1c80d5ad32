using DealerPortal.Core.Accounts;
using DealerPortal.Core.Audit;
using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Dossiers.Handling;
using DealerPortal.Core.Dossiers.Promises;
using DealerPortal.Core.Figures;
using DealerPortal.Core.Tables;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Core.OldPortal;

/// <summary>
/// Dossiers that are open in the old portal, each known by its number there. They come in as if they had been filed on their
/// day: found, counted and promised like any other, but nobody is mailed. Undoing takes those to which nothing happened since.
/// </summary>
public sealed class ImportedDossiers(DossierNumbers numbers, DossierPromises promises, TimeProvider time) : ImportedKind
{
    private const int TracesPerStep = 100;

    /// <summary>What belongs to a dossier from its import on, and goes with it.</summary>
    private static readonly Type[] _own =
    [
        typeof(RepairRequest), typeof(TechnicalDoa), typeof(AppliancePickup), typeof(MissingAccessory), typeof(TechnicalQuestion), typeof(ReturnRequest), typeof(CreditQuestion), typeof(GeneralQuestion),
        typeof(TimelineEntry), typeof(DossierSearchToken), typeof(DossierPresence), typeof(CountedDossier), typeof(AwaitedOwner),
    ];

    public override PortalImportKind Kind => PortalImportKind.Dossiers;

    public override IReadOnlyList<PortalColumn> Columns { get; } =
    [
        ImportedMembers.OrganisationColumn,
        PortalColumn.Required(PortalField.EarlierNumber, "old number", "number", "dossier number", "ancien numéro", "numéro", "numéro de dossier", "oud nummer", "nummer", "dossiernummer", "alte nummer", "vorgangsnummer"),
        PortalColumn.Required(PortalField.Type, "type", "genre", "soort", "art", "formulaire", "formulier", "formular", "form"),
        PortalColumn.Required(PortalField.FiledOn, "filed on", "date", "created", "introduit le", "date d’introduction", "créé le", "ingediend op", "datum", "aangemaakt op", "eingereicht am", "erstellt am"),
        PortalColumn.Optional(PortalField.Status, "status", "state", "statut", "état", "toestand", "stand", "zustand"),
        PortalColumn.Optional(PortalField.ModelCode, "model", "model code", "modèle", "code modèle", "modelcode", "modell", "modellcode"),
        PortalColumn.Optional(PortalField.SerialNumber, "serial", "serial number", "numéro de série", "n° de série", "serienummer", "seriennummer"),
        PortalColumn.Optional(PortalField.Imei, "imei"),
        PortalColumn.Optional(PortalField.Reference, "reference", "own reference", "référence", "votre référence", "référence propre", "referentie", "eigen referentie", "referenz", "eigene referenz"),
        PortalColumn.Optional(PortalField.Subject, "subject", "sujet", "objet", "onderwerp", "betreff"),
        PortalColumn.Required(PortalField.Description, "description", "message", "question", "problem", "beschrijving", "omschrijving", "bericht", "vraag", "probleem", "beschreibung", "nachricht", "frage", "problème"),
        PortalColumn.Optional(PortalField.Reason, "reason", "raison", "motif", "reden", "grund"),
        PortalColumn.Optional(PortalField.BranchPostalCode, "branch", "branch postal code", "point de vente", "code postal du point de vente", "vestiging", "postcode vestiging", "postcode van de vestiging", "filiale", "postleitzahl der filiale"),
        PortalColumn.Optional(PortalField.OwnerEmail, "owner", "owner’s e-mail", "author", "e-mail of the owner", "propriétaire", "e-mail du propriétaire", "auteur", "eigenaar", "e-mail van de eigenaar", "besitzer", "inhaber", "e-mail des inhabers"),
        PortalColumn.Optional(PortalField.EndUserName, "end user", "end user’s name", "consumer", "utilisateur final", "consommateur", "nom du consommateur", "eindgebruiker", "consument", "naam consument", "naam van de consument", "endkunde", "verbraucher", "name des verbrauchers"),
        PortalColumn.Optional(PortalField.EndUserStreet, "end user’s street", "consumer’s street", "rue du consommateur", "straat consument", "straat van de consument", "straße des verbrauchers"),
        PortalColumn.Optional(PortalField.EndUserPostalCode, "end user’s postal code", "consumer’s postal code", "code postal du consommateur", "postcode consument", "postcode van de consument", "postleitzahl des verbrauchers"),
        PortalColumn.Optional(PortalField.EndUserTown, "end user’s town", "consumer’s town", "localité du consommateur", "plaats consument", "plaats van de consument", "ort des verbrauchers"),
        PortalColumn.Optional(PortalField.EndUserPhone, "end user’s phone", "consumer’s phone", "téléphone du consommateur", "telefoon consument", "telefoon van de consument", "telefon des verbrauchers"),
        PortalColumn.Optional(PortalField.EndUserEmail, "end user’s e-mail", "consumer’s e-mail", "e-mail du consommateur", "e-mail consument", "e-mail van de consument", "e-mail des verbrauchers"),
        PortalColumn.Optional(PortalField.GrmsNumber, "grms", "grms number", "numéro grms", "grms-nummer"),
        PortalColumn.Optional(PortalField.PurchaseDate, "purchase date", "bought on", "date d’achat", "aankoopdatum", "kaufdatum"),
        PortalColumn.Optional(PortalField.IsDoa, "doa", "dead on arrival"),
        PortalColumn.Optional(PortalField.IsDamaged, "damaged", "endommagé", "beschadigd", "beschädigt"),
        PortalColumn.Optional(PortalField.IsComplete, "complete", "complet", "volledig", "vollständig"),
        PortalColumn.Optional(PortalField.ReadyFrom, "ready from", "prêt à partir du", "klaar vanaf", "bereit ab"),
        PortalColumn.Optional(PortalField.DeliveryDate, "delivery date", "date de livraison", "leveringsdatum", "lieferdatum"),
        PortalColumn.Optional(PortalField.ContactName, "contact", "contact name", "personne de contact", "contactpersoon", "ansprechpartner", "kontaktperson"),
        PortalColumn.Optional(PortalField.ContactPhone, "contact phone", "téléphone du contact", "telefoon contactpersoon", "telefoon van de contactpersoon", "telefon des ansprechpartners", "telefon der kontaktperson"),
    ];

    internal override RowReading Begin(PortalColumns columns) => new DossierRows(columns, numbers, promises, Formats.Today(time));

    internal override async Task<IReadOnlyList<UndoBlocker>> BlockersAsync(PortalDbContext db, Guid importId, CancellationToken ct)
    {
        var touched = await TouchedAsync(db, Traced(db, importId), ct);
        return touched.Count == 0 ? [] : [new UndoBlocker(UndoObstacle.Touched, touched.Count)];
    }

    internal override async Task<int> UndoStepAsync(WriteScope write, PortalImport import, DateTime now, CancellationToken ct)
    {
        var traces = await write.Db.Set<PortalImportTrace>().Where(t => t.ImportId == import.Id).OrderBy(t => t.Id).Take(TracesPerStep).ToListAsync(ct);
        var last = traces.Count == 0 ? 0 : traces[^1].Id;
        var touched = await TouchedAsync(write.Db, write.Db.Set<PortalImportTrace>().Where(t => t.ImportId == import.Id && t.Id <= last).Select(t => t.SubjectId), ct);
        List<long> ids = [.. traces.Select(t => t.SubjectId).Where(id => !touched.Contains(id))];
        var dossiers = await write.Db.Dossiers.AllOrganisations().AsNoTracking().Where(d => EF.Parameter(ids).Contains(d.Id)).Select(d => new { d.Id, d.OrganisationId, d.Type }).ToListAsync(ct);
        // What was counted of them goes too; whoever counts at this moment begins its step anew.
        await new FiguresWrite(write.Db).ApplyAsync([.. dossiers.Select(d => new Counting(d.Id, d.OrganisationId, d.Type, Contributions.None))], ct);
        if (await write.Db.Set<FiguresState>().SingleOrDefaultAsync(ct) is { } state)
            write.Db.Entry(state).State = EntityState.Modified;
        await write.Db.SaveChangesAsync(ct);
        write.Db.ChangeTracker.Clear();

        await RemoveAsync<AccessoryLine>(write, ids, ct);
        await RemoveAsync<DoaVerdict>(write, ids, ct);
        await RemoveAsync<RepairRequest>(write, ids, ct);
        await RemoveAsync<TechnicalDoa>(write, ids, ct);
        await RemoveAsync<AppliancePickup>(write, ids, ct);
        await RemoveAsync<MissingAccessory>(write, ids, ct);
        await RemoveAsync<TechnicalQuestion>(write, ids, ct);
        await RemoveAsync<ReturnRequest>(write, ids, ct);
        await RemoveAsync<CreditQuestion>(write, ids, ct);
        await RemoveAsync<GeneralQuestion>(write, ids, ct);
        await RemoveAsync<TimelineEntry>(write, ids, ct);
        await RemoveAsync<DossierSearchToken>(write, ids, ct);
        await RemoveAsync<DossierPresence>(write, ids, ct);
        await RemoveAsync<CountedDossier>(write, ids, ct);
        await RemoveAsync<AwaitedOwner>(write, ids, ct);
        await write.Db.Dossiers.AllOrganisations().Where(d => EF.Parameter(ids).Contains(d.Id)).ExecuteDeleteAsync(ct);
        foreach (var id in ids)
            write.Db.Record(now, import.OwnerId, "dossier.removed", nameof(Dossier), id);
        await write.Db.Set<PortalImportTrace>().Where(t => t.ImportId == import.Id && t.Id <= last).ExecuteDeleteAsync(ct);
        return traces.Count;
    }

    private static IQueryable<long> Traced(PortalDbContext db, Guid importId) => db.Set<PortalImportTrace>().Where(t => t.ImportId == importId).Select(t => t.SubjectId);

    /// <summary>Those to which something happened since they came in.</summary>
    private static async Task<HashSet<long>> TouchedAsync(PortalDbContext db, IQueryable<long> ids, CancellationToken ct) =>
    [
        .. await Dependents.KeysAsync<Dossier, long>(db, ids, _own, ct),
        .. await db.Timeline.AllOrganisations().Where(e => ids.Contains(e.DossierId) && e.Kind != TimelineKind.TakenOver).Select(e => e.DossierId).Distinct().ToListAsync(ct),
    ];

    private static Task RemoveAsync<T>(WriteScope write, IReadOnlyList<long> ids, CancellationToken ct)
        where T : class => write.Db.Set<T>().AllOrganisations().Where(row => EF.Parameter(ids).Contains(EF.Property<long>(row, nameof(IDossierDetails.DossierId)))).ExecuteDeleteAsync(ct);

    /// <summary>A row as it will be written.</summary>
    private sealed record DossierRow(int Line, RowEffect Effect, IReadOnlyList<PortalRowFault> Faults) : PortalRow(Line, Effect, Faults)
    {
        public required OrganisationKey Key { get; init; }
        public required string EarlierNumber { get; init; }
        public required DateTime FiledAt { get; init; }
        public required RequestStatus Status { get; init; }
        public required FiledDossier Filed { get; init; }
        public string? BranchPostalCode { get; init; }
        public string? OwnerAddress { get; init; }
        public KnownOrganisation? Organisation { get; init; }

        /// <summary>Null where the person is not there yet.</summary>
        public User? Owner { get; init; }
    }

    private sealed class DossierRows(PortalColumns columns, DossierNumbers numbers, DossierPromises promises, DateOnly today) : RowReading(columns)
    {
        /// <summary>Line by line, as they were claimed before the write.</summary>
        private readonly Dictionary<int, string> _numbers = [];
        private readonly Dictionary<string, PromiseTerms> _terms = [];
        private readonly Dictionary<string, int> _lines = [];

        public override async Task PrepareAsync(PortalDbContext db, IReadOnlyList<TableRow> rows, CancellationToken ct)
        {
            foreach (var row in (await JudgeAsync(db, rows, ct)).OfType<DossierRow>().Where(row => row.Effect == RowEffect.New))
            {
                _numbers[row.Line] = await numbers.NextAsync(ct);
                if (!_terms.ContainsKey(row.Organisation!.Country))
                    _terms[row.Organisation.Country] = await promises.OfCountryAsync(row.Organisation.Country, ct);
            }
        }

        public override async Task<IReadOnlyList<PortalRow>> WriteAsync(WriteScope write, PortalImport import, IReadOnlyList<TableRow> rows, DateTime now, CancellationToken ct)
        {
            var judged = await JudgeAsync(write.Db, rows, ct);
            var written = new List<(DossierRow Row, Dossier Dossier)>();
            // A row that became new between the check before and this moment has no number, and comes with the next attempt.
            foreach (var row in judged.OfType<DossierRow>().Where(row => row.Effect == RowEffect.New))
            {
                var dossier = row.Filed.ToDossier(new Filing(_numbers[row.Line], row.Organisation!.Id, row.Owner?.Id ?? import.OwnerId, row.Owner?.Id ?? import.OwnerId, row.FiledAt) { EarlierNumber = row.EarlierNumber });
                // What was never answered waits since it was filed; since when a later step is waited for nobody knows.
                dossier.Follow(_terms[row.Organisation.Country], row.FiledAt);
                if (row.Status != RequestStatus.Submitted)
                {
                    dossier.MoveTo(row.Status, now);
                    dossier.Follow(_terms[row.Organisation.Country], now);
                }

                written.Add((row, dossier));
            }

            write.Db.AddRange(written.Select(pair => pair.Dossier));
            await write.Db.SaveChangesAsync(ct);
            foreach (var (row, dossier) in written)
            {
                write.Db.Add(row.Filed.Details(dossier));
                write.Db.Add(new TimelineEntry
                {
                    DossierId = dossier.Id,
                    OrganisationId = dossier.OrganisationId,
                    At = now,
                    OccurredAt = row.FiledAt,
                    Kind = TimelineKind.TakenOver,
                    Actor = ActorKind.Support,
                    ActorId = import.OwnerId,
                    RequestStatus = dossier.Status,
                    Text = row.EarlierNumber,
                });
                write.Db.AddRange(DossierSearchRows.Of(dossier));
                if (row is { Owner: null, OwnerAddress: { } address })
                    write.Db.Add(new AwaitedOwner { DossierId = dossier.Id, OrganisationId = dossier.OrganisationId, NormalizedEmail = address });
                write.Db.Add(new PortalImportTrace { ImportId = import.Id, Kind = TraceKind.Dossier, SubjectId = dossier.Id });
                write.Db.Record(now, import.OwnerId, "dossier.imported", nameof(Dossier), dossier.Id);
            }

            return judged;
        }

        protected override async Task<IReadOnlyList<PortalRow>> JudgeAsync(PortalDbContext db, IReadOnlyList<PortalCells> rows, CancellationToken ct)
        {
            var read = rows.Select(cells => (Cells: cells, Row: ReadDossier.Read(cells, today))).ToList();
            var good = read.Select(pair => pair.Row).OfType<ReadDossier>().ToList();
            var world = await DossierWorld.ReadAsync(db, good, ct);
            return [.. read.Select(pair => pair.Row is { } row ? Judge(pair.Cells, row, world) : PortalRow.Faulty(pair.Cells.Line, pair.Cells.Faults))];
        }

        private PortalRow Judge(PortalCells cells, ReadDossier row, DossierWorld world)
        {
            if (world.Organisations[row.Key] is not { } organisation)
            {
                cells.Add(PortalField.Organisation, PortalFault.UnknownOrganisation);
                return PortalRow.Faulty(cells.Line, cells.Faults);
            }

            if (EarlierLine(_lines, FormattableString.Invariant($"{organisation.Id}|{row.EarlierNumber}"), cells.Line) is { } earlier)
                cells.Twice(PortalField.EarlierNumber, earlier);
            var branch = row.NeedsBranch ? world.BranchOf(organisation.Id, row.BranchPostalCode) : null;
            if (row.NeedsBranch && branch is null)
                cells.Add(PortalField.BranchPostalCode, PortalFault.UnknownBranch);
            if (cells.Faults.Count > 0)
                return PortalRow.Faulty(cells.Line, cells.Faults);
            var owner = world.OwnerOf(organisation.Id, row.OwnerAddress);
            if (row.OwnerAddress is { } address && owner is null && !world.IsInvited(organisation.Id, address))
                cells.Add(PortalField.OwnerEmail, PortalFault.OwnerUnknown);
            var model = row.Model is { } code ? world.Models.GetValueOrDefault(code.Key) : null;
            return new DossierRow(cells.Line, world.IsThere(organisation.Id, row.EarlierNumber) ? RowEffect.Unchanged : RowEffect.New, cells.Faults)
            {
                Key = row.Key,
                EarlierNumber = row.EarlierNumber,
                FiledAt = row.FiledAt,
                Status = row.Status,
                OwnerAddress = row.OwnerAddress,
                Organisation = organisation,
                Owner = owner ?? (row.OwnerAddress is null ? world.AdministratorOf(organisation.Id) : null),
                Filed = row.ToFiled(branch, model, world.ConditionsFor(model, row.FiledOn), owner?.NotifyByMail ?? false),
                Values = new Dictionary<PortalField, string?>(row.Values) { [PortalField.Organisation] = organisation.Name, [PortalField.BranchPostalCode] = branch?.PostalCode },
            };
        }
    }
}
