using DealerPortal.Core.Audit;
using DealerPortal.Core.Credits;
using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Organisations;
using DealerPortal.Core.Search;
using DealerPortal.Core.Tables;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Core.OldPortal;

/// <summary>Organisations with their branches, a branch a row. The VAT number says which rows are one organisation, and which organisation is there.</summary>
public sealed class ImportedOrganisations : ImportedKind
{
    private const int TracesPerStep = 100;

    public override PortalImportKind Kind => PortalImportKind.Organisations;

    public override IReadOnlyList<PortalColumn> Columns { get; } =
    [
        PortalColumn.Required(PortalField.Name, "name", "organisation", "company", "dealer", "nom", "raison sociale", "société", "revendeur", "naam", "organisatie", "bedrijf", "firma", "firmenname", "unternehmen"),
        PortalColumn.Required(
            PortalField.VatNumber, "vat number", "vat", "vat no", "numéro de tva", "n° tva", "tva", "numéro tva", "btw-nummer", "btw", "btw nr", "ondernemingsnummer", "mwst-nummer", "ust-idnr", "mehrwertsteuernummer", "mwst"),
        PortalColumn.Optional(
            PortalField.CustomerNumber, "customer number", "customer no", "customer", "numéro client", "numéro de client", "n° client", "klantnummer", "klantnr", "kundennummer", "kundennr"),
        PortalColumn.Required(
            PortalField.Street, "street", "street and number", "address", "rue", "rue et numéro", "adresse", "straat", "straat en nummer", "adres", "straße", "straße und hausnummer", "straße und nummer"),
        PortalColumn.Required(PortalField.PostalCode, "postal code", "postcode", "zip", "code postal", "cp", "postleitzahl", "plz"),
        PortalColumn.Required(PortalField.Town, "town", "city", "localité", "ville", "commune", "plaats", "gemeente", "stad", "ort", "stadt"),
        PortalColumn.Optional(PortalField.Country, "country", "pays", "land"),
        PortalColumn.Optional(PortalField.Phone, "phone", "telephone", "téléphone", "tél", "tel", "telefoon", "telefon"),
    ];

    internal override RowReading Begin(PortalColumns columns) => new OrganisationRows(columns);

    internal override async Task<IReadOnlyList<UndoBlocker>> BlockersAsync(PortalDbContext db, Guid importId, CancellationToken ct)
    {
        var (organisations, branches) = (Traced(db, importId, TraceKind.Organisation), Traced(db, importId, TraceKind.Branch));
        // Its search words go with it, and its credits go back to where they waited for it.
        var counts = await Dependents.CountAsync<Organisation, int>(db, organisations, [typeof(Branch), typeof(OrganisationSearchToken), typeof(Credit)], ct);
        var dossiers = counts.GetValueOrDefault(typeof(Dossier)) + counts.GetValueOrDefault(typeof(Draft));
        var members = counts.GetValueOrDefault(typeof(Membership));
        var merged = await db.Organisations.CountAsync(o => organisations.Contains(o.Id) && o.MergedIntoId != null, ct);
        // What stands in the organisation's own dossiers is counted there.
        var elsewhere = await Dependents.CountAsync<Branch, int>(db, branches.Where(id => db.Branches.AllOrganisations().Any(b => b.Id == id && !organisations.Contains(b.OrganisationId))), [], ct);
        return
        [
            .. new UndoBlocker[]
            {
                new(UndoObstacle.Members, members),
                new(UndoObstacle.Dossiers, dossiers + elsewhere.GetValueOrDefault(typeof(Dossier))),
                new(UndoObstacle.Branches, await db.Branches.AllOrganisations().CountAsync(b => organisations.Contains(b.OrganisationId) && !branches.Contains(b.Id), ct)),
                new(UndoObstacle.Other, merged + counts.Values.Sum() - dossiers - members + elsewhere.Where(pair => pair.Key != typeof(Dossier)).Sum(pair => pair.Value)),
            }.Where(blocker => blocker.Count > 0),
        ];
    }

