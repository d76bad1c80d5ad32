using DealerPortal.Core.Accounts;
using DealerPortal.Core.Accounts.Directory;
using DealerPortal.Core.Accounts.Invitations;
using DealerPortal.Core.Data;
using DealerPortal.Core.Organisations;
using Microsoft.AspNetCore.Identity;

namespace DealerPortal.Web.Development.Demo;

/// <summary>Invented organisations and people, on addresses that cannot exist (RFC 2606) and VAT numbers that are not given out.</summary>
internal sealed record DemoPeople(IReadOnlyList<DemoOrganisation> Organisations, IReadOnlyList<User> Support)
{
    /// <summary>For every demo login, in Development only.</summary>
    public const string Password = "tartine parapluie 47";

    /// <summary>To whom mails come back.</summary>
    public const string OutOfReach = "bram.proef@demo-elektro.example";

    public const string FirstSupportAgent = "alex.demo@dealerportal.example";

    /// <summary>What an authenticator app needs to make the codes of demo staff; of no use outside of Development, where the portal refuses to start on these people.</summary>
    public const string AuthenticatorKey = "DEMODEMODEMODEMODEMODEMODEMODEMO";

    /// <summary>What the console shows; staff sign in with a code besides.</summary>
    public static readonly IReadOnlyList<(string Email, string Who)> Logins =
    [
        ("jean.exemple@demo-electro.example", "Démo Électro Liège SRL, administrator (fr)"),
        ("claire.modele@demo-electro.example", "Démo Électro Liège SRL, employee (fr)"),
        ("nora.specimen@demo-electro.example", "Démo Électro Liège SRL, membership pending (fr)"),
        ("piet.voorbeeld@demo-elektro.example", "Demo Elektro Gent BV, administrator (nl)"),
        ("an.model@demo-elektro.example", "Demo Elektro Gent BV, employee (nl)"),
        ("marc.brouillon@electro-demo.example", "Électro Démo Luxembourg S.à r.l., administrator (fr)"),
        ("eva.muster@electro-demo.example", "Électro Démo Luxembourg S.à r.l., employee (de)"),
        ("lou.double@demo-electro.example", "employee of Liège and of Luxembourg (fr)"),
        (FirstSupportAgent, "support agent (fr)"),
        ("sam.essai@dealerportal.example", "support agent (nl)"),
        ("dominique.portail@dealerportal.example", "portal administrator (fr)"),
    ];

