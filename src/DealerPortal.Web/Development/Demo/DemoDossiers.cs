using System.Globalization;
using DealerPortal.Core;
using DealerPortal.Core.Accounts;
using DealerPortal.Core.Calendar;
using DealerPortal.Core.Catalogue;
using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Files;
using DealerPortal.Core.Organisations;

namespace DealerPortal.Web.Development.Demo;

/// <summary>Dossiers over eighteen months, the same at every run: old ones have ended, recent ones are in every state there is.</summary>
internal sealed class DemoDossiers(DemoPeople people, IReadOnlyList<ProductModel> models, IReadOnlyList<StoredPhoto> photos, DemoQueue queue, DateTime now)
{
    public const int Count = 300;

    private const int Seed = 20_261_123;
    private static readonly TimeSpan Span = TimeSpan.FromDays(548);
    private static readonly WorkingDays Calendar = new(new HashSet<DateOnly>());

    /// <summary>Every pair of a request's end or stage and a repair's, in the order in which recent dossiers take them.</summary>
    private static readonly IReadOnlyList<State> EveryState =
    [
        .. from repair in (RepairStatus?[])[null, .. Enum.GetValues<RepairStatus>().Select(status => (RepairStatus?)status)]
           from request in (State[])
           [
               new(RequestStatus.Submitted, null, repair), new(RequestStatus.InProgress, null, repair), new(RequestStatus.WaitingForDealer, null, repair),
               .. Enum.GetValues<Resolution>().Select(resolution => new State(RequestStatus.Completed, resolution, repair)),
           ]
           select request,
    ];

    private static readonly State[] EndStates =
    [
        new(RequestStatus.Completed, Resolution.Answered, RepairStatus.RepairCompleted),
        new(RequestStatus.Completed, Resolution.Accepted, RepairStatus.RepairCompleted),
        new(RequestStatus.Completed, Resolution.Answered, RepairStatus.RepairCompleted),
        new(RequestStatus.Completed, Resolution.Cancelled, RepairStatus.RepairCancelled),
        new(RequestStatus.Completed, Resolution.Answered, RepairStatus.RepairCompleted),
        new(RequestStatus.Completed, Resolution.Refused, null),
        new(RequestStatus.Completed, Resolution.Accepted, RepairStatus.RepairCompleted),
        new(RequestStatus.Completed, Resolution.Cancelled, null),
    ];

#pragma warning disable CA5394 // Demo data has to be the same at every run, not unpredictable.
    private readonly Random _random = new(Seed);

    /// <param name="sequences">The last number given out, per year.</param>
    public async Task AddAsync(WriteScope write, Dictionary<int, long> sequences, CancellationToken ct)
    {
        var plans = Enumerable.Range(0, Count).Select(FiledAt).Order().Select((filedAt, i) => Plan(i, filedAt, sequences)).ToList();
        write.Db.AddRange(plans.Select(plan => plan.Dossier));
        await write.Db.SaveChangesAsync(ct);
        foreach (var plan in plans)
        {
            var dossier = plan.Dossier;
            write.Db.Add(new RepairRequest
            {
                DossierId = dossier.Id,
                OrganisationId = dossier.OrganisationId,
                ServiceOffer = plan.Model.ServiceOffer,
                SerialOmitted = dossier.SerialNumber is null,
                Location = plan.Location,
                Description = plan.Complaint,
                PreferredDate = plan.PreferredDate,
            });
            AddTimeline(write, plan);
            queue.Place(dossier);
            write.Db.AddRange(DossierSearchRows.Of(dossier));
        }

        AddPhotos(write, plans);
    }