    internal override async Task<int> UndoStepAsync(WriteScope write, PortalImport import, DateTime now, CancellationToken ct)
    {
        var kinds = new[] { TraceKind.CustomerNumber, TraceKind.Branch, TraceKind.Organisation };
        foreach (var kind in kinds)
        {
            var traces = await write.Db.Set<PortalImportTrace>().Where(t => t.ImportId == import.Id && t.Kind == kind).OrderBy(t => t.Id).Take(TracesPerStep).ToListAsync(ct);
            if (traces.Count == 0)
                continue;
            List<int> ids = [.. traces.Select(t => (int)t.SubjectId)];
            switch (kind)
            {
                case TraceKind.CustomerNumber:
                    await TakeNumbersBackAsync(write, import, traces, now, ct);
                    break;
                case TraceKind.Branch:
                    await RemoveBranchesAsync(write, import, ids, now, ct);
                    break;
                default:
                    await RemoveOrganisationsAsync(write, import, ids, now, ct);
                    break;
            }

            write.Db.RemoveRange(traces);
            return traces.Count;
        }

        return 0;
    }

    private static IQueryable<int> Traced(PortalDbContext db, Guid importId, TraceKind kind) =>
        db.Set<PortalImportTrace>().Where(t => t.ImportId == importId && t.Kind == kind).Select(t => (int)t.SubjectId);

    /// <summary>A number that somebody changed since stays.</summary>
    private static async Task TakeNumbersBackAsync(WriteScope write, PortalImport import, IReadOnlyList<PortalImportTrace> traces, DateTime now, CancellationToken ct)
    {
        foreach (var trace in traces)
        {
            if (await write.Db.Organisations.SingleOrDefaultAsync(o => o.Id == (int)trace.SubjectId && o.CustomerNumber == trace.Value, ct) is not { } organisation)
                continue;
            organisation.CustomerNumber = null;
            write.Db.Record(now, import.OwnerId, "organisation.changed", nameof(Organisation), organisation.Id, $"customer number {trace.Value} → -");
            await CreditOwners.SettleAsync(write, organisation.Id, now, ct);
        }
    }

    private static async Task RemoveBranchesAsync(WriteScope write, PortalImport import, IReadOnlyList<int> ids, DateTime now, CancellationToken ct)
    {
        var branches = write.Db.Branches.AllOrganisations().Where(b => EF.Parameter(ids).Contains(b.Id));
        var organisations = await branches.Select(b => b.OrganisationId).Distinct().ToListAsync(ct);
        await branches.ExecuteDeleteAsync(ct);
        foreach (var id in ids)
            write.Db.Record(now, import.OwnerId, "branch.removed", nameof(Branch), id);
        foreach (var id in organisations)
            await write.RewriteTokensAsync(id, ct);
    }

