using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Mail;
using DealerPortal.TestCommon;
using Microsoft.EntityFrameworkCore;
using Xunit.Abstractions;

namespace DealerPortal.Web.Tests.Features.Api;

/// <summary>A service centre with a bad line: a thousand events about a hundred dossiers, in any order, each sent twice, four at a time.</summary>
public sealed class ServiceCentrePlayTests(ITestOutputHelper output)
{
    private const int Dossiers = 100;
    private const int AtOnce = 4;

    // Code, and what it means to the dossier; a code of the other list's place is left out by a story's length.
    private static readonly (string Code, RepairStatus Status)[] Repair =
    [
        ("ORDER-RECEIVED", RepairStatus.OrderReceived), ("APPOINTMENT", RepairStatus.AppointmentScheduled), ("APPOINTMENT", RepairStatus.AppointmentScheduled),
        ("IN-REPAIR", RepairStatus.InRepair), ("WAITING-FOR-PARTS", RepairStatus.WaitingForParts), ("APPOINTMENT", RepairStatus.AppointmentScheduled),
        ("IN-REPAIR", RepairStatus.InRepair), ("WAITING-FOR-PARTS", RepairStatus.WaitingForParts), ("APPOINTMENT", RepairStatus.AppointmentScheduled),
        ("COMPLETED", RepairStatus.RepairCompleted), ("CANCELLED", RepairStatus.RepairCancelled),
    ];

    private static readonly (string Code, ReturnStatus Status)[] Return =
    [
        ("RETURN-AUTHORISED", ReturnStatus.Authorised), ("PICKUP-PLANNED", ReturnStatus.PickupPlanned), ("PICKUP-PLANNED", ReturnStatus.PickupPlanned),
        ("PICKUP-PLANNED", ReturnStatus.PickupPlanned), ("PICKUP-PLANNED", ReturnStatus.PickupPlanned), ("PICKUP-PLANNED", ReturnStatus.PickupPlanned),
        ("PICKUP-PLANNED", ReturnStatus.PickupPlanned), ("COLLECTED", ReturnStatus.Collected), ("INSPECTED", ReturnStatus.Inspected),
        ("CREDITED", ReturnStatus.Credited), ("RETURN-REFUSED", ReturnStatus.Refused),
    ];

    [Fact]
    public async Task ThousandEvents_ShuffledAndSentTwice_EndInTheRightState()
    {
        using var factory = new PortalFactory { Settings = { ["Api:EventsPerMinute"] = "100000" } };
        var random = new Random(20261126);
        var organisation = await factory.Data.CreateOrganisationAsync();
        var person = await factory.Data.CreateMemberAsync(organisation);
        var centre = await factory.Data.CreateCentreAsync();
        var stories = new List<Story>();
        for (var i = 0; i < Dossiers; i++)
        {
            var dossier = i % 5 < 3 ? await factory.Data.CreateDossierAsync(organisation, person) : await factory.Data.CreateReturnAsync(organisation, person);
            stories.Add(i % 5 < 3 ? NewStory(dossier, Repair, i, factory.Now, random) : NewStory(dossier, Return, i, factory.Now, random));
        }

        var sent = stories.SelectMany(story => story.Events.Select(e => (story.Dossier.Number, e.Json))).ToList();
        Assert.Equal(1000, sent.Count);
        var queue = sent.Concat(sent).ToArray();
        random.Shuffle(queue);

        var (answers, elapsed) = await PlayAsync(factory, centre, queue);

        Assert.All(answers.GroupBy(answer => answer.Json), again => Assert.Single(again.Select(answer => answer.Answer.Body).Distinct()));
        Assert.All(answers, answer => Assert.Equal(200, answer.Answer.Status));
        output.WriteLine($"{queue.Length} requests in {elapsed.TotalSeconds:0.0} s, slowest answer {answers.Max(answer => answer.Took.TotalMilliseconds):0} ms");
        foreach (var story in stories)
            await AssertRightAsync(factory, story);
        var mails = await factory.ReadAsync(db => db.Set<OutboxMail>().AsNoTracking().ToListAsync());
        Assert.All(mails.GroupBy(mail => (mail.DossierId, mail.Kind)).Where(group => group.Key.Kind is "RepairCompleted" or "ReturnCredited"), group => Assert.Single(group));
        Assert.Equal(1000, await factory.ReadAsync(db => db.CentreEvents.CountAsync()));
    }