    private DossierPlan Plan(int i, DateTime createdAt, Dictionary<int, long> sequences)
    {
        // Three in five at Liège, a third at Gent, the rest in Luxembourg.
        var organisation = people.Organisations[(i * 7 % 15) switch { < 9 => 0, < 14 => 1, _ => 2 }];
        var author = organisation.Members[_random.Next(organisation.Members.Count)];
        var texts = DemoTexts.In(author.Language);
        var model = models[_random.Next(models.Count)];
        var recent = Count - 1 - i;
        var state = recent < EveryState.Count * 2 ? EveryState[recent % EveryState.Count] : EndStates[i % EndStates.Length];
        var year = Formats.ToBrussels(createdAt).Year;
        sequences[year] = sequences.GetValueOrDefault(year) + _random.Next(1, 7);
        var location = model.ServiceOffer == ServiceOffer.InHome && _random.Next(3) > 0 ? DeviceLocation.EndUser : DeviceLocation.Branch;
        var sold = location == DeviceLocation.EndUser || _random.Next(4) > 0;
        var branch = organisation.Branches[_random.Next(organisation.Branches.Count)];
        var atEndUser = location == DeviceLocation.EndUser;
        var dossier = new Dossier
        {
            Number = DossierNumber.Format(year, sequences[year]),
            Type = DossierType.RepairRequest,
            OrganisationId = organisation.Row.Id,
            AuthorId = author.Id,
            OwnerId = author.Id,
            CreatedAt = createdAt,
            NotifyByMail = _random.Next(5) > 0,
            BranchId = atEndUser ? null : branch.Id,
            ModelCode = model.Code,
            ModelId = model.Id,
            SerialNumber = model.Category.SerialMayBeOmitted && i % 9 == 0 ? null : Serial(),
            Imei = model.Category.HasImei ? Imei() : null,
            Sold = sold,
            Reference = _random.Next(4) > 0 ? string.Create(CultureInfo.InvariantCulture, $"{texts.Reference}-{i + 100}") : null,
            EndUserName = sold ? Pick(texts.EndUsers) : null,
            EndUserStreet = atEndUser ? string.Create(CultureInfo.InvariantCulture, $"{(author.Language == "nl" ? "Teststraat" : "Rue du Test")} {_random.Next(1, 90)}") : null,
            EndUserPostalCode = atEndUser ? branch.PostalCode : null,
            EndUserTown = atEndUser ? branch.Town : null,
            EndUserPhone = atEndUser ? "+32470000000" : null,
        };
        return new DossierPlan(
            dossier, state, organisation, author, branch, model, location, texts,
            Pick(texts.Complaints[DemoTexts.TopicOf(model.Category.Code)]),
            _random.Next(3) == 0 ? Calendar.Add(DateOnly.FromDateTime(createdAt), model.LeadTimeDays + _random.Next(4), organisation.Row.Country) : null);
    }

    /// <summary>In office hours, evenly over the span, the last one this morning or the working day before.</summary>
    private DateTime FiledAt(int i)
    {
        // Thinner in the past than now, as a portal that grows.
        var share = Math.Pow((i + 1.0) / Count, 0.7);
        var day = Formats.ToBrussels(now - (Span * (1 - share))).Date;
        while (!Calendar.IsWorkingDay(DateOnly.FromDateTime(day), "BE"))
            day = day.AddDays(-1);
        var at = Formats.ToUtc(day.AddHours(8.5).AddMinutes(_random.Next(560)));
        return at < now.AddMinutes(-30) ? at : at.AddDays(-1);
    }

    private void AddTimeline(WriteScope write, DossierPlan plan)
    {
        var steps = Steps(plan).ToList();
        var dossier = plan.Dossier;
        var pause = TimeSpan.FromTicks(Math.Min(TimeSpan.FromHours(19).Ticks, (now - dossier.CreatedAt).Ticks / (steps.Count + 1)));
        var at = dossier.CreatedAt;
        AddEntry(write, dossier, at, TimelineKind.Submitted, ActorKind.Dealer, plan.Author.Id);
        foreach (var step in steps)
        {
            at += pause;
            step(write, at);
        }
    }

