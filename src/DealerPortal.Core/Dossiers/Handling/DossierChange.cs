using DealerPortal.Core.Audit;
using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers.Promises;
using DealerPortal.Core.Files;
using DealerPortal.Core.Mail;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Core.Dossiers.Handling;

/// <summary>One change under way: the dossier as it stands in this write, and what may be added to it.</summary>
internal sealed class DossierChange(WriteScope write, Dossier dossier, DossierTarget target, DateTime now)
{
    private readonly Standing _before = Standing.Of(dossier);
    private Func<string, bool> _sends = _ => true;
    private Appointment? _arranged;

    private Reader By => target.By;

    /// <summary>What was prepared for the owner.</summary>
    public IReadOnlyList<RenderedMail> Mails { get; init; } = [];

    /// <summary>What of it the owner gets, as the dossier stands now.</summary>
    public IReadOnlyList<RenderedMail> MailsToSend => [.. Mails.Where(mail => dossier.NotifyByMail && dossier.OwnerId == mail.To.UserId && _sends(mail.Kind))];

    public WriteScope Write => write;
    public Dossier Dossier => dossier;
    public DateTime Now => now;

    /// <summary>The same change, as it concerns another dossier.</summary>
    public DossierChange To(Dossier other) => new(write, other, target, now);

    public TimelineEntry Entry(
        TimelineKind kind,
        string? text = null,
        bool isInternal = false,
        RequestStatus? request = null,
        Resolution? resolution = null,
        RepairStatus? repair = null,
        ReturnStatus? returned = null,
        PlannedAppointment? appointment = null,
        DateTime? occurredAt = null,
        int? assigneeId = null,
        bool cameByMail = false)
    {
        var entry = new TimelineEntry
        {
            DossierId = dossier.Id,
            OrganisationId = dossier.OrganisationId,
            At = now,
            OccurredAt = occurredAt,
            Kind = kind,
            Actor = target.Actor.Kind,
            ActorId = target.Actor.PersonId,
            IsInternal = isInternal,
            Text = text,
            CameByMail = cameByMail,
            RequestStatus = request,
            Resolution = resolution,
            RepairStatus = repair,
            ReturnStatus = returned,
            AssigneeId = assigneeId,
            AppointmentDate = appointment?.Date,
            AppointmentFrom = appointment?.From,
            AppointmentUntil = appointment?.Until,
        };
        write.Db.Add(entry);
        return entry;
    }

    /// <summary>A message with its files, which belong to it from the first moment they are visible.</summary>
    public async Task MessageAsync(string? text, IReadOnlyList<KeptFile> files, CancellationToken ct, bool cameByMail = false)
    {
        var entry = Entry(TimelineKind.Message, text, cameByMail: cameByMail);
        if (files.Count == 0)
            return;
        await write.Db.SaveChangesAsync(ct);
        write.Db.AddRange(files.Select(file => file.ToAttachment(dossier.OrganisationId, By.UserId, now, dossierId: dossier.Id, timelineEntryId: entry.Id)));
    }

    /// <summary>Whether these files can become part of the dossier; if not, as what that ends.</summary>
    public async Task<HandlingOutcome?> RefusalOfAsync(IReadOnlyList<KeptFile> files, CancellationToken ct)
    {
        if (files.Count == 0)
            return null;
        var attachments = write.Db.Attachments.ScopedTo(By);
        var keys = files.Select(file => file.StorageKey).ToList();
        if (await attachments.AnyAsync(a => keys.Contains(a.StorageKey), ct))
            return HandlingOutcome.FilesUsed;
        return await attachments.CountAsync(a => a.DossierId == dossier.Id, ct) + files.Count > FileLimits.MaxFilesPerDossier ? HandlingOutcome.TooManyFiles : null;
    }

    /// <summary>By which the dossier is found from then on.</summary>
    public async Task SetGrmsNumberAsync(GrmsNumber number, CancellationToken ct)
    {
        if (dossier.GrmsNumber == number.Value)
            return;
        dossier.GrmsNumber = number.Value;
        await ReindexAsync(ct);
    }

    /// <summary>Brings the words by which the dossier is found to what it says now.</summary>
    public async Task ReindexAsync(CancellationToken ct)
    {
        var rows = DossierSearchRows.Of(dossier).ToList();
        var tokens = rows.ConvertAll(row => row.Token);
        var stored = write.Db.DossierTokens.ScopedTo(By).Where(t => t.DossierId == dossier.Id);
        await stored.Where(t => !tokens.Contains(t.Token)).ExecuteDeleteAsync(ct);
        var known = await stored.Select(t => t.Token).ToListAsync(ct);
        write.Db.AddRange(rows.Where(row => !known.Contains(row.Token)));
    }

