using DealerPortal.Core;
using DealerPortal.Core.Accounts;
using DealerPortal.Core.Catalogue;
using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers;

namespace DealerPortal.Web.Development.Demo;

/// <summary>Dossiers of the other types, filed in the last days: a return in every state, and questions that wait and that are answered.</summary>
internal sealed class DemoOtherDossiers(DemoPeople people, IReadOnlyList<ProductModel> models, DemoQueue queue, DateTime now)
{
    private const int OlderDoas = 14;

    private static readonly TimeSpan Step = TimeSpan.FromHours(5);

    public async Task AddAsync(WriteScope write, Dictionary<int, long> sequences, CancellationToken ct)
    {
        var day = 12;
        foreach (var status in Enum.GetValues<ReturnStatus>().Select(status => (ReturnStatus?)status).Prepend(null))
            await AddReturnAsync(write, sequences, status, day--, ct);
        foreach (var decision in (Resolution?[])[null, Resolution.Accepted, Resolution.Refused])
            await AddDoaAsync(write, sequences, decision, 15 + (int)(decision ?? 0), 0, ct);
        // Decided long ago, so that the figures have rates to show.
        for (var i = 0; i < OlderDoas; i++)
            await AddDoaAsync(write, sequences, i % 4 == 1 ? Resolution.Refused : Resolution.Accepted, 40 + (i * 9), i % 2, ct);
        foreach (var organisation in people.Organisations)
        {
            var author = organisation.Members[0];
            var isDutch = author.Language == "nl";
            var question = await AddAsync(write, New(organisation, author, DossierType.TechnicalQuestion, sequences, 4), ct);
            write.Db.Add(new TechnicalQuestion
            {
                DossierId = question.Id,
                OrganisationId = question.OrganisationId,
                Subject = isDutch ? "Waterslang verlengen" : "Rallonger le tuyau",
                Question = isDutch ? "Mag de toevoerslang verlengd worden tot drie meter?" : "Le tuyau d’arrivée peut-il être rallongé à trois mètres ?",
            });
            Complete(write, question, isDutch ? "Ja, met de originele verlengset." : "Oui, avec le kit d’origine.");
            var credit = await AddAsync(write, New(organisation, author, DossierType.CreditQuestion, sequences, 3, dossier => dossier.GrmsNumber = "DEMO-2611-0042"), ct);
            write.Db.Add(new CreditQuestion { DossierId = credit.Id, OrganisationId = credit.OrganisationId, Question = isDutch ? "Wanneer volgt de creditnota?" : "Quand la note de crédit suivra-t-elle ?" });
            var general = await AddAsync(write, New(organisation, author, DossierType.GeneralQuestion, sequences, 2), ct);
            write.Db.Add(new GeneralQuestion
            {
                DossierId = general.Id,
                OrganisationId = general.OrganisationId,
                Subject = isDutch ? "Openingsuren" : "Heures d’ouverture",
                Message = isDutch ? "Is de Dealerline open tussen de feestdagen?" : "La Dealerline est-elle ouverte entre les fêtes ?",
            });
            await AddAccessoryAsync(write, organisation, author, sequences, isDutch, ct);
            await AddPickupAsync(write, organisation, author, sequences, isDutch, ct);
        }
    }

    private async Task AddAccessoryAsync(WriteScope write, DemoOrganisation organisation, User author, Dictionary<int, long> sequences, bool isDutch, CancellationToken ct)
    {
        var dossier = await AddAsync(write, New(organisation, author, DossierType.MissingAccessory, sequences, 1, WithDevice(organisation, 1)), ct);
        write.Db.Add(new MissingAccessory
        {
            DossierId = dossier.Id,
            OrganisationId = dossier.OrganisationId,
            DeliveryDate = DateOnly.FromDateTime(now.AddDays(-3)),
            DeliveryNoteNumber = "DEMO-778",
            DeliverTo = DeliverTo.Branch,
            Lines =
            [
                new() { DossierId = dossier.Id, OrganisationId = dossier.OrganisationId, Position = 1, What = isDutch ? "Stelpoot" : "Pied réglable", PartNumber = "PT-100", Quantity = 4 },
                new() { DossierId = dossier.Id, OrganisationId = dossier.OrganisationId, Position = 2, What = isDutch ? "Handleiding" : "Mode d’emploi", Quantity = 1 },
            ],
        });
    }

