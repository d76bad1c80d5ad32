using System.Globalization;
using System.Text.Json;
using DealerPortal.Core;
using DealerPortal.Core.Accounts;
using DealerPortal.Core.Accounts.Directory;
using DealerPortal.Core.Accounts.Invitations;
using DealerPortal.Core.Accounts.SecondFactor;
using DealerPortal.Core.Catalogue;
using DealerPortal.Core.Content.Announcements;
using DealerPortal.Core.Content.Assistance;
using DealerPortal.Core.Content.Dealercards;
using DealerPortal.Core.Credits;
using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Dossiers.Templates;
using DealerPortal.Core.Files;
using DealerPortal.Core.Mail;
using DealerPortal.Core.Mail.Inbound;
using DealerPortal.Core.Organisations;
using DealerPortal.Core.ServiceCentres;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace DealerPortal.TestCommon;

public sealed record TestOrganisation(int Id, string Name, string VatNumber, int BranchId);

public sealed record TestUser(int Id, string Email, string FirstName, string LastName, string Language)
{
    /// <summary>The same for everyone, so that it is hashed once.</summary>
    public const string Password = "vélo tartine parapluie 47";

    /// <summary>Of the authenticator app that staff have, the same for all.</summary>
    public const string AuthenticatorKey = "TESTTESTTESTTESTTESTTESTTESTTEST";

    public string FullName => $"{FirstName} {LastName}";
}

/// <param name="Key">What its machine sends.</param>
public sealed record TestCentre(int Id, string Name, string Key);

/// <param name="VersionId">Of its first version.</param>
public sealed record TestCard(int Id, Guid VersionId, string Title);

public sealed record TestDossier(long Id, string Number, int OrganisationId, int OwnerId);

/// <summary>What a dossier of a test is like; what is not said is the simplest that exists.</summary>
public sealed class DossierPlan
{
    public RequestStatus Status { get; set; } = RequestStatus.Submitted;

    /// <summary>Only with <see cref="RequestStatus.Completed"/>.</summary>
    public Resolution Resolution { get; set; } = Resolution.Answered;

    public string? ResolutionText { get; set; }
    public RepairStatus? RepairStatus { get; set; }
    public string? RepairCancelledReason { get; set; }
    public DateTime? CreatedAt { get; set; }
    public int? OwnerId { get; set; }
    public int? AssigneeId { get; set; }

    /// <summary>Where it waits on support; two days after it was filed if not said.</summary>
    public DateTime? DueAt { get; set; }

    public int? BranchId { get; set; }
    public ProductModel? Model { get; set; }
    public string ModelCode { get; set; } = "LW90T554/BE";
    public string? SerialNumber { get; set; }
    public string? Imei { get; set; }
    public string? Reference { get; set; }
    public bool? Sold { get; set; } = false;
    public string? EndUserName { get; set; }
    public string? EndUserStreet { get; set; }
    public string? EndUserPostalCode { get; set; }
    public string? EndUserTown { get; set; }
    public string? EndUserPhone { get; set; }
    public string? EndUserEmail { get; set; }
    public DeviceLocation Location { get; set; } = DeviceLocation.Branch;
    public string Description { get; set; } = "L’appareil ne démarre plus.";
    public DateOnly? PreferredDate { get; set; }
    public bool NotifyByMail { get; set; } = true;
    public long? CopiedFromId { get; set; }

    /// <summary>Entries after the submission, in their order, a minute apart.</summary>
    public List<(ActorKind Actor, TimelineKind Kind, string? Text)> Timeline { get; } = [];
}

/// <summary>Puts rows there through the real write door. Names and numbers are new at each call, so that tests do not meet.</summary>
public sealed class TestData(PortalFactory factory)
{
    private readonly Lazy<string> _passwordHash = new(() =>
        new PasswordHasher<User>(factory.Services.GetRequiredService<IOptions<PasswordHasherOptions>>()).HashPassword(null!, TestUser.Password));

    private static int _last;

