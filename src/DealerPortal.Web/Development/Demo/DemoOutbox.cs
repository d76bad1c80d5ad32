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

        var newcomer = people.Values.First();
        write.Db.Add(Row(Render(new RegistrationCode("000000", "/register/code"), newcomer), null, now.AddDays(-2), isDead: false));
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