    private async Task AddPickupAsync(WriteScope write, DemoOrganisation organisation, User author, Dictionary<int, long> sequences, bool isDutch, CancellationToken ct)
    {
        var dossier = await AddAsync(write, New(organisation, author, DossierType.AppliancePickup, sequences, 2, WithDevice(organisation, 2)), ct);
        write.Db.Add(new AppliancePickup
        {
            DossierId = dossier.Id,
            OrganisationId = dossier.OrganisationId,
            Purpose = PickupPurpose.LargeWhiteGoods,
            Reason = PickupReason.Other,
            ReasonText = isDutch ? "Bij de levering ingeruild toestel." : "Appareil repris à la livraison.",
            ContactName = author.FullName,
            ContactPhone = organisation.Branches[0].Phone ?? "+32470000010",
            ReadyFrom = DateOnly.FromDateTime(now.AddDays(1)),
            Floor = "0",
            HasLift = false,
            OpeningHours = isDutch ? "9 tot 18 uur, zondag gesloten" : "de 9 h à 18 h, fermé le dimanche",
        });
    }

    /// <summary>A television that was sold: that category has conditions of its own.</summary>
    private async Task AddDoaAsync(WriteScope write, Dictionary<int, long> sequences, Resolution? decision, int daysAgo, int television, CancellationToken ct)
    {
        var organisation = people.Organisations[0];
        var model = models.Where(m => m.Category.Code == "television").ElementAt(television);
        var dossier = await AddAsync(write, New(organisation, organisation.Members[0], DossierType.TechnicalDoa, sequences, daysAgo, WithDevice(organisation, daysAgo) + (d =>
        {
            (d.ModelCode, d.ModelId, d.Sold) = (model.Code, model.Id, true);
        })), ct);
        var filed = Formats.ToBrussels(dossier.CreatedAt);
        var bought = DateOnly.FromDateTime(filed.AddDays(-8));
        var set = await write.Db.DoaConditionsAsync(model.CategoryId, DateOnly.FromDateTime(filed), ct);
        var facts = new DoaFacts(DateOnly.FromDateTime(filed), true, bought, false, true, HasProof: true, HasSerialPlate: true, HasFaultPhoto: true);
        write.Db.Add(new TechnicalDoa
        {
            DossierId = dossier.Id,
            OrganisationId = dossier.OrganisationId,
            PurchaseDate = bought,
            IsDamaged = false,
            IsComplete = true,
            Description = "Écran noir dès le premier allumage, le voyant clignote trois fois.",
            ConditionSetId = set.Id,
            Verdicts =
            [
                .. set.Judge(facts).Select(finding => new DoaVerdict
                {
                    DossierId = dossier.Id,
                    OrganisationId = dossier.OrganisationId,
                    Position = finding.Condition.Position,
                    Outcome = finding.Outcome,
                    Days = finding.Days,
                }),
            ],
        });
        if (decision is not { } resolution)
            return;
        var at = dossier.CreatedAt + Step;
        var text = resolution == Resolution.Accepted ? "Le DOA est accepté. Vous pouvez demander le retour." : "L’appareil a été utilisé plusieurs mois, d’après le compteur.";
        dossier.Complete(resolution, text, at);
        Entry(write, dossier, at, TimelineKind.RequestStatusChanged, ActorKind.Support, people.Support[0].Id, text, RequestStatus.Completed, resolution);
    }

    private async Task AddReturnAsync(WriteScope write, Dictionary<int, long> sequences, ReturnStatus? reached, int daysAgo, CancellationToken ct)
    {
        var organisation = people.Organisations[0];
        var author = organisation.Members[daysAgo % organisation.Members.Count];
        var dossier = await AddAsync(write, New(organisation, author, DossierType.ReturnRequest, sequences, daysAgo, WithDevice(organisation, daysAgo)), ct);
        write.Db.Add(new ReturnRequest
        {
            DossierId = dossier.Id,
            OrganisationId = dossier.OrganisationId,
            IsDoa = daysAgo % 2 == 0,
            Reason = daysAgo % 2 == 0 ? null : "Livré par erreur.",
            IsDamaged = false,
            Description = "L’appareil ne s’allume pas à la première mise en service.",
            ReadyFrom = DateOnly.FromDateTime(now.AddDays(1)),
        });
        if (reached is not { } end)
            return;
        var at = dossier.CreatedAt;
        var support = people.Support[0].Id;
        Entry(write, dossier, at += Step, TimelineKind.RequestStatusChanged, ActorKind.Support, support, request: RequestStatus.InProgress);
        dossier.MoveTo(RequestStatus.InProgress, at);
        foreach (var status in Enum.GetValues<ReturnStatus>().Where(status => status == end || (status < end && status != ReturnStatus.Credited)))
            Move(write, dossier, status, at += Step, support);
    }

