using DealerPortal.Core.Accounts;
using DealerPortal.Core.Accounts.Invitations;
using DealerPortal.Core.Audit;
using DealerPortal.Core.Data;
using DealerPortal.Core.Organisations;
using DealerPortal.Core.Tables;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Core.OldPortal;

/// <summary>
/// Members, who are invited: nobody gets an account or a place without their own doing. Who is a member, or was invited, is known already.
/// Undoing withdraws what nobody has accepted; who did stays a member.
/// </summary>
public sealed class ImportedMembers(MemberInvitations invitations) : ImportedKind
{
    private const int TracesPerStep = 100;

    public override PortalImportKind Kind => PortalImportKind.Members;

    public override IReadOnlyList<PortalColumn> Columns { get; } =
    [
        OrganisationColumn,
        PortalColumn.Required(PortalField.Email, "e-mail", "email", "mail", "e-mail address", "adresse e-mail", "adresse mail", "courriel", "e-mailadres", "e-mail-adresse"),
        PortalColumn.Optional(PortalField.FirstName, "first name", "prénom", "voornaam", "vorname"),
        PortalColumn.Optional(PortalField.LastName, "last name", "surname", "nom", "nom de famille", "naam", "achternaam", "familienaam", "nachname", "name"),
        PortalColumn.Optional(PortalField.Role, "role", "rôle", "fonction", "rol", "functie", "rolle", "funktion"),
        PortalColumn.Optional(PortalField.Language, "language", "langue", "taal", "sprache"),
    ];

    /// <summary>Names an organisation by either of its numbers.</summary>
    internal static PortalColumn OrganisationColumn { get; } = PortalColumn.Required(
        PortalField.Organisation,
        "organisation", "organisatie", "customer number", "customer no", "customer", "numéro client", "numéro de client", "n° client", "klantnummer", "klantnr", "kundennummer", "kundennr",
        "vat number", "vat", "numéro de tva", "n° tva", "tva", "btw-nummer", "btw", "mwst-nummer", "ust-idnr");

    internal override RowReading Begin(PortalColumns columns) => new MemberRows(columns, invitations);

    internal override async Task<IReadOnlyList<UndoBlocker>> BlockersAsync(PortalDbContext db, Guid importId, CancellationToken ct)
    {
        var accepted = await Traced(db, importId).CountAsync(i => i.AcceptedAt != null, ct);
        return accepted == 0 ? [] : [new UndoBlocker(UndoObstacle.Accepted, accepted)];
    }

    internal override async Task<int> UndoStepAsync(WriteScope write, PortalImport import, DateTime now, CancellationToken ct)
    {
        var traces = await write.Db.Set<PortalImportTrace>().Where(t => t.ImportId == import.Id).OrderBy(t => t.Id).Take(TracesPerStep).ToListAsync(ct);
        List<Guid> ids = [.. traces.Select(t => t.InvitationId).OfType<Guid>()];
        var waiting = write.Db.Waiting<MemberInvitation>().Where(i => EF.Parameter(ids).Contains(i.Id));
        var withdrawn = await waiting.Select(i => i.Id).ToListAsync(ct);
        await waiting.ExecuteUpdateAsync(set => set.SetProperty(i => i.WithdrawnAt, now), ct);
        foreach (var id in withdrawn)
            write.Db.Record(now, import.OwnerId, "member.invitation-withdrawn", nameof(MemberInvitation), id);
        write.Db.RemoveRange(traces);
        return traces.Count;
    }

    private static IQueryable<MemberInvitation> Traced(PortalDbContext db, Guid importId) =>
        db.Set<MemberInvitation>().Where(i => db.Set<PortalImportTrace>().Any(t => t.ImportId == importId && t.InvitationId == i.Id));

    /// <summary>A row as it will be written.</summary>
    private sealed record MemberRow(int Line, RowEffect Effect, IReadOnlyList<PortalRowFault> Faults) : PortalRow(Line, Effect, Faults)
    {
        public required OrganisationKey Key { get; init; }
        public required MemberInvite Invite { get; init; }
        public string OrganisationName { get; init; } = "";
    }

