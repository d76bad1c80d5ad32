using System.Text.Json.Nodes;
using DealerPortal.Core.Accounts;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.ServiceCentres;
using DealerPortal.TestCommon;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DealerPortal.Web.Tests.Features.Api;

public sealed class EventsTests(OwnPortalFixture portal) : IClassFixture<OwnPortalFixture>
{
    private DateTime Now => portal.Factory.Now;

    [Fact]
    public async Task Repair_FromOrderToDone_ReachesStatusTimelinePageAndMail()
    {
        var (centre, dossier, person) = await CaseAsync();
        using var machine = new Machine(portal.Factory, centre.Key);
        var received = Machine.Event("e1", "order-received", Now.AddMinutes(-50));
        received["orderNumber"] = "R-4711";
        received["text"] = "Arrivée à l’atelier.";
        var appointment = Machine.Event("e2", "APPOINTMENT", Now.AddMinutes(-40));
        appointment["appointment"] = Machine.Appointment("2026-11-26");
        appointment["text"] = "Le technicien appelle avant de partir.";
        var parts = Machine.Event("e3", "WAITING-FOR-PARTS", Now.AddMinutes(-30));
        parts["text"] = "La pompe est commandée.";
        var completed = Machine.Event("e4", "COMPLETED", Now.AddMinutes(-1));
        completed["text"] = "La pompe est remplacée.";

        foreach (var report in (JsonObject[])[received, appointment, parts, completed])
        {
            var answer = await machine.ReportAsync(dossier.Number, report);
            Assert.Equal((200, "applied"), (answer.Status, answer.Outcome));
        }

        var stored = await ReadAsync(dossier);
        Assert.Equal((RepairStatus.RepairCompleted, RequestStatus.InProgress, "R-4711", centre.Id), (stored.RepairStatus, stored.Status, stored.ServiceOrderNumber, stored.ServiceCentreId));
        var mails = (await portal.Factory.MailsAsync(person.Email)).ToDictionary(mail => mail.Kind, mail => mail.Text);
        Assert.Equal(4, mails.Count);
        foreach (var (kind, text) in new[]
        {
            ("RepairOrderReceived", "Arrivée à l’atelier."), ("AppointmentConfirmed", "Le technicien appelle avant de partir."),
            ("RepairWaitsForParts", "La pompe est commandée."), ("RepairCompleted", "La pompe est remplacée."),
        })
        {
            Assert.Contains(text, mails[kind], StringComparison.Ordinal);
            Assert.Contains("R-4711", mails[kind], StringComparison.Ordinal);
        }

        using var client = await portal.Factory.NewClientAsync(person);
        var page = await client.GetPageAsync($"/dossiers/{dossier.Number}");
        var timeline = page.TextOf(".timeline");
        Assert.Contains("Réparation terminée", timeline, StringComparison.Ordinal);
        Assert.Contains("par le centre de service", timeline, StringComparison.Ordinal);
        Assert.Contains("La pompe est commandée.", timeline, StringComparison.Ordinal);
        Assert.Contains("R-4711", page.MainText, StringComparison.Ordinal);
        Assert.Equal(dossier.Number, Assert.Single((await client.GetPageAsync("/dossiers?q=r4711")).TextsOf("a.key")));
    }