    private static async Task<(IReadOnlyList<(string Json, MachineAnswer Answer, TimeSpan Took)> Answers, TimeSpan Elapsed)> PlayAsync(
        PortalFactory factory, TestCentre centre, IReadOnlyList<(string Number, string Json)> queue)
    {
        using var machine = new Machine(factory, centre.Key);
        var answers = new (string, MachineAnswer, TimeSpan)[queue.Count];
        var next = -1;
        var begun = TimeProvider.System.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(async _ =>
        {
            while (Interlocked.Increment(ref next) is var i && i < queue.Count)
            {
                var asked = TimeProvider.System.GetTimestamp();
                answers[i] = (queue[i].Json, await machine.PostAsync(queue[i].Number, queue[i].Json), TimeProvider.System.GetElapsedTime(asked));
            }
        }));
        return (answers, TimeProvider.System.GetElapsedTime(begun));
    }

    private static async Task AssertRightAsync(PortalFactory factory, Story story)
    {
        var (dossier, appointment, entries) = await factory.ReadAsync(async db => (
            await db.Dossiers.IgnoreQueryFilters().AsNoTracking().SingleAsync(d => d.Id == story.Dossier.Id),
            await db.Appointments.IgnoreQueryFilters().AsNoTracking().SingleOrDefaultAsync(a => a.DossierId == story.Dossier.Id),
            await db.Timeline.IgnoreQueryFilters().AsNoTracking().Where(e => e.DossierId == story.Dossier.Id && e.Actor == ActorKind.ServiceCentre && (e.RepairStatus != null || e.ReturnStatus != null)).ToListAsync()));

        Assert.Equal(story.Events.Select(e => e.OccurredAt).Order(), entries.Select(e => e.OccurredAt!.Value).Order());
        Assert.Equal(story.Expected, dossier.RepairStatus?.ToString() ?? dossier.ReturnStatus?.ToString());
        Assert.Equal("R-" + story.Dossier.Number, dossier.ServiceOrderNumber);
        if (story.Appointment is { } expected)
            Assert.Equal(expected, appointment!.Date);
    }

    /// <summary>Ten of the track's events a minute or more apart, most as they should be, some contradicting each other.</summary>
    private static Story NewStory<TStatus>(TestDossier dossier, (string Code, TStatus Status)[] track, int number, DateTime now, Random random)
        where TStatus : struct, Enum
    {
        var steps = track.ToList();
        steps.RemoveAt(number % 7 == 0 ? 0 : number % 3 == 0 ? steps.Count - 2 : steps.Count - 1);
        if (number % 4 == 0)
            (steps[^1], steps[^2]) = (steps[^2], steps[^1]);
        var events = new List<Sent>();
        var minute = -2000;
        var stands = (TStatus?)null;
        DateOnly? appointment = null;
        foreach (var (code, status) in steps)
        {
            minute += random.Next(1, 150);
            var at = now.AddMinutes(minute);
            var date = new DateOnly(2026, 12, 1).AddDays(random.Next(60));
            var json = Machine.Event($"{dossier.Number}/{events.Count}", code, at);
            if (code is "APPOINTMENT" or "PICKUP-PLANNED")
                json["appointment"] = Machine.Appointment(date.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
            if (code is "CANCELLED" or "RETURN-REFUSED")
                json["reason"] = "Irréparable";
            if (events.Count == 2)
                json["orderNumber"] = "R-" + dossier.Number;
            events.Add(new Sent(json.ToJsonString(), at));
            if (stands is null || Allows(stands.Value, status))
            {
                stands = status;
                appointment = json.ContainsKey("appointment") ? date : appointment;
            }
        }

        return new Story(dossier, events, stands!.Value.ToString(), IsOver(stands.Value) ? null : appointment);
    }

    private static bool Allows<TStatus>(TStatus from, TStatus to) => (from, to) switch
    {
        (RepairStatus f, RepairStatus t) => RepairTransitions.Allows(f, t),
        (ReturnStatus f, ReturnStatus t) => ReturnTransitions.Allows(f, t),
        _ => false,
    };

    private static bool IsOver<TStatus>(TStatus status) => status switch
    {
        RepairStatus repair => RepairTransitions.IsEnd(repair),
        ReturnStatus returned => !ReturnTransitions.AwaitsPickup(returned),
        _ => true,
    };

    private sealed record Sent(string Json, DateTime OccurredAt);

    /// <param name="Expected">The status at the end of the events as they happened.</param>
    /// <param name="Appointment">The one that still matters then.</param>
    private sealed record Story(TestDossier Dossier, IReadOnlyList<Sent> Events, string Expected, DateOnly? Appointment);
}
