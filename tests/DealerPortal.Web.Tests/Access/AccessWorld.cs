using DealerPortal.Core.Accounts;
using DealerPortal.Core.Audit;
using DealerPortal.Core.Catalogue;
using DealerPortal.Core.Credits;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Dossiers.Lists;
using DealerPortal.Core.Dossiers.Queue.Bulk;
using DealerPortal.Core.Exports;
using DealerPortal.Core.Files;
using DealerPortal.Core.OldPortal;
using DealerPortal.Core.Organisations;
using DealerPortal.Core.ServiceCentres;
using DealerPortal.Core.Work;
using DealerPortal.TestCommon;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DealerPortal.Web.Tests.Access;

/// <summary>Who asks.</summary>
public enum Persona
{
    Anonymous,
    Pending,
    ForeignAdministrator,
    Colleague,
    Support,
    PortalAdministrator,
    Owner,
    Administrator,
}

/// <summary>
/// One organisation with something of everything that a route can name, and one of each kind of person who may ask for
/// it. Whatever belongs to the organisation carries a mark, so that one byte of it in a wrong answer is found.
/// </summary>
internal sealed class AccessWorld : IDisposable
{
    private readonly Dictionary<Persona, PortalClient> _clients;

    private AccessWorld(Dictionary<Persona, PortalClient> clients) => _clients = clients;

    public required IReadOnlyDictionary<string, string> RouteValues { get; init; }
    public required TestOrganisation Organisation { get; init; }
    public required TestUser Owner { get; init; }
    public required string ModelCode { get; init; }

    /// <summary>A file of the owner's draft.</summary>
    public required Guid StagedFileId { get; init; }

    public required int PendingMembershipId { get; init; }
    public required TestUser Colleague { get; init; }

    /// <summary>Another support agent than the one who asks.</summary>
    public required TestUser ColleagueOfStaff { get; init; }

    public required string InvitationToken { get; init; }

    /// <summary>Of a link into the organisation.</summary>
    public required string MemberInvitationToken { get; init; }

    /// <summary>What posts need to get as far as the rows they name; routes ignore what is not theirs.</summary>
    public required (string, string?)[] FormValues { get; init; }

    /// <summary>Marks of the dossier: for its owner, the administrators and staff.</summary>
    public required IReadOnlyList<string> DossierMarks { get; init; }

    /// <summary>Marks of the organisation beyond its public name: for its members and staff.</summary>
    public required IReadOnlyList<string> OrganisationMarks { get; init; }

    public PortalClient ClientOf(Persona persona) => _clients[persona];

    /// <summary>The route's address with this organisation's ids in it.</summary>
    public string Url(string pattern) => Route.Fill(pattern, RouteValues);