    private IEnumerable<Action<WriteScope, DateTime>> Steps(DossierPlan plan)
    {
        var (dossier, texts, state) = (plan.Dossier, plan.Texts, plan.State);
        var support = people.Support[plan.Author.Language == "nl" ? 1 : 0].Id;

        if (_random.Next(5) == 0)
            yield return Say(dossier, ActorKind.Dealer, plan.Author.Id, Pick(texts.DealerMessages));
        if (state.Request != RequestStatus.Submitted)
        {
            yield return (write, at) =>
            {
                dossier.MoveTo(RequestStatus.InProgress, at);
                AddEntry(write, dossier, at, TimelineKind.RequestStatusChanged, ActorKind.Support, support, request: RequestStatus.InProgress);
            };
        }

        foreach (var repair in RepairPath(state.Repair))
            yield return (write, at) => MoveRepair(write, plan, repair, at);
        if (_random.Next(6) == 0)
            yield return Say(dossier, ActorKind.Support, support, Pick(texts.Answers));
        if (state.Request == RequestStatus.WaitingForDealer)
        {
            yield return Say(dossier, ActorKind.Support, support, Pick(texts.Questions));
            yield return (write, at) =>
            {
                dossier.MoveTo(RequestStatus.WaitingForDealer, at);
                AddEntry(write, dossier, at, TimelineKind.RequestStatusChanged, ActorKind.Support, support, request: RequestStatus.WaitingForDealer);
            };
        }

        if (state.Resolution is { } resolution)
        {
            var text = Pick(resolution switch { Resolution.Answered => texts.Answers, Resolution.Accepted => texts.Accepted, Resolution.Refused => texts.Refused, _ => texts.Cancelled });
            yield return (write, at) =>
            {
                dossier.Complete(resolution, text, at);
                AddEntry(write, dossier, at, TimelineKind.RequestStatusChanged, ActorKind.Support, support, text, RequestStatus.Completed, resolution);
            };
        }
    }

    private static RepairStatus[] RepairPath(RepairStatus? status) => status switch
    {
        null => [],
        RepairStatus.OrderReceived => [RepairStatus.OrderReceived],
        RepairStatus.AppointmentScheduled => [RepairStatus.OrderReceived, RepairStatus.AppointmentScheduled],
        RepairStatus.InRepair => [RepairStatus.OrderReceived, RepairStatus.AppointmentScheduled, RepairStatus.InRepair],
        RepairStatus.WaitingForParts => [RepairStatus.OrderReceived, RepairStatus.InRepair, RepairStatus.WaitingForParts],
        RepairStatus.RepairCompleted => [RepairStatus.OrderReceived, RepairStatus.AppointmentScheduled, RepairStatus.InRepair, RepairStatus.RepairCompleted],
        _ => [RepairStatus.OrderReceived, RepairStatus.RepairCancelled],
    };

    private void MoveRepair(WriteScope write, DossierPlan plan, RepairStatus status, DateTime at)
    {
        var dossier = plan.Dossier;
        var reason = status == RepairStatus.RepairCancelled ? Pick(plan.Texts.RepairCancelled) : null;
        dossier.MoveRepairTo(status, reason, at);
        if (status != RepairStatus.AppointmentScheduled)
        {
            AddEntry(write, dossier, at, TimelineKind.RepairStatusChanged, ActorKind.ServiceCentre, null, reason, repair: status);
            return;
        }

        // Still to come where the repair stands at it, past where it went on.
        var from = plan.State.Repair == RepairStatus.AppointmentScheduled ? now : at;
        var morning = _random.Next(2) == 0;
        var appointment = new Appointment
        {
            DossierId = dossier.Id,
            OrganisationId = dossier.OrganisationId,
            Date = Calendar.Add(DateOnly.FromDateTime(Formats.ToBrussels(from)), 1 + _random.Next(4), plan.Organisation.Row.Country),
            From = new TimeOnly(morning ? 8 : 13, 0),
            Until = new TimeOnly(morning ? 12 : 17, 0),
            Place = plan.Location == DeviceLocation.EndUser
                ? $"{dossier.EndUserStreet}, {dossier.EndUserPostalCode} {dossier.EndUserTown}"
                : plan.Branch.AddressLine,
        };
        write.Db.Add(appointment);
        AddEntry(write, dossier, at, TimelineKind.AppointmentScheduled, ActorKind.ServiceCentre, null, repair: status, appointment: appointment);
    }