    private sealed class MemberRows(PortalColumns columns, MemberInvitations invitations) : RowReading(columns)
    {
        private static readonly Dictionary<string, MembershipRole> _roles = TableCell.Words(
            (MembershipRole.Administrator, ["administrator", "admin", "administrateur", "administratrice", "beheerder", "gérant", "zaakvoerder"]),
            (MembershipRole.Employee, ["employee", "member", "collaborateur", "collaboratrice", "employé", "employée", "membre", "medewerker", "lid", "mitarbeiter", "mitarbeiterin", "mitglied", "user", "utilisateur", "gebruiker", "benutzer"]));

        private static readonly Dictionary<string, Spoken> _languages = TableCell.Words(
            (Spoken.Fr, ["fr", "f", "français", "french", "frans", "französisch"]),
            (Spoken.Nl, ["nl", "n", "nederlands", "néerlandais", "dutch", "niederländisch"]),
            (Spoken.De, ["de", "d", "deutsch", "allemand", "duits", "german"]),
            (Spoken.En, ["en", "e", "english", "anglais", "engels", "englisch"]));

        /// <summary>The line of each person in each organisation, and that of each organisation's first one.</summary>
        private readonly Dictionary<string, int> _people = [];
        private readonly Dictionary<string, int> _first = [];

        private enum Spoken
        {
            Fr,
            Nl,
            De,
            En,
        }

        public override async Task<IReadOnlyList<PortalRow>> WriteAsync(WriteScope write, PortalImport import, IReadOnlyList<TableRow> rows, DateTime now, CancellationToken ct)
        {
            var judged = await JudgeAsync(write.Db, rows, ct);
            var inviter = await write.Db.Users.AsNoTracking().SingleAsync(u => u.Id == import.OwnerId, ct);
            foreach (var row in judged.OfType<MemberRow>().Where(row => row.Effect == RowEffect.New))
            {
                var invitation = invitations.Add(write, row.Invite, inviter.FullName, row.OrganisationName, import.OwnerId);
                write.Db.Add(new PortalImportTrace { ImportId = import.Id, Kind = TraceKind.Invitation, InvitationId = invitation.Id });
            }

            return judged;
        }