    private void Move(WriteScope write, Dossier dossier, ReturnStatus status, DateTime at, int support)
    {
        var reason = status == ReturnStatus.Refused ? "Le contrôle montre un dégât dû à un choc." : null;
        dossier.MoveReturnTo(status, reason, at);
        if (status == ReturnStatus.Credited)
        {
            dossier.GrmsNumber = "DEMO-2611-0007";
            write.Db.AddRange(DossierSearchRows.Of(dossier).ExceptBy(write.Db.DossierTokens.Local.Where(t => t.DossierId == dossier.Id).Select(t => t.Token), row => row.Token));
        }

        if (status != ReturnStatus.PickupPlanned)
        {
            Entry(write, dossier, at, TimelineKind.ReturnStatusChanged, ActorKind.Support, support, reason, returned: status);
            return;
        }

        var pickup = new Appointment
        {
            DossierId = dossier.Id,
            OrganisationId = dossier.OrganisationId,
            Date = DateOnly.FromDateTime(now.AddDays(2)),
            From = new TimeOnly(8, 0),
            Until = new TimeOnly(12, 0),
            Place = people.Organisations[0].Branches[0].AddressLine,
        };
        write.Db.Add(pickup);
        Entry(write, dossier, at, TimelineKind.PickupPlanned, ActorKind.Support, support, returned: status, pickup: pickup);
    }

    private void Complete(WriteScope write, Dossier dossier, string answer)
    {
        var at = dossier.CreatedAt + Step;
        dossier.Complete(Resolution.Answered, answer, at);
        Entry(write, dossier, at, TimelineKind.RequestStatusChanged, ActorKind.Support, people.Support[0].Id, answer, RequestStatus.Completed, Resolution.Answered);
    }

    private Action<Dossier> WithDevice(DemoOrganisation organisation, int index) => dossier =>
    {
        var model = models[index * 7 % models.Count];
        dossier.ModelCode = model.Code;
        dossier.ModelId = model.Id;
        dossier.SerialNumber = $"DEMO{organisation.Row.Id:00}{index:00}8000045";
    };

    private Dossier New(DemoOrganisation organisation, User author, DossierType type, Dictionary<int, long> sequences, int daysAgo, Action<Dossier>? more = null)
    {
        var at = now.AddDays(-daysAgo).AddMinutes(-17 * daysAgo);
        var year = Formats.ToBrussels(at).Year;
        var dossier = new Dossier
        {
            Number = DossierNumber.Format(year, sequences[year] = sequences.GetValueOrDefault(year) + 2),
            Type = type,
            OrganisationId = organisation.Row.Id,
            AuthorId = author.Id,
            OwnerId = author.Id,
            CreatedAt = at,
            NotifyByMail = true,
            BranchId = type is DossierType.ReturnRequest or DossierType.MissingAccessory or DossierType.AppliancePickup ? organisation.Branches[0].Id : null,
            Sold = type == DossierType.ReturnRequest ? false : null,
        };
        more?.Invoke(dossier);
        return dossier;
    }

    private async Task<Dossier> AddAsync(WriteScope write, Dossier dossier, CancellationToken ct)
    {
        write.Db.Add(dossier);
        await write.Db.SaveChangesAsync(ct);
        Entry(write, dossier, dossier.CreatedAt, TimelineKind.Submitted, ActorKind.Dealer, dossier.AuthorId);
        queue.Place(dossier);
        write.Db.AddRange(DossierSearchRows.Of(dossier));
        return dossier;
    }

    private static void Entry(
        WriteScope write,
        Dossier dossier,
        DateTime at,
        TimelineKind kind,
        ActorKind actor,
        int actorId,
        string? text = null,
        RequestStatus? request = null,
        Resolution? resolution = null,
        ReturnStatus? returned = null,
        Appointment? pickup = null) => write.Db.Add(new TimelineEntry
        {
            DossierId = dossier.Id,
            OrganisationId = dossier.OrganisationId,
            At = at,
            Kind = kind,
            Actor = actor,
            ActorId = actorId,
            Text = text,
            RequestStatus = request,
            Resolution = resolution,
            ReturnStatus = returned,
            AppointmentDate = pickup?.Date,
            AppointmentFrom = pickup?.From,
            AppointmentUntil = pickup?.Until,
        });
}