    public async Task<TestOrganisation> CreateOrganisationAsync(string? name = null, string country = "BE", bool colleaguesSeeAll = false, string town = "Liège")
    {
        var number = Next();
        var vat = VatOf(number, country);
        var title = name ?? $"Démo Électro {number}";
        return await factory.WriteAsync(async (write, ct) =>
        {
            var organisation = new Organisation { Name = title, VatNumber = vat.Value, Country = country, CreatedAt = factory.Now, ColleaguesSeeAll = colleaguesSeeAll };
            write.Db.Add(organisation);
            await write.Db.SaveChangesAsync(ct);
            var branch = AddBranch(write, organisation.Id, $"Rue de la Démo {number}", town, country);
            foreach (var token in OrganisationTokens.Of(title, vat.Value, [town]))
                write.Db.Add(new OrganisationSearchToken { OrganisationId = organisation.Id, Token = token });
            await write.Db.SaveChangesAsync(ct);
            return new TestOrganisation(organisation.Id, title, vat.Value, branch.Id);
        });
    }

    public Task<int> CreateBranchAsync(TestOrganisation organisation, string street, string town = "Namur", string country = "BE") => factory.WriteAsync(async (write, ct) =>
    {
        var branch = AddBranch(write, organisation.Id, street, town, country);
        await write.Db.SaveChangesAsync(ct);
        return branch.Id;
    });

    /// <summary>Changes a branch as the account's pages do not: without a trace.</summary>
    public Task ChangeBranchAsync(int id, Action<Branch> change) => factory.WriteAsync(async (write, ct) =>
        change(await write.Db.Branches.AllOrganisations().SingleAsync(b => b.Id == id, ct)));

    public async Task<TestUser> CreateMemberAsync(
        TestOrganisation organisation,
        MembershipRole role = MembershipRole.Employee,
        MembershipStatus status = MembershipStatus.Approved,
        string language = "fr",
        string firstName = "Jean",
        string? lastName = null) => await factory.WriteAsync(async (write, ct) =>
    {
        var user = await AddUserAsync(write, StaffRole.None, language, firstName, lastName);
        var membership = Membership.Request(user.Id, organisation.Id, factory.Now);
        membership.Role = role;
        if (status != MembershipStatus.Pending)
            membership.Decide(status != MembershipStatus.Refused, user.Id, factory.Now);
        if (status == MembershipStatus.Deactivated)
            membership.Deactivate(user.Id, factory.Now);
        write.Db.Add(membership);
        return user;
    });

    /// <summary>Gives somebody a place in another organisation as well.</summary>
    public Task AddPlaceAsync(TestUser user, TestOrganisation organisation, MembershipRole role = MembershipRole.Employee) => factory.WriteAsync((write, _) =>
    {
        var membership = Membership.Request(user.Id, organisation.Id, factory.Now);
        membership.Role = role;
        membership.Decide(approve: true, user.Id, factory.Now);
        write.Db.Add(membership);
        return Task.CompletedTask;
    });

    /// <summary>Of a member of one organisation.</summary>
    public Task<int> MembershipIdAsync(TestUser member) => factory.ReadAsync(db => db.Memberships.Where(m => m.UserId == member.Id).Select(m => m.Id).SingleAsync());

    /// <summary>Staff with an authenticator app, without which they could do nothing.</summary>
    /// <param name="isSetUp">False for somebody who has yet to link one.</param>
    public Task<TestUser> CreateStaffAsync(StaffRole role = StaffRole.SupportAgent, string language = "fr", bool isSetUp = true) => factory.WriteAsync(async (write, ct) =>
    {
        var person = await AddUserAsync(write, role, language, "Claude", null);
        if (isSetUp)
            await LinkAppAsync(write, person.Id, ct);
        return person;
    });