    /// <summary>An entry that tells what was corrected, field by field.</summary>
    public async Task CorrectedAsync(IEnumerable<(DossierField Field, string? Before, string? After)> fields, CancellationToken ct)
    {
        var entry = Entry(TimelineKind.DataChanged);
        await write.Db.SaveChangesAsync(ct);
        write.Db.AddRange(fields.Select(field => new DossierFieldChange
        {
            DossierId = dossier.Id,
            OrganisationId = dossier.OrganisationId,
            TimelineEntryId = entry.Id,
            Field = field.Field,
            Before = field.Before,
            After = field.After,
        }));
    }

    /// <inheritdoc cref="SetGrmsNumberAsync"/>
    public async Task SetServiceOrderNumberAsync(string number, CancellationToken ct)
    {
        if (dossier.ServiceOrderNumber == number)
            return;
        dossier.ServiceOrderNumber = number;
        await ReindexAsync(ct);
    }

    /// <summary>The appointment as it stands from now on.</summary>
    /// <param name="arrangedAt">When it was arranged.</param>
    public async Task SetAppointmentAsync(PlannedAppointment planned, DateTime arrangedAt, int sequence, CancellationToken ct)
    {
        var appointment = await FindAppointmentAsync(ct);
        if (appointment is null)
        {
            _arranged = new Appointment
            {
                DossierId = dossier.Id,
                OrganisationId = dossier.OrganisationId,
                Date = planned.Date,
                From = planned.From,
                Until = planned.Until,
                Place = planned.Place,
                ComesBy = planned.ComesBy,
                ArrangedAt = arrangedAt,
            };
            write.Db.Add(_arranged);
            return;
        }

        _arranged = appointment;

        appointment.Date = planned.Date;
        appointment.From = planned.From;
        appointment.Until = planned.Until;
        appointment.Place = planned.Place;
        appointment.ComesBy = planned.ComesBy;
        appointment.ArrangedAt = arrangedAt;
        appointment.Sequence = sequence;
    }

    public Task<Appointment?> FindAppointmentAsync(CancellationToken ct) =>
        write.Db.Appointments.ScopedTo(By).SingleOrDefaultAsync(a => a.DossierId == dossier.Id, ct);

    /// <summary>Of the mails that were prepared only these, by the name of their class: what is no news is not told.</summary>
    public void SendOnly(Func<string, bool> kinds) => _sends = kinds;

    /// <summary>Whoever answers or reports on a request works on it: from then on the dealer asks for cancellation instead of withdrawing.</summary>
    public void TakeUp()
    {
        if (dossier.Status == RequestStatus.Submitted && dossier.MoveTo(RequestStatus.InProgress, now))
            Entry(TimelineKind.RequestStatusChanged, request: RequestStatus.InProgress);
        dossier.Answered();
    }

    /// <summary>Brings the dossier's clock along, if anything moved that it depends on.</summary>
    public async Task FollowAsync(PromiseTerms terms, CancellationToken ct)
    {
        if (_arranged is null && Standing.Of(dossier) == _before)
            return;
        var visit = PromiseSteps.IsVisit(terms.StepOf(dossier)) ? _arranged ?? await FindAppointmentAsync(ct) : null;
        dossier.Follow(terms, now, visit?.EndsAt);
    }

    /// <summary>Ends the change: the other side notices it, and it is on record who made it.</summary>
    public HandlingOutcome Done(string action, string? detail = null)
    {
        dossier.Touch(now);
        Record(action, detail);
        return HandlingOutcome.Done;
    }

    public void Record(string action, string? detail = null) => write.Db.Record(now, target.Actor.PersonId, action, nameof(Dossier), dossier.Id, detail);

    /// <summary>What a dossier's clock depends on.</summary>
    private sealed record Standing(RequestStatus Status, DateTime Since, RepairStatus? Repair, ReturnStatus? Return, WaitingOn? WaitingOn, PromiseStep? Step)
    {
        public static Standing Of(Dossier dossier) => new(dossier.Status, dossier.StatusSince, dossier.RepairStatus, dossier.ReturnStatus, dossier.WaitingOn, dossier.Step);
    }
}