        protected override async Task<IReadOnlyList<PortalRow>> JudgeAsync(PortalDbContext db, IReadOnlyList<PortalCells> rows, CancellationToken ct)
        {
            var read = rows.Select(cells => (Cells: cells, Row: Read(cells))).ToList();
            var good = read.Select(pair => pair.Row).OfType<MemberRow>().ToList();
            var organisations = await KnownOrganisations.FindAsync(db, good.Select(row => row.Key), ct);
            List<int> ids = [.. organisations.All.Select(o => o.Id)];
            List<string> addresses = [.. good.Select(row => EmailAddress.Normalise(row.Invite.Email)).Distinct()];
            var staff = await db.Users.Where(u => EF.Parameter(addresses).Contains(u.NormalizedEmail!) && u.StaffRole != StaffRole.None).Select(u => u.NormalizedEmail!).ToListAsync(ct);
            var members = await (
                from user in db.Users
                where EF.Parameter(addresses).Contains(user.NormalizedEmail!)
                join membership in db.Memberships on user.Id equals membership.UserId
                where EF.Parameter(ids).Contains(membership.OrganisationId)
                select new { Key = new { membership.OrganisationId, Email = user.NormalizedEmail! }, membership.Status }).ToDictionaryAsync(row => (row.Key.OrganisationId, row.Key.Email), row => row.Status, ct);
            var waiting = await db.Waiting<MemberInvitation>().Where(i => EF.Parameter(ids).Contains(i.OrganisationId)).Select(i => new { i.OrganisationId, i.NormalizedEmail, i.Role }).ToListAsync(ct);
            var led = (await db.Memberships.Where(m => EF.Parameter(ids).Contains(m.OrganisationId) && m.Status == MembershipStatus.Approved && m.Role == MembershipRole.Administrator)
                .Select(m => m.OrganisationId).Distinct().ToListAsync(ct)).Concat(waiting.Where(i => i.Role == MembershipRole.Administrator).Select(i => i.OrganisationId)).ToHashSet();
            var invited = waiting.Select(i => (i.OrganisationId, i.NormalizedEmail)).ToHashSet();
            return [.. read.Select(pair => pair.Row is { } row ? Judge(pair.Cells, row, organisations[row.Key]) : PortalRow.Faulty(pair.Cells.Line, pair.Cells.Faults))];

            PortalRow Judge(PortalCells cells, MemberRow row, KnownOrganisation? organisation)
            {
                var address = EmailAddress.Normalise(row.Invite.Email);
                if (organisation is null)
                {
                    cells.Add(PortalField.Organisation, PortalFault.UnknownOrganisation);
                    return PortalRow.Faulty(row.Line, cells.Faults);
                }

                if (staff.Contains(address))
                    cells.Add(PortalField.Email, PortalFault.OfStaff);
                var status = members.TryGetValue((organisation.Id, address), out var known) ? known : (MembershipStatus?)null;
                if (status is MembershipStatus.Pending)
                    cells.Add(PortalField.Email, PortalFault.HasAsked);
                else if (status is MembershipStatus.Refused or MembershipStatus.Deactivated)
                    cells.Add(PortalField.Email, PortalFault.WasMember);
                if (cells.Faults.Count == 0 && EarlierLine(_people, FormattableString.Invariant($"{organisation.Id}|{address}"), row.Line) is { } earlier)
                    cells.Twice(PortalField.Email, earlier);
                if (cells.Faults.Count > 0)
                    return PortalRow.Faulty(row.Line, cells.Faults);
                var isThere = status is not null || invited.Contains((organisation.Id, address));
                var isFirst = EarlierLine(_first, FormattableString.Invariant($"{organisation.Id}"), row.Line) is null;
                if (!isThere && isFirst && !led.Contains(organisation.Id) && row.Invite.Role != MembershipRole.Administrator)
                    cells.Add(PortalField.Role, PortalFault.NoAdministrator);
                return row with
                {
                    Effect = isThere ? RowEffect.Unchanged : RowEffect.New,
                    Faults = cells.Faults,
                    Invite = row.Invite with { OrganisationId = organisation.Id },
                    OrganisationName = organisation.Name,
                    Values = new Dictionary<PortalField, string?>(row.Values) { [PortalField.Organisation] = organisation.Name },
                };
            }
        }

        private static MemberRow? Read(PortalCells cells)
        {
            var organisation = cells.Code(PortalField.Organisation, text => OrganisationKey.Of(text) is null ? null : text, required: true);
            var email = cells.Email(PortalField.Email, required: true);
            var firstName = cells.Text(PortalField.FirstName, User.NameMaxLength);
            var lastName = cells.Text(PortalField.LastName, User.NameMaxLength);
            var role = cells.Word(PortalField.Role, _roles) ?? MembershipRole.Employee;
            var language = cells.Word(PortalField.Language, _languages)?.ToString().ToLowerInvariant() ?? Languages.Default;
            if (cells.Faults.Count > 0)
                return null;
            return new MemberRow(cells.Line, RowEffect.New, [])
            {
                Key = OrganisationKey.Of(organisation)!,
                Invite = new MemberInvite(0, email!, firstName, lastName, role, language),
                Values = new Dictionary<PortalField, string?>
                {
                    [PortalField.Organisation] = organisation,
                    [PortalField.Email] = email,
                    [PortalField.FirstName] = firstName,
                    [PortalField.LastName] = lastName,
                    [PortalField.Role] = role.ToString(),
                    [PortalField.Language] = language,
                },
            };
        }
    }
}