    public static async Task<DemoPeople> AddAsync(WriteScope write, DemoSecrets secrets, DateTime now, CancellationToken ct)
    {
        var made = new Maker(write, secrets, now);
        var liege = await made.OrganisationAsync("Démo Électro Liège SRL", "BE0999000129", "D-104477", ct,
            new("Rue de la Démo 12", "4000", "Liège", "BE", "+3240000011") { ContactName = "Claire Modèle", OpeningHours = "lu–sa 9 h–18 h 30, fermé le lundi matin" },
            new("Quai du Modèle 3", "4020", "Liège", "BE", "+3240000012") { ContactName = "Paul Gabarit (dépôt)", OpeningHours = "lu–ve 8 h–16 h, quai de chargement à l’arrière" },
            new("Place de l’Exemple 7", "6700", "Arlon", "BE", "+3240000013") { OpeningHours = "ma–sa 10 h–18 h" });
        await made.MemberAsync(liege, "Jean", "Exemple", "jean.exemple@demo-electro.example", "fr", MembershipRole.Administrator);
        await made.MemberAsync(liege, "Claire", "Modèle", "claire.modele@demo-electro.example", "fr");
        await made.MemberAsync(liege, "Paul", "Gabarit", "paul.gabarit@demo-electro.example", "fr");
        await made.MemberAsync(liege, "Zoé", "Témoin", "zoe.temoin@demo-electro.example", "fr", status: MembershipStatus.Deactivated);
        await made.MemberAsync(liege, "Nora", "Spécimen", "nora.specimen@demo-electro.example", "fr", status: MembershipStatus.Pending);

        var gent = await made.OrganisationAsync("Demo Elektro Gent BV", "BE0999000228", "D-104512", ct,
            new("Voorbeeldstraat 25", "9000", "Gent", "BE", "+3290000021") { ContactName = "An Model", OpeningHours = "ma–za 9–18 uur, zondag gesloten" },
            new("Modelplein 4", "9300", "Aalst", "BE", "+3290000022") { ContactName = "Bram Proef", OpeningHours = "di–za 9.30–18 uur" });
        await made.MemberAsync(gent, "Piet", "Voorbeeld", "piet.voorbeeld@demo-elektro.example", "nl", MembershipRole.Administrator);
        await made.MemberAsync(gent, "An", "Model", "an.model@demo-elektro.example", "nl");
        await made.MemberAsync(gent, "Bram", "Proef", OutOfReach, "nl");
        await made.MemberAsync(gent, "Lies", "Schets", "lies.schets@demo-elektro.example", "nl", status: MembershipStatus.Pending);

        var luxembourg = await made.OrganisationAsync("Électro Démo Luxembourg S.à r.l.", "LU10000053", null, ct,
            new BranchAddress("Rue du Modèle 8", "1420", "Luxembourg", "LU", "+35220000031") { ContactName = "Marc Brouillon", OpeningHours = "lu–sa 9 h 30–18 h" });
        await made.MemberAsync(luxembourg, "Marc", "Brouillon", "marc.brouillon@electro-demo.example", "fr", MembershipRole.Administrator);
        await made.MemberAsync(luxembourg, "Eva", "Muster", "eva.muster@electro-demo.example", "de");

        var alex = await made.UserAsync("Alex", "Démo", FirstSupportAgent, "fr", StaffRole.SupportAgent);
        var sam = await made.UserAsync("Sam", "Essai", "sam.essai@dealerportal.example", "nl", StaffRole.SupportAgent);
        var dominique = await made.UserAsync("Dominique", "Portail", "dominique.portail@dealerportal.example", "fr", StaffRole.PortalAdministrator);
        var lou = await made.UserAsync("Lou", "Double", "lou.double@demo-electro.example", "fr", StaffRole.None);
        made.Admit(liege, lou);
        made.Admit(luxembourg, lou);
        made.Session(liege.Members[0], "Safari", "iPhone", hoursAgo: 3);
        made.Session(liege.Members[0], "Edge", "Windows", hoursAgo: 6);
        made.Invite("noor.tekst@dealerportal.example", "nl", dominique);
        made.InviteMember(liege, "Paula", "Croquis", "paula.croquis@demo-electro.example", daysAgo: 1);
        made.InviteMember(liege, null, null, "depot@demo-electro.example", daysAgo: MemberInvitation.Lifetime.Days + 1);
        return new DemoPeople([liege, gent, luxembourg], [alex, sam]);
    }

    private sealed class Maker(WriteScope write, DemoSecrets secrets, DateTime now)
    {
        public async Task<DemoOrganisation> OrganisationAsync(
            string name, string vatNumber, string? customerNumber, CancellationToken ct, params BranchAddress[] places)
        {
            if (!VatNumber.TryParse(vatNumber, out var vat))
                throw new InvalidOperationException($"{vatNumber} is no VAT number.");
            var since = now.AddMonths(-20);
            var organisation = new Organisation
            {
                Name = name,
                VatNumber = vat.Value,
                Country = vat.Country,
                CreatedAt = since,
                CustomerNumber = customerNumber,
                // Support has yet to look at the one without a customer number.
                ConfirmedAt = customerNumber is null ? null : since.AddDays(2),
            };
            write.Db.Add(organisation);
            await write.Db.SaveChangesAsync(ct);
            var branches = places.Select(place => new Branch
            {
                OrganisationId = organisation.Id,
                Street = place.Street,
                PostalCode = place.PostalCode,
                Town = place.Town,
                Country = place.Country,
                Phone = place.Phone,
                ContactName = place.ContactName,
                OpeningHours = place.OpeningHours,
            }).ToList();
            write.Db.AddRange(branches);
            await write.Db.SaveChangesAsync(ct);
            var words = OrganisationTokens.Of(name, vat.Value, places.Select(place => place.Town));
            write.Db.AddRange(words.Select(token => new OrganisationSearchToken { OrganisationId = organisation.Id, Token = token }));
            return new DemoOrganisation(organisation, branches, []);
        }