    public static async Task<AccessWorld> CreateAsync(PortalFactory factory)
    {
        var data = factory.Data;
        var mark = Guid.NewGuid().ToString("N")[..10];
        var organisation = await data.CreateOrganisationAsync($"Org{mark}");
        var branchId = await data.CreateBranchAsync(organisation, $"Street{mark} 1");
        var administrator = await data.CreateMemberAsync(organisation, MembershipRole.Administrator, lastName: $"Adm{mark}");
        var owner = await data.CreateMemberAsync(organisation, lastName: $"Own{mark}");
        var colleague = await data.CreateMemberAsync(organisation, lastName: $"Col{mark}");
        var pending = await data.CreateMemberAsync(organisation, status: MembershipStatus.Pending);
        var foreign = await data.CreateOrganisationAsync();
        var foreigner = await data.CreateMemberAsync(foreign, MembershipRole.Administrator);
        var dossier = await data.CreateDossierAsync(organisation, owner, plan =>
        {
            plan.Reference = $"Ref{mark}";
            plan.EndUserName = $"End{mark}";
            plan.Description = $"Desc{mark}";
            plan.SerialNumber = $"SN{mark}".ToUpperInvariant();
            plan.Timeline.Add((ActorKind.Dealer, TimelineKind.Message, $"Msg{mark}"));
            plan.Timeline.Add((ActorKind.Support, TimelineKind.InternalNote, $"Note{mark}"));
        });
        var returned = await data.CreateReturnAsync(organisation, owner, filed =>
        {
            filed.Reference = $"Ref{mark}";
            filed.MoveReturnTo(ReturnStatus.Authorised, null, factory.Now);
        });
        var (draftId, fileId, stagedId) = await AddDraftAndFilesAsync(factory, owner, organisation, dossier, mark);
        var model = await data.CreateModelAsync();
        var template = await data.CreateTemplateAsync();
        var card = await data.CreateDealercardAsync();
        await AddAppointmentAsync(factory, organisation, dossier);
        var centre = await data.CreateCentreAsync();
        var codeId = await AddCodeAsync(factory, centre);
        var uploadId = await AddUploadAsync(factory, centre, dossier);
        var keyId = await factory.ReadAsync(db => db.CentreKeys.Where(key => key.CentreId == centre.Id).Select(key => key.Id).SingleAsync());
        var memberships = await factory.ReadAsync(db => db.Memberships.Where(m => m.OrganisationId == organisation.Id).ToDictionaryAsync(m => m.UserId, m => m.Id));

        var support = await data.CreateStaffAsync(StaffRole.SupportAgent);
        var portal = await data.CreateStaffAsync(StaffRole.PortalAdministrator);
        var exportId = await AddExportAsync(factory, owner, organisation, mark);
        var (viewId, runId) = await AddQueueAsync(factory, support, dossier);
        var ownViewId = await AddViewAsync(factory, owner);
        var colleagueOfStaff = await data.CreateStaffAsync();
        var (invitationId, invitationToken) = await data.CreateInvitationAsync(portal);
        var (memberInvitationId, memberInvitationToken) = await data.CreateMemberInvitationAsync(organisation, administrator);
        var mail = await data.CreateMailAsync(owner, dossier, $"<p>Msg{mark}</p>");
        var inbound = await data.CreateInboundAsync($"Inb{mark}");
        var checkId = await AddAuditCheckAsync(factory, portal);
        var clients = new Dictionary<Persona, PortalClient>
        {
            [Persona.Anonymous] = factory.NewClient(),
            [Persona.Pending] = await factory.NewClientAsync(pending),
            [Persona.ForeignAdministrator] = await factory.NewClientAsync(foreigner),
            [Persona.Colleague] = await factory.NewClientAsync(colleague),
            [Persona.Support] = await factory.NewClientAsync(support),
            [Persona.PortalAdministrator] = await factory.NewClientAsync(portal),
            [Persona.Owner] = await factory.NewClientAsync(owner),
            [Persona.Administrator] = await factory.NewClientAsync(administrator),
        };
        var importId = await KeepImportAsync(factory, portal, model.Code);
        var credit = await data.CreateCreditAsync(organisation, change: given => given with { Reference = $"Cre{mark}" });
        var creditImportId = await KeepCreditsAsync(factory, support, $"{organisation.Id}");
        var portalImportId = await KeepOrganisationsAsync(factory, support);
        var announcement = await data.CreateAnnouncementAsync(support);
        var assistance = await data.CreateAssistanceAsync(support);
        return new AccessWorld(clients)
        {
            Organisation = organisation,
            Owner = owner,
            ModelCode = model.Code,
            StagedFileId = stagedId,
            PendingMembershipId = memberships[pending.Id],
            Colleague = colleague,
            ColleagueOfStaff = colleagueOfStaff,
            InvitationToken = invitationToken,
            MemberInvitationToken = memberInvitationToken,
            RouteValues = new Dictionary<string, string>
            {
                ["number"] = dossier.Number,
                ["slip/number"] = returned.Number,
                ["slug"] = "repair",
                ["formSlug"] = "repair",
                ["draftId"] = draftId.ToString(),
                ["files/id"] = fileId.ToString(),
                ["users/id"] = memberships[colleague.Id].ToString(System.Globalization.CultureInfo.InvariantCulture),
                ["branches/id"] = branchId.ToString(System.Globalization.CultureInfo.InvariantCulture),
                ["organisationId"] = organisation.Id.ToString(System.Globalization.CultureInfo.InvariantCulture),
                ["membershipId"] = memberships[colleague.Id].ToString(System.Globalization.CultureInfo.InvariantCulture),
                ["templateId"] = template.Id.ToString(System.Globalization.CultureInfo.InvariantCulture),
                ["cardId"] = card.Id.ToString(System.Globalization.CultureInfo.InvariantCulture),
                ["versionId"] = card.VersionId.ToString(),
                ["exportId"] = exportId.ToString(),
                ["mailId"] = mail.Id.ToString(),
                ["inboundId"] = inbound.Id.ToString(),
                ["index"] = "0",
                ["checkId"] = checkId.ToString(System.Globalization.CultureInfo.InvariantCulture),
                ["runId"] = runId.ToString(),
                ["views/id"] = viewId.ToString(System.Globalization.CultureInfo.InvariantCulture),
                ["dossiers/views/id"] = ownViewId.ToString(System.Globalization.CultureInfo.InvariantCulture),
                ["service-centres/id"] = centre.Id.ToString(System.Globalization.CultureInfo.InvariantCulture),
                ["codes/id"] = codeId.ToString(System.Globalization.CultureInfo.InvariantCulture),
                ["keyId"] = keyId.ToString(System.Globalization.CultureInfo.InvariantCulture),
                ["uploadId"] = uploadId.ToString(),
                ["catalogue/id"] = model.Id.ToString(System.Globalization.CultureInfo.InvariantCulture),
                ["categories/id"] = model.CategoryId.ToString(System.Globalization.CultureInfo.InvariantCulture),
                ["import/id"] = importId.ToString(),
                ["grmsNumber"] = credit.GrmsNumber,
                ["creditImportId"] = creditImportId.ToString(),
                ["portalImportId"] = portalImportId.ToString(),
                ["doa-conditions/id"] = "1",
                ["code"] = "404",
                ["announcementId"] = announcement.Id.ToString(System.Globalization.CultureInfo.InvariantCulture),
                ["language"] = "fr",
                ["assistanceId"] = assistance.Id.ToString(System.Globalization.CultureInfo.InvariantCulture),
                ["userId"] = colleague.Id.ToString(System.Globalization.CultureInfo.InvariantCulture),
                ["invitationId"] = invitationId.ToString(),
                ["memberInvitationId"] = memberInvitationId.ToString(),
            },
            FormValues = [("role", "Employee"), ("organisationId", organisation.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)), ("GrmsNumber", credit.GrmsNumber), ("Number", dossier.Number), ("code", model.Code), ("serial", "0123456789ABCDE"), ("remove", stagedId.ToString()), ("day", "2027-06-08")],
            DossierMarks = [$"Ref{mark}", $"End{mark}", $"Desc{mark}", $"Msg{mark}", $"SN{mark}".ToUpperInvariant(), $"file{mark}", $"Draft{mark}"],
            OrganisationMarks = [$"Street{mark}", $"Cre{mark}", $"Adm{mark}", $"Own{mark}", $"Col{mark}", organisation.VatNumber],
        };
    }

    /// <summary>A file of models that changes one, as the portal administrator uploaded it.</summary>
    public static async Task<Guid> KeepImportAsync(PortalFactory factory, TestUser owner, string modelCode)
    {
        await using var scope = factory.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<CatalogueImports>()
            .KeepAsync(owner.Id, "catalogue.csv", System.Text.Encoding.UTF8.GetBytes($"code;lead_time_days\n{modelCode};9\n"), CancellationToken.None);
    }

    /// <summary>A file of credits whose columns nobody has named yet.</summary>
    public static async Task<Guid> KeepCreditsAsync(PortalFactory factory, TestUser agent, string mark)
    {
        await using var scope = factory.Services.CreateAsyncScope();
        using var content = new MemoryStream(System.Text.Encoding.UTF8.GetBytes($"GRMS;Klant {mark};Netto;Aangevraagd\n43{Guid.NewGuid():N};C-1;12;2026-11-12\n"));
        return (await scope.ServiceProvider.GetRequiredService<CreditImports>().KeepAsync(agent.Id, "credits.csv", content, CancellationToken.None)).Id!.Value;
    }

    /// <summary>A file of the old portal with an organisation that is not there yet, checked.</summary>
    public static async Task<Guid> KeepOrganisationsAsync(PortalFactory factory, TestUser agent)
    {
        await using var scope = factory.Services.CreateAsyncScope();
        using var content = new MemoryStream(System.Text.Encoding.UTF8.GetBytes($"name;vat;street;postal code;town\nDémo;{TestData.NewVatNumber()};Rue de la Démo 1;4000;Liège\n"));
        var id = (await scope.ServiceProvider.GetRequiredService<PortalImports>().KeepAsync(agent.Id, PortalImportKind.Organisations, "organisations.csv", content, CancellationToken.None)).Id!.Value;
        await factory.RunAsync<PortalImporting>();
        return id;
    }

    public void Dispose()
    {
        foreach (var client in _clients.Values)
            client.Dispose();
    }

    /// <summary>A view of the queue and a step on several dossiers that are the agent's own.</summary>
    private static Task<(int ViewId, Guid RunId)> AddQueueAsync(PortalFactory factory, TestUser agent, TestDossier dossier) => factory.WriteAsync(async (write, ct) =>
    {
        var view = new SavedView { OwnerId = agent.Id, List = ViewedList.Queue, Name = "Retours", Query = "?waits=support&type=ReturnRequest", Position = 1 };
        var run = new BulkRun { Id = Guid.NewGuid(), ById = agent.Id, At = factory.Now, Kind = BulkStepKind.Assign, Results = BulkRun.Write([new BulkResult(dossier.Number, BulkOutcome.Done)]) };
        write.Db.AddRange(view, run);
        await write.Db.SaveChangesAsync(ct);
        return (view.Id, run.Id);
    });

    /// <summary>A view of the list of dossiers that is the owner's own.</summary>
    private static Task<int> AddViewAsync(PortalFactory factory, TestUser owner) => factory.WriteAsync(async (write, ct) =>
    {
        var view = new SavedView { OwnerId = owner.Id, List = ViewedList.Dossiers, Name = "Terminés", Query = "?status=Completed", Position = 1 };
        write.Db.Add(view);
        await write.Db.SaveChangesAsync(ct);
        return view.Id;
    });

    /// <summary>A list that the owner has exported.</summary>
    private static async Task<Guid> AddExportAsync(PortalFactory factory, TestUser owner, TestOrganisation organisation, string mark)
    {
        var key = FileKeys.New();
        using (var content = new MemoryStream(System.Text.Encoding.UTF8.GetBytes($"Ref{mark}")))
            await factory.Services.GetRequiredService<IFileStore>().WriteAsync(key, content, CancellationToken.None);
        var export = new Export
        {
            Id = Guid.NewGuid(),
            RequestedById = owner.Id,
            RequestedAt = factory.Now,
            OrganisationId = organisation.Id,
            SeesWholeOrganisation = false,
            Format = ExportFormat.Csv,
            Language = "fr",
            Filter = "{}",
            State = WorkState.Done,
            StorageKey = key,
            Length = 13,
            FinishedAt = factory.Now,
        };
        await factory.WriteAsync((write, _) =>
        {
            write.Db.Add(export);
            return Task.CompletedTask;
        });
        return export.Id;
    }

    private static async Task<(Guid DraftId, Guid FileId, Guid StagedId)> AddDraftAndFilesAsync(
        PortalFactory factory, TestUser owner, TestOrganisation organisation, TestDossier dossier, string mark)
    {
        var draftId = Guid.NewGuid();
        var attachments = new List<Attachment>();
        var store = factory.Services.GetRequiredService<IFileStore>();
        foreach (var (draft, filed) in ((Guid?, long?)[])[(null, dossier.Id), (draftId, null)])
        {
            var (key, thumbnail) = (FileKeys.New(), FileKeys.New());
            foreach (var written in (string[])[key, thumbnail])
            {
                using var content = new MemoryStream(System.Text.Encoding.UTF8.GetBytes($"file{mark}"));
                await store.WriteAsync(written, content, CancellationToken.None);
            }

            attachments.Add(new Attachment
            {
                Id = Guid.NewGuid(),
                OrganisationId = organisation.Id,
                UploadedById = owner.Id,
                UploadedAt = factory.Now,
                DraftId = draft,
                DossierId = filed,
                Name = $"file{mark}.jpg",
                ContentType = "image/jpeg",
                Length = 14,
                Sha256 = new string('0', 64),
                StorageKey = key,
                ThumbnailKey = thumbnail,
            });
        }

        await factory.WriteAsync((write, _) =>
        {
            write.Db.Add(new Draft
            {
                Id = draftId,
                OrganisationId = organisation.Id,
                OwnerId = owner.Id,
                Type = DossierType.RepairRequest,
                CreatedAt = factory.Now,
                SavedAt = factory.Now,
                Pairs = Draft.WritePairs([KeyValuePair.Create("Description", $"Draft{mark}")]),
            });
            write.Db.AddRange(attachments);
            return Task.CompletedTask;
        });
        return (draftId, attachments[0].Id, attachments[1].Id);
    }

    private static async Task<int> AddCodeAsync(PortalFactory factory, TestCentre centre)
    {
        var staff = await factory.Data.CreateStaffAsync();
        await using var scope = factory.Services.CreateAsyncScope();
        return (await scope.ServiceProvider.GetRequiredService<CentreCodes>().AddAsync(
            new CodeMapping($"W{Guid.NewGuid():N}"[..12], centre.Id, CodeMeaning.Information, null), staff.Id, CancellationToken.None))!.Value;
    }

    private static async Task<Guid> AddUploadAsync(PortalFactory factory, TestCentre centre, TestDossier dossier)
    {
        var staff = await factory.Data.CreateStaffAsync();
        await using var scope = factory.Services.CreateAsyncScope();
        var file = $"dossier;code;occurredAt\n{dossier.Number};ORDER-RECEIVED;23/11/2026 08:00\n";
        return (await scope.ServiceProvider.GetRequiredService<CentreUploads>().KeepAsync(
            centre.Id, "lundi.csv", System.Text.Encoding.UTF8.GetBytes(file), staff.Id, CancellationToken.None)).Id!.Value;
    }
    private static Task<int> AddAuditCheckAsync(PortalFactory factory, TestUser by) => factory.WriteAsync(async (write, ct) =>
    {
        var check = new AuditCheck { StartedAt = factory.Now, StartedById = by.Id, Target = 0, CheckedHash = new string('0', 64) };
        write.Db.Add(check);
        await write.Db.SaveChangesAsync(ct);
        return check.Id;
    });

    private static Task AddAppointmentAsync(PortalFactory factory, TestOrganisation organisation, TestDossier dossier) =>
        factory.WriteAsync((write, _) =>
        {
            write.Db.Add(new Appointment
            {
                DossierId = dossier.Id,
                OrganisationId = organisation.Id,
                Date = new DateOnly(2026, 11, 26),
                From = new TimeOnly(8, 0),
                Until = new TimeOnly(12, 0),
                Place = "Rue de la Démo 12, 4000 Liège",
            });
            return Task.CompletedTask;
        });
}