    private static async Task RemoveOrganisationsAsync(WriteScope write, PortalImport import, IReadOnlyList<int> ids, DateTime now, CancellationToken ct)
    {
        await write.Db.Credits.AllOrganisations().Where(c => c.OrganisationId != null && EF.Parameter(ids).Contains(c.OrganisationId.Value))
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.OrganisationId, (int?)null), ct);
        await write.Db.Set<OrganisationSearchToken>().Where(t => EF.Parameter(ids).Contains(t.OrganisationId)).ExecuteDeleteAsync(ct);
        await write.Db.Organisations.Where(o => EF.Parameter(ids).Contains(o.Id)).ExecuteDeleteAsync(ct);
        foreach (var id in ids)
            write.Db.Record(now, import.OwnerId, "organisation.removed", nameof(Organisation), id);
    }

    /// <summary>A row as it will be written.</summary>
    private sealed record OrganisationRow(int Line, RowEffect Effect, IReadOnlyList<PortalRowFault> Faults, bool BeginsOrganisation = false)
        : PortalRow(Line, Effect, Faults, BeginsOrganisation)
    {
        public required string Name { get; init; }
        public required string Vat { get; init; }
        public required BranchAddress Branch { get; init; }

        /// <summary>To be given to an organisation that has none yet.</summary>
        public string? NewNumber { get; init; }

        /// <summary>Null for one that is not there yet.</summary>
        public int? OrganisationId { get; init; }
    }

    private sealed class OrganisationRows(PortalColumns columns) : RowReading(columns)
    {
        private static readonly Dictionary<string, Land> _countries = TableCell.Words(
            (Land.BE, ["be", "b", "belgique", "belgië", "belgien", "belgium", "bel"]),
            (Land.LU, ["lu", "l", "luxembourg", "luxemburg", "grand-duché de luxembourg", "lux"]));

        /// <summary>The line with which an organisation begins, the line of each branch, the number of each organisation, and whose each number is.</summary>
        private readonly Dictionary<string, int> _begun = [];
        private readonly Dictionary<string, int> _branches = [];
        private readonly Dictionary<string, (string Number, int Line)> _numbers = [];
        private readonly Dictionary<string, string> _holders = [];

        private enum Land
        {
            BE,
            LU,
        }

        public override async Task<IReadOnlyList<PortalRow>> WriteAsync(WriteScope write, PortalImport import, IReadOnlyList<TableRow> rows, DateTime now, CancellationToken ct)
        {
            var judged = await JudgeAsync(write.Db, rows, ct);
            var good = judged.OfType<OrganisationRow>().Where(row => row.Effect is RowEffect.New or RowEffect.Changed).ToList();
            var added = good.Where(row => row.BeginsOrganisation).ToDictionary(row => row.Vat, row => new Organisation
            {
                Name = row.Name,
                VatNumber = row.Vat,
                Country = row.Vat[..2],
                CreatedAt = now,
                // Who imports it knows it.
                ConfirmedAt = now,
                CustomerNumber = good.Find(other => other.Vat == row.Vat && other.NewNumber is not null)?.NewNumber,
            });
            write.Db.AddRange(added.Values);
            await write.Db.SaveChangesAsync(ct);

            var touched = added.Values.Select(o => o.Id).ToHashSet();
            foreach (var row in good.Where(row => row.OrganisationId is not null && row.NewNumber is not null))
            {
                var organisation = await write.Db.Organisations.SingleAsync(o => o.Id == row.OrganisationId, ct);
                organisation.CustomerNumber = row.NewNumber;
                write.Db.Record(now, import.OwnerId, "organisation.changed", nameof(Organisation), organisation.Id, $"customer number - → {row.NewNumber}");
                write.Db.Add(new PortalImportTrace { ImportId = import.Id, Kind = TraceKind.CustomerNumber, SubjectId = organisation.Id, Value = row.NewNumber });
                touched.Add(organisation.Id);
            }

            var branches = good.Where(row => row.Effect == RowEffect.New).Select(row => new NewBranch(row.OrganisationId ?? added[row.Vat].Id, import.OwnerId, row.Branch).ToBranch()).ToList();
            write.Db.AddRange(branches);
            await write.Db.SaveChangesAsync(ct);
            foreach (var organisation in added.Values)
            {
                write.Db.Record(now, import.OwnerId, "organisation.imported", nameof(Organisation), organisation.Id);
                write.Db.Add(new PortalImportTrace { ImportId = import.Id, Kind = TraceKind.Organisation, SubjectId = organisation.Id });
            }

            foreach (var branch in branches)
            {
                write.Db.Record(now, import.OwnerId, "branch.added", nameof(Branch), branch.Id);
                write.Db.Add(new PortalImportTrace { ImportId = import.Id, Kind = TraceKind.Branch, SubjectId = branch.Id });
            }

            foreach (var id in touched.Union(branches.Select(branch => branch.OrganisationId)))
                await write.RewriteTokensAsync(id, ct);
            foreach (var id in touched)
                await CreditOwners.SettleAsync(write, id, now, ct);
            return judged;
        }

        protected override async Task<IReadOnlyList<PortalRow>> JudgeAsync(PortalDbContext db, IReadOnlyList<PortalCells> rows, CancellationToken ct)
        {
            var read = rows.Select(cells => (Cells: cells, Row: Read(cells))).ToList();
            List<string> vats = [.. read.Select(pair => pair.Row?.Vat).OfType<string>().Distinct()];
            List<string> numbers = [.. read.Select(pair => pair.Row?.NewNumber).OfType<string>().Distinct()];
            var known = await db.Organisations.AsNoTracking().Where(o => EF.Parameter(vats).Contains(o.VatNumber)).ToDictionaryAsync(o => o.VatNumber, ct);
            var holders = await db.Organisations.AsNoTracking().Where(o => o.DeactivatedAt == null && EF.Parameter(numbers).Contains(o.CustomerNumber!))
                .ToDictionaryAsync(o => o.CustomerNumber!, o => o.VatNumber, ct);
            List<int> ids = [.. known.Values.Select(o => o.Id)];
            var there = await db.Branches.AllOrganisations().AsNoTracking().Where(b => EF.Parameter(ids).Contains(b.OrganisationId)).ToListAsync(ct);
            var branches = there.Select(b => KeyOf(b.OrganisationId, new BranchAddress(b.Street, b.PostalCode, b.Town, b.Country, null))).ToHashSet();
            return [.. read.Select(pair => pair.Row is { } row ? Judge(pair.Cells, row, known.GetValueOrDefault(row.Vat), holders, branches) : PortalRow.Faulty(pair.Cells.Line, pair.Cells.Faults))];
        }

        private PortalRow Judge(PortalCells cells, OrganisationRow row, Organisation? known, Dictionary<string, string> holders, HashSet<string> branches)
        {
            if (known is { DeactivatedAt: not null })
                cells.Add(PortalField.VatNumber, PortalFault.OutOfUse);
            if (row.NewNumber is { } number && (holders.GetValueOrDefault(number) ?? _holders.GetValueOrDefault(number)) is { } holder && holder != row.Vat)
                cells.Add(PortalField.CustomerNumber, PortalFault.NumberTaken);
            if (cells.Faults.Count == 0 && EarlierLine(_branches, KeyOf(row.Vat, row.Branch), row.Line) is { } earlier)
                cells.Twice(PortalField.Street, earlier);
            if (cells.Faults.Count > 0)
                return PortalRow.Faulty(row.Line, cells.Faults);

            var newNumber = NumberFor(cells, row, known);
            var begins = known is null && EarlierLine(_begun, row.Vat, row.Line) is null;
            var isThere = known is not null && branches.Contains(KeyOf(known.Id, row.Branch));
            return row with
            {
                Effect = !isThere ? RowEffect.New : newNumber is not null ? RowEffect.Changed : RowEffect.Unchanged,
                Faults = cells.Faults,
                BeginsOrganisation = begins,
                NewNumber = newNumber,
                OrganisationId = known?.Id,
                Values = new Dictionary<PortalField, string?>(row.Values) { [PortalField.CustomerNumber] = known?.CustomerNumber ?? (_numbers.TryGetValue(row.Vat, out var first) ? first.Number : null) },
            };
        }

        /// <summary>The number that the row brings; one that its organisation has already stays, with a warning.</summary>
        private string? NumberFor(PortalCells cells, OrganisationRow row, Organisation? known)
        {
            if (row.NewNumber is not { } number)
                return null;
            if (known?.CustomerNumber is null)
            {
                _numbers.TryAdd(row.Vat, (number, row.Line));
                _holders.TryAdd(number, row.Vat);
            }

            var first = known?.CustomerNumber is { } has ? (Number: has, Line: 0) : _numbers[row.Vat];
            if (first.Number != number)
                cells.Add(PortalField.CustomerNumber, PortalFault.NumberKept);
            return first.Line == row.Line ? number : null;
        }

        private static OrganisationRow? Read(PortalCells cells)
        {
            var name = cells.Text(PortalField.Name, Organisation.NameMaxLength, required: true);
            var vat = cells.Code(PortalField.VatNumber, text => VatNumber.TryParse(text, out var number) ? number.Value : null, required: true);
            var customer = cells.Code(PortalField.CustomerNumber, text => CustomerNumber.TryParse(text, out var number) ? number.Value : null);
            var street = cells.Text(PortalField.Street, Branch.StreetMaxLength, required: true);
            var postalCode = cells.PostalCode(PortalField.PostalCode, required: true);
            var town = cells.Text(PortalField.Town, Branch.TownMaxLength, required: true);
            var country = cells.Word(PortalField.Country, _countries)?.ToString();
            var phone = cells.Phone(PortalField.Phone);
            if (cells.Faults.Count > 0)
                return null;
            var branch = new BranchAddress(street!, postalCode!, town!, country ?? vat![..2], phone);
            return new OrganisationRow(cells.Line, RowEffect.New, [])
            {
                Name = name!,
                Vat = vat!,
                NewNumber = customer,
                Branch = branch,
                Values = new Dictionary<PortalField, string?>
                {
                    [PortalField.Name] = name,
                    [PortalField.VatNumber] = VatNumber.TryParse(vat, out var shown) ? shown.Display : vat,
                    [PortalField.CustomerNumber] = customer,
                    [PortalField.Street] = branch.Street,
                    [PortalField.PostalCode] = branch.PostalCode,
                    [PortalField.Town] = branch.Town,
                    [PortalField.Country] = branch.Country,
                    [PortalField.Phone] = phone is null ? null : PhoneNumber.Display(phone),
                },
            };
        }

        private static string KeyOf<T>(T owner, BranchAddress branch) =>
            FormattableString.Invariant($"{owner}|{SearchTokens.Normalise(branch.Street)}|{branch.PostalCode}|{SearchTokens.Normalise(branch.Town)}|{branch.Country}");
    }
}