    private static Action<WriteScope, DateTime> Say(Dossier dossier, ActorKind actor, int actorId, string text) => (write, at) =>
    {
        dossier.Touch(at);
        // Some answer the mail instead of opening the page.
        AddEntry(write, dossier, at, TimelineKind.Message, actor, actorId, text, cameByMail: actor == ActorKind.Dealer && dossier.CreatedAt.Day % 3 == 0);
    };

    private static void AddEntry(
        WriteScope write,
        Dossier dossier,
        DateTime at,
        TimelineKind kind,
        ActorKind actor,
        int? actorId,
        string? text = null,
        RequestStatus? request = null,
        Resolution? resolution = null,
        RepairStatus? repair = null,
        Appointment? appointment = null,
        bool cameByMail = false) => write.Db.Add(new TimelineEntry
        {
            DossierId = dossier.Id,
            OrganisationId = dossier.OrganisationId,
            At = at,
            Kind = kind,
            Actor = actor,
            ActorId = actorId,
            Text = text,
            CameByMail = cameByMail,
            RequestStatus = request,
            Resolution = resolution,
            RepairStatus = repair,
            AppointmentDate = appointment?.Date,
            AppointmentFrom = appointment?.From,
            AppointmentUntil = appointment?.Until,
        });

    private void AddPhotos(WriteScope write, List<DossierPlan> plans)
    {
        for (var i = 0; i < photos.Count; i++)
        {
            // Two photos each on the newest dossiers.
            var plan = plans[^((i / 2) + 1)];
            write.Db.Add(new Attachment
            {
                Id = Guid.NewGuid(),
                OrganisationId = plan.Dossier.OrganisationId,
                UploadedById = plan.Author.Id,
                UploadedAt = plan.Dossier.CreatedAt,
                DossierId = plan.Dossier.Id,
                Name = photos[i].File.FileName,
                ContentType = photos[i].File.ContentType,
                Length = photos[i].File.Length,
                Sha256 = photos[i].File.Sha256Hex,
                StorageKey = photos[i].Key,
                ThumbnailKey = photos[i].ThumbnailKey,
            });
        }
    }

    private string Pick(string[] texts) => texts[_random.Next(texts.Length)];

    /// <summary>Fifteen characters without O and I, which plates do not use either.</summary>
    private string Serial() => string.Concat(Enumerable.Range(0, 15).Select(_ => "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ"[_random.Next(34)]));

    /// <summary>On the range for tests, with its check digit.</summary>
    private string Imei()
    {
        var body = string.Create(CultureInfo.InvariantCulture, $"00101234{_random.Next(1_000_000):000000}");
        var sum = body.Select((digit, i) => (digit - '0') * (i % 2 == 1 ? 2 : 1)).Sum(value => value > 9 ? value - 9 : value);
        return body + ((10 - (sum % 10)) % 10).ToString(CultureInfo.InvariantCulture);
    }
#pragma warning restore CA5394

    private sealed record State(RequestStatus Request, Resolution? Resolution, RepairStatus? Repair);

    private sealed record DossierPlan(
        Dossier Dossier,
        State State,
        DemoOrganisation Organisation,
        User Author,
        Branch Branch,
        ProductModel Model,
        DeviceLocation Location,
        DemoTexts Texts,
        string Complaint,
        DateOnly? PreferredDate);
}