        public async Task MemberAsync(
            DemoOrganisation organisation,
            string firstName,
            string lastName,
            string email,
            string language,
            MembershipRole role = MembershipRole.Employee,
            MembershipStatus status = MembershipStatus.Approved)
        {
            var user = await UserAsync(firstName, lastName, email, language, StaffRole.None);
            var asked = status == MembershipStatus.Pending ? now.AddHours(-16) : now.AddMonths(-19);
            var decider = organisation.Members.FirstOrDefault()?.Id ?? user.Id;
            var membership = role == MembershipRole.Administrator
                ? Membership.OfCreator(user.Id, organisation.Row.Id, asked)
                : Membership.Request(user.Id, organisation.Row.Id, asked);
            if (status != MembershipStatus.Pending)
                membership.Decide(approve: true, decider, asked.AddHours(3));
            if (status == MembershipStatus.Deactivated)
                membership.Deactivate(decider, now.AddMonths(-8));
            write.Db.Add(membership);
            if (status == MembershipStatus.Approved)
                organisation.Members.Add(user);
        }

        /// <summary>Somebody who works for several.</summary>
        public void Admit(DemoOrganisation organisation, User user)
        {
            var membership = Membership.Request(user.Id, organisation.Row.Id, now.AddMonths(-6));
            membership.Decide(approve: true, organisation.Members[0].Id, now.AddMonths(-6).AddHours(2));
            write.Db.Add(membership);
        }

        /// <summary>A device on which somebody is still signed in.</summary>
        public void Session(User user, string browser, string system, int hoursAgo) => write.Db.Add(new UserSession
        {
            Id = Guid.NewGuid(),
            UserId = user.Id,
            Browser = browser,
            System = system,
            CreatedAt = now.AddHours(-hoursAgo),
            ProvenAt = now.AddHours(-hoursAgo),
            LastSeenAt = now.AddHours(1 - hoursAgo),
            ExpiresAt = now.AddHours(-hoursAgo) + SessionService.AbsoluteLifetime,
            SecurityStamp = user.SecurityStamp!,
        });

        /// <summary>Somebody who has yet to use the link.</summary>
        public void Invite(string email, string language, User inviter) => write.Db.Add(new StaffInvitation
        {
            Id = Guid.NewGuid(),
            Email = email,
            NormalizedEmail = EmailAddress.Normalise(email),
            Role = StaffRole.SupportAgent,
            Language = language,
            // Of a link that nobody has.
            TokenHash = Convert.ToHexString(System.Security.Cryptography.RandomNumberGenerator.GetBytes(32)),
            InvitedById = inviter.Id,
            CreatedAt = now.AddDays(-2),
            SentAt = now.AddDays(-2),
        });

        /// <summary>A colleague who has yet to use the link.</summary>
        public void InviteMember(DemoOrganisation organisation, string? firstName, string? lastName, string email, int daysAgo) => write.Db.Add(new MemberInvitation
        {
            Id = Guid.NewGuid(),
            OrganisationId = organisation.Row.Id,
            Email = email,
            NormalizedEmail = EmailAddress.Normalise(email),
            FirstName = firstName,
            LastName = lastName,
            Role = MembershipRole.Employee,
            Language = "fr",
            TokenHash = Convert.ToHexString(System.Security.Cryptography.RandomNumberGenerator.GetBytes(32)),
            InvitedById = organisation.Members[0].Id,
            CreatedAt = now.AddDays(-daysAgo),
            SentAt = now.AddDays(-daysAgo),
        });

        public async Task<User> UserAsync(string firstName, string lastName, string email, string language, StaffRole role)
        {
            var user = new User
            {
                UserName = email,
                Email = email,
                EmailConfirmed = true,
                FirstName = firstName,
                LastName = lastName,
                Language = language,
                PhoneNumber = "+3240000014",
                StaffRole = role,
                CreatedAt = now.AddMonths(-19),
                PasswordHash = secrets.PasswordHash,
            };
            if (role != StaffRole.None)
            {
                user.AuthenticatorKey = secrets.AuthenticatorKey;
                user.TwoFactorEnabled = true;
            }

            var created = await write.Get<UserManager<User>>().CreateAsync(user);
            if (!created.Succeeded)
                throw new InvalidOperationException(string.Join(", ", created.Errors.Select(error => error.Code)));
            await write.Db.RewriteTokensAsync(user, CancellationToken.None);
            return user;
        }
    }
}

/// <summary>As they are stored. Made before the write: protecting the first one writes a key.</summary>
internal sealed record DemoSecrets(string PasswordHash, string AuthenticatorKey);

/// <param name="Members">Approved ones, the administrator first.</param>
internal sealed record DemoOrganisation(Organisation Row, IReadOnlyList<Branch> Branches, List<User> Members);