    private static string HashOf(string token) => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(token)));

    /// <summary>An invitation to work here, and the token of its link.</summary>
    public Task<(Guid Id, string Token)> CreateInvitationAsync(TestUser inviter, StaffRole role = StaffRole.SupportAgent, string? email = null)
    {
        var address = email ?? $"invite{Next()}@dealerportal.example";
        var token = $"invitation-token-{Guid.NewGuid():N}";
        var invitation = new StaffInvitation
        {
            Id = Guid.NewGuid(),
            Email = address,
            NormalizedEmail = EmailAddress.Normalise(address),
            Role = role,
            Language = "fr",
            TokenHash = HashOf(token),
            InvitedById = inviter.Id,
            CreatedAt = factory.Now,
            SentAt = factory.Now,
        };
        return factory.WriteAsync((write, _) =>
        {
            write.Db.Add(invitation);
            return Task.FromResult((invitation.Id, token));
        });
    }

    /// <summary>An invitation to an organisation, and the token of its link.</summary>
    public Task<(Guid Id, string Token)> CreateMemberInvitationAsync(
        TestOrganisation organisation, TestUser inviter, MembershipRole role = MembershipRole.Employee, string? email = null)
    {
        var address = email ?? $"membre{Next()}@demo-electro.example";
        var token = $"member-token-{Guid.NewGuid():N}";
        var invitation = new MemberInvitation
        {
            Id = Guid.CreateVersion7(factory.Time.GetUtcNow()),
            OrganisationId = organisation.Id,
            Email = address,
            NormalizedEmail = EmailAddress.Normalise(address),
            Role = role,
            Language = "fr",
            TokenHash = HashOf(token),
            InvitedById = inviter.Id,
            CreatedAt = factory.Now,
            SentAt = factory.Now,
        };
        return factory.WriteAsync((write, _) =>
        {
            write.Db.Add(invitation);
            return Task.FromResult((invitation.Id, token));
        });
    }

    /// <summary>Gives a person an authenticator app with <see cref="TestUser.AuthenticatorKey"/>.</summary>
    public Task LinkAppAsync(TestUser person) => factory.WriteAsync((write, ct) => LinkAppAsync(write, person.Id, ct));

    /// <summary>A service centre whose machine has a key.</summary>
    public async Task<TestCentre> CreateCentreAsync()
    {
        var staff = await CreateStaffAsync(StaffRole.PortalAdministrator);
        var name = $"Atelier {Next()}";
        await using var scope = factory.Services.CreateAsyncScope();
        var centres = scope.ServiceProvider.GetRequiredService<CentreAdministration>();
        var id = (await centres.AddAsync(name, staff.Id, CancellationToken.None))!.Value;
        return new TestCentre(id, name, (await centres.CreateKeyAsync(id, staff.Id, CancellationToken.None))!);
    }

    /// <summary>A person who belongs to no organisation.</summary>
    public Task<TestUser> CreateUserAsync(string language = "fr", string? email = null) =>
        factory.WriteAsync((write, _) => AddUserAsync(write, StaffRole.None, language, "Jean", null, email));

    public async Task<ProductModel> CreateModelAsync(
        string? code = null,
        ServiceOffer offer = ServiceOffer.PickUp,
        int leadTimeDays = 3,
        ProductGroup group = ProductGroup.WhiteGoods,
        bool hasImei = false,
        bool serialMayBeOmitted = true)
    {
        var number = Next();
        // Never the model of a dossier that names none of the catalogue's: classes share a host, and the numbers pass it some day.
        var parsed = ModelCode.TryParse(code ?? $"LW80T{number}/BE", out var model) ? model : throw new ArgumentException("No model code.", nameof(code));
        return await factory.WriteAsync((write, _) =>
        {
            var row = new ProductModel
            {
                Code = parsed.Value,
                Key = parsed.Key,
                CategoryId = 0,
                Category = new ProductCategory
                {
                    Code = $"category-{number}",
                    Group = group,
                    Name = new() { Fr = "Lave-linge", Nl = "Wasmachine", De = "Waschmaschine", En = "Washing machine" },
                    HasImei = hasImei,
                    SerialMayBeOmitted = serialMayBeOmitted,
                },
                Name = new() { Fr = $"Lave-linge {number}", Nl = $"Wasmachine {number}", De = $"Waschmaschine {number}", En = $"Washing machine {number}" },
                ServiceOffer = offer,
                LeadTimeDays = leadTimeDays,
            };
            write.Db.Add(row);
            return Task.FromResult(row);
        });
    }

    /// <summary>A repair request with its timeline and search words, in the status the plan says.</summary>
    public async Task<TestDossier> CreateDossierAsync(TestOrganisation organisation, TestUser author, Action<DossierPlan>? change = null)
    {
        var plan = new DossierPlan();
        change?.Invoke(plan);
        // Far above what the counter hands out in a test.
        var number = DossierNumber.Format(Formats.Today(factory.Time).Year, 5_000_000 + Next());
        return await factory.WriteAsync(async (write, ct) =>
        {
            var at = plan.CreatedAt ?? factory.Now;
            var dossier = new Dossier
            {
                Number = number,
                Type = DossierType.RepairRequest,
                OrganisationId = organisation.Id,
                AuthorId = author.Id,
                OwnerId = plan.OwnerId ?? author.Id,
                CreatedAt = at,
                Reference = plan.Reference,
                NotifyByMail = plan.NotifyByMail,
                BranchId = plan.BranchId ?? (plan.Location == DeviceLocation.Branch ? organisation.BranchId : null),
                ModelCode = plan.Model?.Code ?? plan.ModelCode,
                ModelId = plan.Model?.Id,
                SerialNumber = plan.SerialNumber,
                Imei = plan.Imei,
                Sold = plan.Sold,
                EndUserName = plan.EndUserName,
                EndUserStreet = plan.EndUserStreet,
                EndUserPostalCode = plan.EndUserPostalCode,
                EndUserTown = plan.EndUserTown,
                EndUserPhone = plan.EndUserPhone,
                EndUserEmail = plan.EndUserEmail,
                CopiedFromId = plan.CopiedFromId,
                AssigneeId = plan.AssigneeId,
            };
            write.Db.Add(dossier);
            await write.Db.SaveChangesAsync(ct);
            write.Db.Add(new RepairRequest
            {
                DossierId = dossier.Id,
                OrganisationId = organisation.Id,
                ServiceOffer = plan.Model?.ServiceOffer,
                SerialOmitted = plan.SerialNumber is null,
                Location = plan.Location,
                Description = plan.Description,
                PreferredDate = plan.PreferredDate,
            });
            AddEntry(write, dossier, at, ActorKind.Dealer, TimelineKind.Submitted, author.Id, null);
            foreach (var (actor, kind, text) in plan.Timeline)
            {
                at = at.AddMinutes(1);
                AddEntry(write, dossier, at, actor, kind, actor == ActorKind.Dealer ? author.Id : null, text);
            }

            Move(dossier, plan, at);
            dossier.Promise(plan.DueAt ?? dossier.CreatedAt.AddDays(2));
            write.Db.AddRange(DossierSearchRows.Of(dossier));
            return new TestDossier(dossier.Id, dossier.Number, organisation.Id, dossier.OwnerId);
        });
    }

    /// <summary>A mail that was sent, with a file, unless changed; about no dossier where none is given.</summary>
    public Task<OutboxMail> CreateMailAsync(TestUser to, TestDossier? about = null, string html = "<p>Bonjour</p>", Action<OutboxMail>? change = null, bool isSecret = false) =>
        factory.WriteAsync((write, _) =>
        {
            var id = Guid.NewGuid();
            var mail = new OutboxMail
            {
                Id = id,
                Kind = "DossierAnswered",
                Recipient = to.Email,
                RecipientName = to.FullName,
                Language = to.Language,
                Subject = "Réponse à votre dossier",
                MessageId = $"{id:N}@dealerportal.example",
                Content = JsonSerializer.Serialize(new MailContent(html, "Bonjour <Claire>", [new MailFile("rendez-vous.ics", "text/calendar", "BEGIN:VCALENDAR"u8.ToArray())])),
                IsSecret = isSecret,
                UserId = to.Id,
                DossierId = about?.Id,
                CreatedAt = factory.Now,
                SentAt = factory.Now,
                Attempts = 1,
            };
            change?.Invoke(mail);
            write.Db.Add(mail);
            return Task.FromResult(mail);
        });

    /// <summary>A mail that came in and was kept, unless changed.</summary>
    public Task<InboundMail> CreateInboundAsync(string? text = null, InboundReason reason = InboundReason.UnknownSender, DateTime? at = null, InboundOutcome outcome = InboundOutcome.Kept) =>
        factory.WriteAsync((write, _) =>
        {
            var id = Guid.CreateVersion7(factory.Time.GetUtcNow());
            var mail = new InboundMail
            {
                Id = id,
                Mailbox = "test",
                UidValidity = 2,
                Uid = Next(),
                Fingerprint = $"{id:N}{id:N}",
                ReceivedAt = at ?? factory.Now,
                Outcome = outcome,
                Reason = outcome == InboundOutcome.Taken ? null : reason,
                Sender = "quelqu.un@ailleurs.example",
                SenderName = "Quelqu’un",
                Subject = "Re: votre dossier",
                Text = text ?? "Bonjour <b>vous</b>,\nvoici ma réponse.",
                Files = "preuve.pdf",
            };
            write.Db.Add(mail);
            return Task.FromResult(mail);
        });

    /// <summary>A credit of an organisation, or of nobody; linked to no dossier and told to nobody.</summary>
    public Task<Credit> CreateCreditAsync(TestOrganisation? organisation, string? grmsNumber = null, Func<CreditData, CreditData>? change = null) => factory.WriteAsync(async (write, ct) =>
    {
        var data = new CreditData
        {
            GrmsNumber = grmsNumber ?? $"41{Interlocked.Increment(ref _last):00000}",
            CustomerNumber = $"C-{organisation?.Id ?? 0}",
            Kind = CreditKind.Credit,
            State = CreditState.Issued,
            ModelCode = "LW90T554/BE",
            SerialNumber = "7D6M5AB1800045N",
            Reference = "COMPTOIR-088",
            Beneficiary = Beneficiary.Shop,
            InvoiceNumber = "DEMO-2026-00871",
            InvoiceDate = new DateOnly(2026, 11, 18),
            AmountCents = 25650,
            Depreciation = 43,
            RequestedOn = new DateOnly(2026, 11, 12),
        };
        var credit = (change?.Invoke(data) ?? data).ToCredit(organisation?.Id, Guid.NewGuid(), factory.Now);
        credit.DueSince = null;
        write.Db.Add(credit);
        await write.Db.SaveChangesAsync(ct);
        return credit;
    });

    /// <summary>A template of answers in use, for every type unless changed. Its texts name the dossier.</summary>
    public Task<AnswerTemplate> CreateTemplateAsync(Action<AnswerTemplate>? change = null) => factory.WriteAsync((write, _) =>
    {
        var template = new AnswerTemplate
        {
            Name = $"Modèle {Next()}",
            Purpose = TemplatePurpose.Answer,
            Text = new LocalizedText { Fr = "Voici {number}.", Nl = "Hier is {number}.", De = "Hier ist {number}.", En = "Here is {number}." },
            UpdatedAt = factory.Now,
        };
        change?.Invoke(template);
        write.Db.Add(template);
        return Task.FromResult(template);
    });

    /// <summary>A dealercard with one version, in the store too, for both countries and in French unless changed; valid from today.</summary>
    public async Task<TestCard> CreateDealercardAsync(Func<CardContent, CardContent>? change = null, CardValidity? validity = null)
    {
        var content = new CardContent($"Dealercard {Next()}", CardLanguages.Fr, CardCountries.Belux, CardGoods.WhiteGoods);
        content = change?.Invoke(content) ?? content;
        var staff = await CreateStaffAsync(StaffRole.PortalAdministrator);
        await using var scope = factory.Services.CreateAsyncScope();
        var files = scope.ServiceProvider.GetRequiredService<DealercardFiles>();
        using var pdf = new MemoryStream(TestPdf.OnePage());
        using var picture = new MemoryStream(TestFile.Png);
        var kept = (KeepResult.Kept)await files.KeepPdfAsync(pdf, "carte.pdf", CancellationToken.None);
        var file = new CardFile(kept.File, (await files.KeepPictureAsync(picture, "carte.png", CancellationToken.None)).Key, 1);
        var added = await scope.ServiceProvider.GetRequiredService<DealercardKeeping>().AddAsync(
            content, validity ?? new CardValidity(Formats.Today(factory.Time), null), file, staff.Id, CancellationToken.None);
        return new TestCard(added.CardId, await factory.ReadAsync(db => db.DealercardVersions.Where(v => v.DealercardId == added.CardId).Select(v => v.Id).SingleAsync()), content.Title);
    }

    /// <summary>News that is shown from now on, in every language, with a sheet in French, unless <paramref name="change"/> makes it something else.</summary>
    public async Task<Announcement> CreateAnnouncementAsync(TestUser author, Action<Announcement>? change = null)
    {
        var sheet = "%PDF-1.4\nstartxref\n9\n%%EOF\n"u8.ToArray();
        var key = FileKeys.New();
        using (var content = new MemoryStream(sheet))
            await factory.Services.GetRequiredService<IFileStore>().WriteAsync(key, content, CancellationToken.None);
        var number = Next();
        var announcement = await factory.WriteAsync((write, _) =>
        {
            var made = new Announcement
            {
                Kind = AnnouncementKind.News,
                CreatedAt = factory.Now,
                CreatedById = author.Id,
                UpdatedAt = factory.Now,
                UpdatedById = author.Id,
                PublishedAt = factory.Now,
                ShownFrom = factory.Now,
            };
            foreach (var language in Languages.All)
                made.Texts.Add(new AnnouncementText { Language = language, Title = $"Titre {number} {language}", Summary = $"Résumé {number} {language}", Body = $"## Texte\n\n**{number}** {language}" });
            (made.Texts[0].SheetKey, made.Texts[0].SheetName, made.Texts[0].SheetLength, made.Texts[0].SheetSha256) = (key, "fiche.pdf", sheet.Length, new string('0', 64));
            change?.Invoke(made);
            write.Db.Add(made);
            return Task.FromResult(made);
        });
        factory.Services.GetRequiredService<CurrentAnnouncements>().Forget();
        return announcement;
    }

    /// <summary>A version of the text for consumers' questions, from next year on unless said.</summary>
    public Task<AssistanceText> CreateAssistanceAsync(TestUser author, DateOnly? from = null) => factory.WriteAsync(async (write, ct) =>
    {
        var made = new AssistanceText
        {
            Version = (await write.Db.AssistanceTexts.MaxAsync(t => (int?)t.Version, ct) ?? 0) + 1,
            EffectiveFrom = from ?? new DateOnly(2027, 6, 1),
            Text = new LocalizedText { Fr = "## Aide {phone}", Nl = "## Hulp {phone}", De = "## Hilfe {phone}", En = "## Help {phone}" },
            CreatedAt = factory.Now,
            CreatedById = author.Id,
        };
        write.Db.Add(made);
        return made;
    });

    /// <summary>A return request as it was filed.</summary>
    public Task<TestDossier> CreateReturnAsync(
        TestOrganisation organisation, TestUser author, Action<Dossier>? change = null, bool atEndUser = false, TestDossier? copiedFrom = null) =>
        CreateAsync(organisation, author, DossierType.ReturnRequest, change, dossier => new ReturnRequest
        {
            DossierId = dossier.Id,
            OrganisationId = organisation.Id,
            IsDoa = true,
            IsDamaged = false,
            Description = "L’appareil ne démarre plus.",
            ReadyFrom = Formats.Today(factory.Time),
        }, atEndUser, copiedFrom);

    /// <summary>A technical DOA that support decided on; null for one that waits.</summary>
    public Task<TestDossier> CreateDoaAsync(TestOrganisation organisation, TestUser author, Resolution? decision = Resolution.Accepted, Action<Dossier>? change = null)
    {
        return CreateAsync(organisation, author, DossierType.TechnicalDoa, Decide, dossier => new TechnicalDoa
        {
            DossierId = dossier.Id,
            OrganisationId = organisation.Id,
            PurchaseDate = Formats.Today(factory.Time).AddDays(-5),
            IsDamaged = false,
            IsComplete = true,
            Description = "Écran noir dès le premier allumage.",
            ConditionSetId = 1,
            Verdicts = [new DoaVerdict { DossierId = dossier.Id, OrganisationId = organisation.Id, Position = 1, Outcome = DoaOutcome.Met, Days = 5 }],
        });

        void Decide(Dossier dossier)
        {
            dossier.Sold = true;
            change?.Invoke(dossier);
            if (decision is { } resolution)
                dossier.Complete(resolution, "Décidé.", factory.Now);
        }
    }

    private Task<TestDossier> CreateAsync(
        TestOrganisation organisation,
        TestUser author,
        DossierType type,
        Action<Dossier>? change,
        Func<Dossier, IDossierDetails> details,
        bool atEndUser = false,
        TestDossier? copiedFrom = null)
    {
        var number = DossierNumber.Format(Formats.Today(factory.Time).Year, 5_000_000 + Next());
        return factory.WriteAsync(async (write, ct) =>
        {
            var dossier = new Dossier
            {
                Number = number,
                Type = type,
                OrganisationId = organisation.Id,
                AuthorId = author.Id,
                OwnerId = author.Id,
                CreatedAt = factory.Now,
                NotifyByMail = true,
                BranchId = atEndUser ? null : organisation.BranchId,
                CopiedFromId = copiedFrom?.Id,
                ModelCode = "LW90T554/BE",
                SerialNumber = "7D6M5AB1800045N",
                Sold = false,
            };
            dossier.Promise(factory.Now.AddDays(2));
            change?.Invoke(dossier);
            write.Db.Add(dossier);
            await write.Db.SaveChangesAsync(ct);
            write.Db.Add(details(dossier));
            AddEntry(write, dossier, factory.Now, ActorKind.Dealer, TimelineKind.Submitted, author.Id, null);
            write.Db.AddRange(DossierSearchRows.Of(dossier));
            return new TestDossier(dossier.Id, dossier.Number, organisation.Id, dossier.OwnerId);
        });
    }

    private static async Task LinkAppAsync(WriteScope write, int userId, CancellationToken ct)
    {
        var user = await write.Db.Users.SingleAsync(u => u.Id == userId, ct);
        user.AuthenticatorKey = write.Get<AuthenticatorKeys>().Protect(TestUser.AuthenticatorKey);
        user.TwoFactorEnabled = true;
    }

    /// <summary>A valid VAT number that nobody has.</summary>
    public static string NewVatNumber(string country = "BE") => VatOf(Next(), country).Value;

    private static int Next() => Interlocked.Increment(ref _last);

    private static void Move(Dossier dossier, DossierPlan plan, DateTime at)
    {
        if (plan.Status is RequestStatus.InProgress or RequestStatus.WaitingForDealer)
            dossier.MoveTo(plan.Status, at);
        if (plan.Status == RequestStatus.Completed)
            dossier.Complete(plan.Resolution, plan.ResolutionText, at);
        if (plan.RepairStatus is { } repair)
            dossier.MoveRepairTo(repair, plan.RepairCancelledReason, at);
    }

    private static void AddEntry(WriteScope write, Dossier dossier, DateTime at, ActorKind actor, TimelineKind kind, int? actorId, string? text) =>
        write.Db.Add(new TimelineEntry
        {
            DossierId = dossier.Id,
            OrganisationId = dossier.OrganisationId,
            At = at,
            Kind = kind,
            Actor = actor,
            ActorId = actorId,
            IsInternal = kind == TimelineKind.InternalNote,
            Text = text,
        });

    private static Branch AddBranch(WriteScope write, int organisationId, string street, string town, string country)
    {
        var branch = new Branch { OrganisationId = organisationId, Street = street, PostalCode = "4000", Town = town, Country = country, Phone = "+3240000012" };
        write.Db.Add(branch);
        return branch;
    }

    private async Task<TestUser> AddUserAsync(WriteScope write, StaffRole staff, string language, string firstName, string? lastName, string? email = null)
    {
        var number = Next();
        var address = email ?? $"personne{number}@demo-electro.example";
        var user = new User
        {
            UserName = address,
            Email = address,
            EmailConfirmed = true,
            FirstName = firstName,
            LastName = lastName ?? $"Exemple{number}",
            Language = language,
            StaffRole = staff,
            CreatedAt = factory.Now,
            PasswordHash = _passwordHash.Value,
        };
        var created = await write.Get<UserManager<User>>().CreateAsync(user);
        if (!created.Succeeded)
            throw new InvalidOperationException(string.Join(", ", created.Errors.Select(error => error.Code)));
        await write.Db.RewriteTokensAsync(user, CancellationToken.None);
        return new TestUser(user.Id, address, user.FirstName, user.LastName, language);
    }

    /// <summary>A valid number that nobody else has, from a range that is not given out.</summary>
    private static VatNumber VatOf(int number, string country)
    {
        var first = country == "LU" ? 100_000 + number : 9_900_000 + number;
        var digits = country == "LU"
            ? string.Create(CultureInfo.InvariantCulture, $"{first:000000}{first % 89:00}")
            : string.Create(CultureInfo.InvariantCulture, $"{first:00000000}{97 - first % 97:00}");
        return VatNumber.TryParse(country + digits, out var vat) ? vat : throw new InvalidOperationException($"{country}{digits} is no VAT number.");
    }
}