    [Fact]
    public async Task Cancelled_TellsTheReasonOfTheCodeInTheDealersLanguage()
    {
        var (centre, dossier, person) = await CaseAsync("nl");
        await MapAsync(centre, "X12", CodeMeaning.RepairCancelled, new() { Fr = "Pièce introuvable", Nl = "Onderdeel niet te vinden", De = "Teil nicht lieferbar", En = "Part not available" });
        using var machine = new Machine(portal.Factory, centre.Key);
        var report = Machine.Event("e1", "x12", Now);
        report["reason"] = "Ref. 55-B";

        Assert.Equal("applied", (await machine.ReportAsync(dossier.Number, report)).Outcome);

        Assert.Equal("Onderdeel niet te vinden\nRef. 55-B", (await ReadAsync(dossier)).RepairCancelledReason);
        Assert.Contains("Onderdeel niet te vinden", Assert.Single(await portal.Factory.MailsAsync(person.Email)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Return_CreditedWithGrmsNumber_IsOneMailAndFoundByTheNumber()
    {
        var (organisation, person) = await DealerAsync();
        var dossier = await portal.Data.CreateReturnAsync(organisation, person);
        var centre = await portal.Data.CreateCentreAsync();
        using var machine = new Machine(portal.Factory, centre.Key);
        var planned = Machine.Event("e1", "PICKUP-PLANNED", Now.AddHours(-5));
        planned["appointment"] = Machine.Appointment("2026-11-26");
        var number = Machine.Event("e2", "INFORMATION", Now.AddHours(-4));
        number["grmsNumber"] = "gr2611-00042";
        var credited = Machine.Event("e3", "CREDITED", Now.AddHours(-1));
        credited["grmsNumber"] = "GR2611-00042";

        foreach (var report in (JsonObject[])[planned, number, credited])
            Assert.Equal("applied", (await machine.ReportAsync(dossier.Number, report)).Outcome);

        var mails = await portal.Factory.MailsAsync(person.Email);
        Assert.Equal(["GrmsNumberKnown", "PickupPlanned", "ReturnCredited"], mails.Select(mail => mail.Kind).Order(StringComparer.Ordinal));
        Assert.All(mails.Where(mail => mail.Kind != "PickupPlanned"), mail => Assert.Contains("GR2611-00042", mail.Text, StringComparison.Ordinal));
        using var client = await portal.Factory.NewClientAsync(person);
        Assert.Equal(dossier.Number, Assert.Single((await client.GetPageAsync("/dossiers?q=GR261100042")).TextsOf("a.key")));
        Assert.Contains("Numéro GRMS : GR2611-00042", (await client.GetPageAsync($"/dossiers/{dossier.Number}")).TextOf(".timeline"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task LateEvent_IsInTheTimelineWithoutMail_AndItsNumberIsTaken()
    {
        var (centre, dossier, person) = await CaseAsync();
        using var machine = new Machine(portal.Factory, centre.Key);
        await machine.ReportAsync(dossier.Number, Machine.Event("e2", "IN-REPAIR", Now.AddHours(-1)));
        var late = Machine.Event("e1", "ORDER-RECEIVED", Now.AddHours(-3));
        late["orderNumber"] = "R-1";

        Assert.Equal("late", (await machine.ReportAsync(dossier.Number, late)).Outcome);

        var stored = await ReadAsync(dossier);
        Assert.Equal((RepairStatus.InRepair, "R-1"), (stored.RepairStatus, stored.ServiceOrderNumber));
        Assert.Empty(await portal.Factory.MailsAsync(person.Email));
        using var client = await portal.Factory.NewClientAsync(person);
        Assert.Contains("Signalé après coup : Commande reçue", (await client.GetPageAsync($"/dossiers/{dossier.Number}")).TextOf(".timeline"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task MovedAppointment_WhoseReportIsOlder_DoesNotReplaceTheNewerOne()
    {
        var (centre, dossier, person) = await CaseAsync();
        using var machine = new Machine(portal.Factory, centre.Key);
        var moved = Machine.Event("e2", "APPOINTMENT", Now.AddHours(-1));
        moved["appointment"] = Machine.Appointment("2026-11-30");
        var first = Machine.Event("e1", "APPOINTMENT", Now.AddHours(-2));
        first["appointment"] = Machine.Appointment("2026-11-26");

        Assert.Equal("applied", (await machine.ReportAsync(dossier.Number, moved)).Outcome);
        Assert.Equal("late", (await machine.ReportAsync(dossier.Number, first)).Outcome);

        Assert.Equal(new DateOnly(2026, 11, 30), (await AppointmentAsync(dossier)).Date);
        Assert.Single(await portal.Factory.MailsAsync(person.Email));
        var again = Machine.Event("e3", "APPOINTMENT", Now);
        again["appointment"] = Machine.Appointment("2026-12-01");
        Assert.Equal("applied", (await machine.ReportAsync(dossier.Number, again)).Outcome);
        Assert.Equal((new DateOnly(2026, 12, 1), 1), ((await AppointmentAsync(dossier)).Date, (await AppointmentAsync(dossier)).Sequence));
    }

    [Fact]
    public async Task EventAfterTheEnd_MovesNothing_AndOnlySupportReadsIt()
    {
        var (centre, dossier, person) = await CaseAsync();
        using var machine = new Machine(portal.Factory, centre.Key);
        await machine.ReportAsync(dossier.Number, Machine.Event("e1", "COMPLETED", Now.AddHours(-2)));

        Assert.Equal("refused", (await machine.ReportAsync(dossier.Number, Machine.Event("e2", "IN-REPAIR", Now.AddHours(-1)))).Outcome);

        Assert.Equal(RepairStatus.RepairCompleted, (await ReadAsync(dossier)).RepairStatus);
        using var client = await portal.Factory.NewClientAsync(person);
        Assert.DoesNotContain("sans effet", (await client.GetPageAsync($"/dossiers/{dossier.Number}")).MainText, StringComparison.Ordinal);
        using var support = await portal.Factory.NewClientAsync(await portal.Data.CreateStaffAsync());
        Assert.Contains("Signalé sans effet : En réparation", (await support.GetPageAsync($"/admin/dossiers/{dossier.Number}")).TextOf(".timeline"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mail_IsSentOnlyWhereTheDealerAskedForIt()
    {
        var (organisation, person) = await DealerAsync();
        var dossier = await portal.Data.CreateDossierAsync(organisation, person, plan => plan.NotifyByMail = false);
        using var machine = new Machine(portal.Factory, (await portal.Data.CreateCentreAsync()).Key);

        Assert.Equal("applied", (await machine.ReportAsync(dossier.Number, Machine.Event("e1", "COMPLETED", Now))).Outcome);

        Assert.Empty(await portal.Factory.MailsAsync(person.Email));
    }

    [Fact]
    public async Task CompletedRequest_StaysCompleted_AndTheEventStillCountsAndMails()
    {
        var (organisation, person) = await DealerAsync();
        var dossier = await portal.Data.CreateDossierAsync(organisation, person, plan => plan.Status = RequestStatus.Completed);
        using var machine = new Machine(portal.Factory, (await portal.Data.CreateCentreAsync()).Key);

        await machine.ReportAsync(dossier.Number, Machine.Event("e1", "ORDER-RECEIVED", Now));

        var stored = await ReadAsync(dossier);
        Assert.Equal((RequestStatus.Completed, RepairStatus.OrderReceived, true), (stored.Status, stored.RepairStatus, stored.IsOpen));
        Assert.Single(await portal.Factory.MailsAsync(person.Email));
    }

    [Fact]
    public async Task SameEventAgain_AnswersTheSameAndChangesNothing_HoweverItIsWritten()
    {
        var (centre, dossier, person) = await CaseAsync();
        using var machine = new Machine(portal.Factory, centre.Key);
        var first = await machine.ReportAsync(dossier.Number, Machine.Event("same", "ORDER-RECEIVED", Now.AddHours(-1)));
        await machine.ReportAsync(dossier.Number, Machine.Event("later", "COMPLETED", Now));

        var again = await machine.ReportAsync(dossier.Number, Machine.Event("same", "ORDER-RECEIVED", Now.AddHours(-1)));
        var rewritten = await machine.PostAsync(
            dossier.Number.Replace("-", "", StringComparison.Ordinal), """ { "code" : "order-received", "occurredAt":"2026-11-23T09:00:00+01:00", "eventId":"same" } """);

        Assert.Equal((first.Status, first.Body), (again.Status, again.Body));
        Assert.Equal((first.Status, first.Body), (rewritten.Status, rewritten.Body));
        Assert.Equal(2, (await portal.Factory.MailsAsync(person.Email)).Count);
        Assert.Equal(2, await EventsOfAsync(dossier));
    }

    [Fact]
    public async Task SameIdWithAnotherBody_Is409_AndTheFirstStands()
    {
        var (centre, dossier, _) = await CaseAsync();
        using var machine = new Machine(portal.Factory, centre.Key);
        await machine.ReportAsync(dossier.Number, Machine.Event("one", "ORDER-RECEIVED", Now.AddHours(-1)));

        var answer = await machine.ReportAsync(dossier.Number, Machine.Event("one", "COMPLETED", Now));

        AssertProblem(answer, 409);
        Assert.Equal(RepairStatus.OrderReceived, (await ReadAsync(dossier)).RepairStatus);
        Assert.Equal("applied", (await machine.ReportAsync(dossier.Number, Machine.Event("ONE", "COMPLETED", Now))).Outcome);
    }

    [Fact]
    public async Task SameEventInParallel_IsStoredOnce_WithOneMail()
    {
        var (centre, dossier, person) = await CaseAsync();
        using var machine = new Machine(portal.Factory, centre.Key);
        var report = Machine.Event("parallel", "COMPLETED", Now).ToJsonString();

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => machine.PostAsync(dossier.Number, report)));

        Assert.Equal("applied", Assert.Single(answers.Select(answer => answer.Outcome).Distinct()));
        Assert.Single(answers.Select(answer => answer.Body).Distinct());
        Assert.Single(await portal.Factory.MailsAsync(person.Email));
        Assert.Equal(1, await EventsOfAsync(dossier));
    }

    [Fact]
    public async Task UnknownCode_IsAcceptedAndWaits_AndIsAppliedInOrderOnceItIsMapped()
    {
        var (centre, dossier, person) = await CaseAsync();
        using var machine = new Machine(portal.Factory, centre.Key);
        var second = Machine.Event("u2", "Q7", Now.AddHours(-1));
        second["appointment"] = Machine.Appointment("2026-11-30");
        var first = Machine.Event("u1", "q7", Now.AddHours(-2));
        first["appointment"] = Machine.Appointment("2026-11-26");

        var answer = await machine.ReportAsync(dossier.Number, second);
        Assert.Equal((202, "unknownCode"), (answer.Status, answer.Outcome));
        await machine.ReportAsync(dossier.Number, first);
        var before = await ReadAsync(dossier);
        Assert.Equal(((RepairStatus?)null, centre.Id), (before.RepairStatus, before.ServiceCentreId));
        await MapAsync(centre, "Q7", CodeMeaning.AppointmentScheduled);
        var applied = await ApplyWaitingAsync("Q7", centre.Id);

        Assert.Equal((2, 0, 2), (applied.Count, applied.Remaining, applied.Outcomes[CentreEventOutcome.Applied]));
        Assert.Equal((new DateOnly(2026, 11, 30), 1), ((await AppointmentAsync(dossier)).Date, (await AppointmentAsync(dossier)).Sequence));
        Assert.Equal(2, (await portal.Factory.MailsAsync(person.Email)).Count);
        var again = await machine.ReportAsync(dossier.Number, second);
        Assert.Equal((202, answer.Body), (again.Status, again.Body));
    }

    [Fact]
    public async Task WaitingEvent_ThatLacksWhatItsCodeAsksFor_IsKeptAsIncomplete()
    {
        var (centre, dossier, _) = await CaseAsync();
        using var machine = new Machine(portal.Factory, centre.Key);
        await machine.ReportAsync(dossier.Number, Machine.Event("i1", "Q8", Now));
        await MapAsync(centre, "Q8", CodeMeaning.RepairCancelled);

        Assert.Equal(1, (await ApplyWaitingAsync("Q8", centre.Id)).Outcomes[CentreEventOutcome.Incomplete]);
        Assert.Null((await ReadAsync(dossier)).RepairStatus);
    }

    [Fact]
    public async Task AnotherCentresDossier_AndAQuestion_AndNoDossier_Are404()
    {
        var (centre, dossier, _) = await CaseAsync();
        using var first = new Machine(portal.Factory, centre.Key);
        await first.ReportAsync(dossier.Number, Machine.Event("c1", "ORDER-RECEIVED", Now));
        using var second = new Machine(portal.Factory, (await portal.Data.CreateCentreAsync()).Key);

        AssertProblem(await second.ReportAsync(dossier.Number, Machine.Event("c1", "COMPLETED", Now)), 404);
        AssertProblem(await second.ReportAsync("26-9999999-9", Machine.Event("c2", "COMPLETED", Now)), 404);
        AssertProblem(await second.ReportAsync("sans%20num%C3%A9ro", Machine.Event("c3", "COMPLETED", Now)), 404);
        Assert.Equal(RepairStatus.OrderReceived, (await ReadAsync(dossier)).RepairStatus);

        // Once support has given it the dossier, the very same event counts.
        await portal.Factory.WriteAsync((write, ct) => write.Db.Dossiers.IgnoreQueryFilters().Where(d => d.Id == dossier.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(d => d.ServiceCentreId, (int?)null), ct));
        Assert.Equal("applied", (await second.ReportAsync(dossier.Number, Machine.Event("c1", "COMPLETED", Now))).Outcome);
    }

    [Fact]
    public async Task Event_ForADuplicateThatWasMerged_CountsForTheDossierInWhichItGoesOn()
    {
        var (organisation, person) = await DealerAsync();
        var centre = await portal.Data.CreateCentreAsync();
        var (duplicate, between, survivor) = (await portal.Data.CreateDossierAsync(organisation, person), await portal.Data.CreateDossierAsync(organisation, person), await portal.Data.CreateDossierAsync(organisation, person));
        using var support = await portal.Factory.NewClientAsync(await portal.Data.CreateStaffAsync());
        foreach (var (from, into) in new[] { (duplicate, between), (between, survivor) })
        {
            var merged = await support.SubmitAsync(await support.GetPageAsync($"/admin/dossiers/{from.Number}"), "#merge", ("Merge.Survivor", into.Number), ("Merge.Text", "Existe deux fois."));
            Assert.Equal($"/admin/dossiers/{into.Number}", merged.Location);
        }

        using var machine = new Machine(portal.Factory, centre.Key);
        Assert.Equal((200, "applied"), await OutcomeAsync("e1", "ORDER-RECEIVED"));

        Assert.Equal((RepairStatus.OrderReceived, centre.Id), ((await ReadAsync(survivor)).RepairStatus!.Value, (await ReadAsync(survivor)).ServiceCentreId));
        Assert.NotEqual(RepairStatus.OrderReceived, (await ReadAsync(duplicate)).RepairStatus);
        Assert.Contains("RepairOrderReceived", (await portal.Factory.MailsAsync(person.Email)).Select(mail => mail.Kind));
        Assert.Equal((200, "applied"), await OutcomeAsync("e1", "ORDER-RECEIVED"));

        async Task<(int, string?)> OutcomeAsync(string id, string code)
        {
            var answer = await machine.ReportAsync(duplicate.Number, Machine.Event(id, code, Now.AddMinutes(-5)));
            return (answer.Status, answer.Outcome);
        }
    }

    [Fact]
    public async Task RepairCode_ForAReturn_IsKeptAndMovesNothing()
    {
        var (organisation, person) = await DealerAsync();
        var dossier = await portal.Data.CreateReturnAsync(organisation, person);
        using var machine = new Machine(portal.Factory, (await portal.Data.CreateCentreAsync()).Key);

        Assert.Equal("wrongTrack", (await machine.ReportAsync(dossier.Number, Machine.Event("w1", "COMPLETED", Now))).Outcome);
        Assert.Equal(((RepairStatus?)null, (ReturnStatus?)null), ((await ReadAsync(dossier)).RepairStatus, (await ReadAsync(dossier)).ReturnStatus));
    }

    [Theory]
    [InlineData("""{"eventId":"v","code":"COMPLETED"}""", "occurredAt")]
    [InlineData("""{"eventId":"v v","code":"COMPLETED","occurredAt":"2026-11-23T09:00:00Z"}""", "eventId")]
    [InlineData("""{"eventId":"v","code":"COMPLETED","occurredAt":"2026-11-23T09:00:00"}""", "occurredAt")]
    [InlineData("""{"eventId":"v","code":"COMPLETED","occurredAt":"2026-11-23T10:30:00Z"}""", "occurredAt")]
    [InlineData("""{"eventId":"v","code":"COMPLETED","occurredAt":"23/11/2026"}""", "occurredAt")]
    [InlineData("""{"eventId":"v","code":"APPOINTMENT","occurredAt":"2026-11-23T09:00:00Z"}""", "appointment")]
    [InlineData("""{"eventId":"v","code":"CANCELLED","occurredAt":"2026-11-23T09:00:00Z"}""", "reason")]
    [InlineData("""{"eventId":"v","code":"COMPLETED","occurredAt":"2026-11-23T09:00:00Z","grmsNumber":"sans chiffre!"}""", "grmsNumber")]
    [InlineData("""{"eventId":"v","code":"COMPLETED","occurredAt":"2026-11-23T09:00:00Z","apointment":{}}""", "apointment")]
    [InlineData("""{"eventId":"v","code":"COMPLETED","occurredAt":"2026-11-23T09:00:00Z","code":"CANCELLED"}""", "code")]
    [InlineData("""{"eventId":7,"code":"COMPLETED","occurredAt":"2026-11-23T09:00:00Z"}""", "eventId")]
    [InlineData("""{"eventId":"v","code":"COMPLETED","occurredAt":"2026-11-23T09:00:00Z","appointment":{"date":"2026-11-26","from":"12:00","until":"8:00"}}""", "appointment.until,appointment.place")]
    [InlineData("""{"eventId":"v","code":"COMPLETED","occurredAt":"2026-11-23T09:00:00Z","appointment":{"date":"2026-11-26","from":"12:00","until":"08:00","place":"x"}}""", "appointment.until")]
    [InlineData("{}", "eventId,code,occurredAt")]
    [InlineData("", "body")]
    [InlineData("null", "body")]
    [InlineData("[]", "body")]
    [InlineData("{not json", "body")]
    public async Task WrongBody_Is400WithItsFields_AndNothingIsKept(string body, string fields)
    {
        var (centre, dossier, _) = await CaseAsync();
        using var machine = new Machine(portal.Factory, centre.Key);

        var answer = await machine.PostAsync(dossier.Number, body);

        AssertProblem(answer, 400);
        Assert.Equal(fields.Split(',').Order(StringComparer.Ordinal), answer.Fields.Order(StringComparer.Ordinal));
        Assert.Equal(0, await EventsOfAsync(dossier));
    }

    [Fact]
    public async Task LongTexts_AreRefusedAtTheirFields()
    {
        var (centre, dossier, _) = await CaseAsync();
        using var machine = new Machine(portal.Factory, centre.Key);
        var report = Machine.Event(new string('i', 65), new string('c', 41), Now);
        report["text"] = new string('t', CentreReport.TextMaxLength + 1);
        report["orderNumber"] = new string('o', 41);

        Assert.Equal(["code", "eventId", "orderNumber", "text"], (await machine.ReportAsync(dossier.Number, report)).Fields.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task LargeBody_AndAnotherContentType_AreProblems()
    {
        var (centre, dossier, _) = await CaseAsync();
        using var machine = new Machine(portal.Factory, centre.Key);

        AssertProblem(await machine.PostAsync(dossier.Number, new string(' ', 33_000) + "{}"), 413);
        AssertProblem(await machine.PostAsync(dossier.Number, "eventId=1", "application/x-www-form-urlencoded"), 415);
        AssertProblem(await machine.DeleteAsync($"/api/v1/dossiers/{dossier.Number}/events"), 405);
        AssertProblem(await machine.GetAsync("/api/v1/nothing"), 404);
    }

    [Fact]
    public async Task WithoutAValidKey_Is401_AndACookieCountsForNothing()
    {
        var (centre, dossier, _) = await CaseAsync();
        var report = Machine.Event("a1", "COMPLETED", Now);
        using var support = await portal.Factory.NewClientAsync(await portal.Data.CreateStaffAsync(StaffRole.PortalAdministrator));
        foreach (var key in (string?[])[null, "", "dpsc_wrong", centre.Key[..^1], centre.Key.ToUpperInvariant(), new string('k', 5000)])
        {
            using var machine = new Machine(portal.Factory, key);
            var answer = await machine.ReportAsync(dossier.Number, report);
            AssertProblem(answer, 401);
            Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.Single().Scheme);
        }

        using var withCookie = new Machine(portal.Factory, null);
        withCookie.Headers.TryAddWithoutValidation("Cookie", string.Join("; ", support.Cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
        AssertProblem(await withCookie.ReportAsync(dossier.Number, report), 401);
        Assert.Equal(0, await EventsOfAsync(dossier));
    }

    [Fact]
    public async Task RevokedKey_DeactivatedCentre_AndAKeyWithoutTheScope_AreRefusedAtOnce()
    {
        var (centre, dossier, _) = await CaseAsync();
        using var machine = new Machine(portal.Factory, centre.Key);
        var staff = await portal.Data.CreateStaffAsync(StaffRole.PortalAdministrator);
        await using var scope = portal.Factory.Services.CreateAsyncScope();
        var centres = scope.ServiceProvider.GetRequiredService<CentreAdministration>();
        Assert.Equal(200, (await machine.ReportAsync(dossier.Number, Machine.Event("k1", "ORDER-RECEIVED", Now))).Status);
        var key = await portal.Factory.ReadAsync(db => db.CentreKeys.SingleAsync(k => k.CentreId == centre.Id));
        Assert.Equal(Now, key.LastUsedAt);
        Assert.DoesNotContain(centre.Key, string.Join(' ', key.Prefix, key.Hash), StringComparison.Ordinal);

        await centres.SetActiveAsync(centre.Id, isActive: false, staff.Id, CancellationToken.None);
        AssertProblem(await machine.ReportAsync(dossier.Number, Machine.Event("k2", "COMPLETED", Now)), 401);
        await centres.SetActiveAsync(centre.Id, isActive: true, staff.Id, CancellationToken.None);
        Assert.Equal(200, (await machine.ReportAsync(dossier.Number, Machine.Event("k2", "IN-REPAIR", Now))).Status);
        await portal.Factory.WriteAsync((write, ct) => write.Db.CentreKeys.Where(k => k.Id == key.Id).ExecuteUpdateAsync(set => set.SetProperty(k => k.Scopes, CentreScopes.None), ct));
        AssertProblem(await machine.ReportAsync(dossier.Number, Machine.Event("k3", "COMPLETED", Now)), 403);
        await centres.RevokeKeyAsync(centre.Id, key.Id, staff.Id, CancellationToken.None);
        AssertProblem(await machine.ReportAsync(dossier.Number, Machine.Event("k4", "COMPLETED", Now)), 401);
    }

    [Fact]
    public async Task TooManyEventsOfAKey_Are429WithRetryAfter_AndAnotherKeyGoesOn()
    {
        using var factory = new PortalFactory { Settings = { ["Api:EventsPerMinute"] = "3" } };
        var (busy, quiet) = (await factory.Data.CreateCentreAsync(), await factory.Data.CreateCentreAsync());
        using var machine = new Machine(factory, busy.Key);
        for (var i = 0; i < 3; i++)
            Assert.Equal(404, (await machine.ReportAsync("26-0000001-0", Machine.Event($"r{i}", "COMPLETED", factory.Now))).Status);

        var answer = await machine.ReportAsync("26-0000001-0", Machine.Event("r4", "COMPLETED", factory.Now));

        AssertProblem(answer, 429);
        Assert.InRange(answer.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        using var other = new Machine(factory, quiet.Key);
        Assert.Equal(404, (await other.ReportAsync("26-0000001-0", Machine.Event("r5", "COMPLETED", factory.Now))).Status);
    }

    [Fact]
    public async Task WrongKeysInALoop_Are429()
    {
        using var factory = new PortalFactory();
        using var machine = new Machine(factory, "dpsc_guessed-guessed-guessed");
        MachineAnswer answer;
        var tries = 0;
        do
            answer = await machine.ReportAsync("26-0000001-0", Machine.Event("g", "COMPLETED", factory.Now));
        while (answer.Status == 401 && ++tries < 100);

        AssertProblem(answer, 429);
        Assert.NotNull(answer.Headers.RetryAfter);
    }

    [Fact]
    public async Task Secrets_AreInNoLogLine()
    {
        var (centre, dossier, _) = await CaseAsync();
        using var machine = new Machine(portal.Factory, centre.Key);
        var from = portal.Factory.Logs.Events.Count;
        var report = Machine.Event("log1", "COMPLETED", Now);
        report["text"] = "canary-4712";

        await machine.ReportAsync(dossier.Number, report);
        await machine.PostAsync(dossier.Number, """{"canary-4712":1}""");

        Assert.DoesNotContain(portal.Factory.Logs.TextsFrom(from), line => line.Contains(centre.Key, StringComparison.Ordinal) || line.Contains("canary-4712", StringComparison.Ordinal));
    }

    private static void AssertProblem(MachineAnswer answer, int status)
    {
        Assert.Equal((status, "application/problem+json"), (answer.Status, answer.ContentType));
        Assert.Equal(status, answer.Json.GetProperty("status").GetInt32());
        Assert.Equal(14, answer.Json.GetProperty("reference").GetString()!.Length);
    }

    private async Task<(TestOrganisation, TestUser)> DealerAsync(string language = "fr")
    {
        var organisation = await portal.Data.CreateOrganisationAsync();
        return (organisation, await portal.Data.CreateMemberAsync(organisation, language: language));
    }

    private async Task<(TestCentre, TestDossier, TestUser)> CaseAsync(string language = "fr")
    {
        var (organisation, person) = await DealerAsync(language);
        return (await portal.Data.CreateCentreAsync(), await portal.Data.CreateDossierAsync(organisation, person), person);
    }

    private async Task MapAsync(TestCentre centre, string code, CodeMeaning meaning, Core.LocalizedText? text = null)
    {
        var staff = await portal.Data.CreateStaffAsync();
        await using var scope = portal.Factory.Services.CreateAsyncScope();
        Assert.NotNull(await scope.ServiceProvider.GetRequiredService<CentreCodes>().AddAsync(new CodeMapping(code, centre.Id, meaning, text), staff.Id, CancellationToken.None));
    }

    private async Task<WaitingApplied> ApplyWaitingAsync(string code, int centreId)
    {
        await using var scope = portal.Factory.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<CentreCodes>().ApplyWaitingAsync(code, centreId, CancellationToken.None);
    }

    private Task<Dossier> ReadAsync(TestDossier dossier) => portal.Factory.ReadAsync(db => db.Dossiers.IgnoreQueryFilters().AsNoTracking().SingleAsync(d => d.Id == dossier.Id));

    private Task<Appointment> AppointmentAsync(TestDossier dossier) => portal.Factory.ReadAsync(db => db.Appointments.IgnoreQueryFilters().AsNoTracking().SingleAsync(a => a.DossierId == dossier.Id));

    private Task<int> EventsOfAsync(TestDossier dossier) => portal.Factory.ReadAsync(db => db.CentreEvents.CountAsync(e => e.DossierNumber == dossier.Number));
}
