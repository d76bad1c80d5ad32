using DealerPortal.Core.Accounts;
using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Mail;
using DealerPortal.Core.Mail.Mails;

namespace DealerPortal.Web.Development.Demo;

/// <summary>Mails in every state but waiting, which would leave at once: about recent dossiers, one given up, and one with a secret.</summary>
internal sealed class DemoOutbox(MailQueue queue, DossierKinds kinds, DateTime now)
{
    private const int About = 6;

    /// <summary>About dossiers and people that this write has just added.</summary>
    public void Add(WriteScope write)
    {
        var people = write.Db.Users.Local.ToDictionary(person => person.Id);
        var dossiers = write.Db.Dossiers.Local.OrderByDescending(dossier => dossier.CreatedAt).Take(About).ToList();
        for (var i = 0; i < dossiers.Count; i++)
        {
            var (dossier, owner) = (dossiers[i], people[dossiers[i].OwnerId]);
            var answers = DemoTexts.In(owner.Language).Answers;
            var mail = Render(new DossierAnswered(DossierFacts.Of(dossier, kinds[dossier.Type], () => [], null), answers[i % answers.Length]), owner);
            write.Db.Add(Row(mail, dossier.Id, now.AddHours(-3 * (i + 1)), isDead: i == 2));
        }

        AddReturned(write, people.Values.Single(person => person.Email == DemoPeople.OutOfReach), write.Db.Dossiers.Local);
        var newcomer = people.Values.First();
        write.Db.Add(Row(Render(new RegistrationCode("000000", "/register/code"), newcomer), null, now.AddDays(-2), isDead: false));
    }

    /// <summary>A mail that came back, and one about the same dossier that is held back since.</summary>
    private void AddReturned(WriteScope write, User person, IEnumerable<Dossier> dossiers)
    {
        const string Reason = "5.1.1 smtp; 550 5.1.1 … unknown user";
        var at = now.AddDays(-2);
        (person.BouncedAddress, person.BouncedAt, person.BounceReason) = (person.Email, at, Reason);
        if (dossiers.Where(dossier => dossier.OwnerId == person.Id).MaxBy(dossier => dossier.CreatedAt) is not { } dossier)
            return;
        var facts = DossierFacts.Of(dossier, kinds[dossier.Type], () => [], null);
        var answers = DemoTexts.In(person.Language).Answers;
        var returned = Row(Render(new DossierAnswered(facts, answers[0]), person), dossier.Id, at.AddSeconds(-8), isDead: false);
        (returned.BouncedAt, returned.LastError) = (at, Reason);
        var heldBack = Row(Render(new DossierAnswered(facts, answers[^1]), person), dossier.Id, now.AddHours(-5), isDead: false);
        (heldBack.SentAt, heldBack.DueAt, heldBack.Attempts, heldBack.LastError) = (null, now.AddHours(3), 6, OutboxMail.AddressBounced);
        write.Db.AddRange(returned, heldBack);
    }

    private RenderedMail Render(PortalMail mail, User to) => queue.Render(mail, new MailRecipient(to.Email!, to.FullName, to.Language, to.Id));

    private static OutboxMail Row(RenderedMail mail, long? dossierId, DateTime at, bool isDead)
    {
        var id = Guid.CreateVersion7(at);
        return new OutboxMail
        {
            Id = id,
            Kind = mail.Kind,
            Recipient = mail.To.Address,
            RecipientName = mail.To.Name,
            Language = mail.To.Language,
            Subject = mail.Subject,
            MessageId = $"{id:N}@dealerportal.example",
            Content = mail.IsSecret ? null : mail.Stored,
            IsSecret = mail.IsSecret,
            UserId = mail.To.UserId,
            DossierId = dossierId,
            CreatedAt = at,
            Attempts = isDead ? 9 : 1,
            SentAt = isDead ? null : at.AddSeconds(2),
            FailedAt = isDead ? at.AddMinutes(40) : null,
            LastError = isDead ? "550 5.1.1 Mailbox unavailable" : null,
        };
    }
}
