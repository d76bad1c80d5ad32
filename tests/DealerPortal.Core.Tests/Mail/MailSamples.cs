using DealerPortal.Core.Accounts;
using DealerPortal.Core.Credits;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Files;
using DealerPortal.Core.Mail;
using DealerPortal.Core.Mail.Inbound;
using DealerPortal.Core.Mail.Mails;

namespace DealerPortal.Core.Tests.Mail;

/// <summary>One mail of every class, with demo data. A class without a sample fails the rendering tests.</summary>
public static class MailSamples
{
    public static readonly DossierFacts Dossier = new(
        1, "26-0001234-2", "RepairRequest", "LW90T554/BE", "lave-linge frontal 9 kg", "7D6M5AB1800045N", "COMPTOIR-131", "/dossiers/26-0001234-2");

    public static readonly MailRecipient Recipient = new("jean.exemple@demo-electro.example", "Jean Exemple", "fr");

    public static readonly Credit Credit = new CreditData
    {
        GrmsNumber = "4001932",
        CustomerNumber = "D-104477",
        Kind = CreditKind.Credit,
        State = CreditState.Issued,
        Beneficiary = Beneficiary.Shop,
        InvoiceNumber = "DEMO-2026-00871",
        InvoiceDate = new DateOnly(2026, 11, 18),
        AmountCents = 25650,
        Depreciation = 43,
        RequestedOn = new DateOnly(2026, 11, 12),
    }.ToCredit(1, Guid.Empty, new DateTime(2026, 11, 18, 9, 0, 0, DateTimeKind.Utc));

    private static readonly Dictionary<Type, Func<PortalMail>> _samples = new PortalMail[]
    {
        new RegistrationCode("482913", "/register/code?code=482913"),
        new AddressAlreadyRegistered("/sign-in", "/password/forgotten"),
        new EmailChangeApproval("482913", "jean.nouveau@demo-electro.example"),
        new EmailChangeProof("482913"),
        new AddressInUse("/sign-in"),
        new AccountErased(),
        new EmailChanged("jean.exemple@demo-electro.example", "jean.nouveau@demo-electro.example"),
        new PasswordResetLink("/password/reset?token=canary"),
        new PasswordChanged(),
        new SecondFactorSwitchedOn(),
        new SecondFactorSwitchedOff(),
        new SecondFactorReset(),
        new PasskeyAdded("Ordinateur du comptoir"),
        new PasskeyRemoved("Ordinateur du comptoir"),
        new RecoveryCodeUsed(9, "/account/security"),
        new StaffInvited("Dominique Portail", StaffRole.SupportAgent, "/invitation?token=canary"),
        new MemberInvited("Jean Exemple", "Démo Électro", "/invitation/member?token=canary"),
        new StaffRoleChanged(StaffRole.PortalAdministrator, "/admin"),
        new AccountDeactivated(),
        new AccountReactivated("/"),
        new MembershipRequested("Marie Exemple", "marie@demo-electro.example", "Démo Électro", "/account/users/12"),
        new MembershipReminder("Marie Exemple", "marie@demo-electro.example", "Démo Électro", new DateTime(2026, 11, 19, 9, 0, 0, DateTimeKind.Utc), "/account/users/12"),
        new MembershipRequestReceived("Démo Électro"),
        new MembershipApproved("Démo Électro", "/"),
        new MembershipRefused("Démo Électro"),
        new OrganisationCreated("Démo Électro", "/"),
        new DossierSubmitted(Dossier),
        new CreditIssued(Dossier, Credit),
        new RepairOrderReceived(Dossier with { ServiceOrderNumber = "R-4711" }, "Arrivée à l’atelier."),
        Appointment(0),
        new RepairWaitsForParts(Dossier, "La pièce est annoncée pour le 3 décembre."),
        new RepairCompleted(Dossier, "La pompe est remplacée."),
        new RepairCancelled(Dossier, "Coordonnées incomplètes.\nRien n’a été facturé."),
        new ReturnAuthorised(Dossier, "Emballez l’appareil dans son carton d’origine."),
        new PickupPlanned(Dossier, new DateOnly(2026, 11, 26), new TimeOnly(8, 0), new TimeOnly(12, 0), "Rue de la Démo 12, 4000 Liège", 0),
        new ReturnCredited(Dossier, "GR2611-00042", "Le montant suit sur votre prochain relevé."),
        new GrmsNumberKnown(Dossier with { GrmsNumber = "GR2611-00042" }),
        new ReturnRefused(Dossier, "Le numéro de série de la photo est illisible."),
        new FilesNotTaken(Dossier, [new RefusedFile("outil.exe", FileRefusal.UnknownType), new RefusedFile("plan.pdf", FileRefusal.EncryptedPdf)], hasMessage: true),
        new DossierAnswered(Dossier, "Bonjour,\n\nle filtre est sous garantie."),
        new DossierQuestion(Dossier, "Pouvez-vous joindre la preuve d’achat ?"),
        new DossierReminder(Dossier, "Pouvez-vous joindre la preuve d’achat ?", new DateTime(2026, 11, 19, 9, 0, 0, DateTimeKind.Utc), 13),
        new DossierClosedUnanswered(Dossier, "Pouvez-vous joindre la preuve d’achat ?"),
        new DossierHandedOver(Dossier, "Marie Exemple"),
        new DossierCompleted(Dossier, Resolution.Answered, "La réparation suit son cours."),
    }.ToDictionary(mail => mail.GetType(), Func<PortalMail> (mail) => () => mail);

    /// <summary>The classes of the product, whether they have a sample or not.</summary>
    public static IEnumerable<Type> Classes => typeof(PortalMail).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(PortalMail)) && !type.IsAbstract);

    public static TheoryData<string, string> ClassesAndLanguages
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var type in Classes)
            {
                foreach (var language in Languages.All)
                    data.Add(type.Name, language);
            }

            return data;
        }
    }

    public static PortalMail Of(string className)
    {
        var type = Classes.Single(type => type.Name == className);
        return _samples.TryGetValue(type, out var sample)
            ? sample()
            : throw new InvalidOperationException($"{className} has no sample in {nameof(MailSamples)}.");
    }

    public static AppointmentConfirmed Appointment(int sequence, string place = "Rue de la Démo 12, 4000 Liège") =>
        new(Dossier, new DateOnly(2026, 11, 26), new TimeOnly(8, 0), new TimeOnly(12, 0), place, sequence);
}
