using System.Globalization;
using DealerPortal.Core.Accounts;
using DealerPortal.Core.Credits;
using DealerPortal.Core.OldPortal;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Organisations;
using DealerPortal.TestCommon;
using DealerPortal.Web.Tests.Features.Account;
using DealerPortal.Web.Tests.Features.Dossiers.New;
using DealerPortal.Web.Tests.Features.Registration;
using DealerPortal.Web.Tests.Features.SignIn;

namespace DealerPortal.Web.Tests.Access;

/// <summary>Every post of the portal, filled in so that it does what it is for. A route without a line here fails the tests that go through them.</summary>
internal static class FilledForms
{
    private const string NewPassword = "girafe en montgolfière";

    private static int _closingDays;

    private static readonly Dictionary<string, Func<AccessWorld, PortalFactory, Task<FilledForm>>> All = new()
    {
        ["POST /account"] = (world, _) => PageAsync(world, Persona.Owner, "/account", "/account", ("FirstName", "Josette"), ("PreferredLanguage", "nl"), ("Phone", "+32 4 000 00 31")),
        ["POST /account/password"] = (world, _) => PageAsync(world, Persona.Owner, "/account", "/account/password",
            ("CurrentPassword", TestUser.Password), ("NewPassword", NewPassword), ("NewPasswordRepeated", NewPassword)),
        ["POST /account/data"] = (world, _) => BareAsync(world, Persona.Owner, "/account/data"),
        ["POST /account/delete"] = async (world, factory) => await PageAsync(await NewMemberAsync(world, factory), "/account/delete", "/account/delete", ("Word", "SUPPRIMER")),
        ["POST /account/email"] = async (world, factory) => await PageAsync(await NewMemberAsync(world, factory), "/account/email", "/account/email", ("NewEmail", RegistrationSteps.NewAddress())),
        ["POST /account/email/codes"] = async (world, factory) =>
        {
            var begun = await BegunEmailChange.OfAsync(factory, world.Organisation);
            return await PageAsync(begun.Client, "/account/email/codes", "/account/email/codes", ("CurrentCode", await begun.CurrentCodeAsync()), ("NewCode", await begun.NewCodeAsync()));
        },
        ["POST /account/email/codes/resend"] = async (world, factory) =>
        {
            var begun = await BegunEmailChange.OfAsync(factory, world.Organisation);
            factory.Time.Advance(MailedCode.ResendAfter);
            return new FilledForm(begun.Client, "/account/email/codes/resend", []);
        },
        ["POST /account/email/codes/give-up"] = async (world, factory) => new FilledForm((await BegunEmailChange.OfAsync(factory, world.Organisation)).Client, "/account/email/codes/give-up", []),
        ["POST /account/sessions/end"] = async (world, factory) =>
        {
            using var elsewhere = await factory.NewClientAsync(world.Owner);
            return await PageAsync(world, Persona.Owner, "/account/sessions", "/account/sessions/end");
        },
        ["POST /account/sessions/end-all"] = async (world, factory) =>
        {
            using var elsewhere = await factory.NewClientAsync(world.Owner);
            return await PageAsync(world, Persona.Owner, "/account/sessions", "/account/sessions/end-all");
        },
        ["POST /account/mails"] = (world, _) => PageAsync(world, Persona.Owner, "/account/mails", "/account/mails", ("NotifyByMail", "true"), ("Topics", "Received")),
        ["POST /account/mails/address"] = (world, _) => BareAsync(world, Persona.Owner, "/account/mails/address"),
        ["POST /account/organisations/choose"] = (world, _) => BareAsync(world, Persona.Owner, "/account/organisations/choose", ("organisationId", world.RouteValues["organisationId"])),
        ["POST /account/organisations/{organisationId:int}/leave"] = (world, _) => BareAsync(world, Persona.Owner, "/account/organisations/{organisationId:int}/leave"),
        ["POST /account/security/app"] = async (world, factory) =>
        {
            var page = await world.ClientOf(Persona.Owner).GetPageAsync("/account/security/app");
            return new FilledForm(world.ClientOf(Persona.Owner), "/account/security/app", [("Offer", page.ValueOf("Offer")), ("Code", SecuritySteps.CodeOf(page, factory))]);
        },
        ["POST /account/security/app/remove"] = async (world, factory) => await WithAppAsync(world, factory, "/account/security/app/remove"),
        ["POST /account/security/codes"] = async (world, factory) => await WithAppAsync(world, factory, "/account/security/codes"),
        ["POST /account/security/confirm"] = (world, _) => PageAsync(world, Persona.Owner, "/account/security/confirm", "/account/security/confirm", ("Password", TestUser.Password)),
        ["POST /account/security/passkeys/new"] = async (world, _) => new FilledForm(
            world.ClientOf(Persona.Owner), "/account/security/passkeys/new", [("Name", "Comptoir"), ("Credential", await new TestPasskey().AnswerForNewAsync(world.ClientOf(Persona.Owner)))]),
        ["POST /account/security/passkeys/options"] = (world, _) => BareAsync(world, Persona.Owner, "/account/security/passkeys/options"),
        ["POST /account/security/passkeys/remove"] = async (world, _) => await WithPasskeyAsync(world, "/account/security/passkeys/remove"),
        ["POST /account/security/passkeys/rename"] = async (world, _) => await WithPasskeyAsync(world, "/account/security/passkeys/rename", ("Name", "Atelier")),
        ["POST /account/branches/new"] = (world, _) => PageAsync(world, Persona.Administrator, "/account/branches/new", "/account/branches/new", BranchFields("BranchPhone")),
        ["POST /account/branches/default"] = (world, _) => BareAsync(world, Persona.Administrator, "/account/branches/default", ("Default", world.Url("/account/branches/{id:int}").Split('/')[^1])),
        ["POST /account/branches/{id:int}"] = (world, _) => PageAsync(world, Persona.Administrator, world.Url("/account/branches/{id:int}"), world.Url("/account/branches/{id:int}"), BranchFields("BranchPhone")),
        ["POST /account/branches/{id:int}/close"] = (world, _) => BareAsync(world, Persona.Administrator, "/account/branches/{id:int}/close"),
        ["POST /account/branches/{id:int}/open"] = async (world, factory) =>
        {
            await (await OfAsync("POST /account/branches/{id:int}/close", world, factory)).SendAsync();
            return await BareAsync(world, Persona.Administrator, "/account/branches/{id:int}/open");
        },
        ["POST /account/users/{id:int}/approve"] = (world, _) => RequestAsync(world, "approve"),
        ["POST /account/users/{id:int}/refuse"] = (world, _) => RequestAsync(world, "refuse"),
        ["POST /account/users/{id:int}/role"] = (world, _) => BareAsync(world, Persona.Administrator, "/account/users/{id:int}/role", ("role", "Administrator")),
        ["POST /account/users/{id:int}/deactivate"] = (world, _) => BareAsync(world, Persona.Administrator, "/account/users/{id:int}/deactivate"),
        ["POST /account/users/{id:int}/reactivate"] = async (world, factory) =>
        {
            await (await OfAsync("POST /account/users/{id:int}/deactivate", world, factory)).SendAsync();
            return await BareAsync(world, Persona.Administrator, "/account/users/{id:int}/reactivate");
        },
        ["POST /admin/announcements/new"] = (world, _) => PageAsync(world, Persona.Support, "/admin/announcements/new", "/admin/announcements/new", AnnouncementFields()),
        ["POST /admin/announcements/{announcementId:int}"] = (world, _) =>
            PageAsync(world, Persona.Support, world.Url("/admin/announcements/{announcementId:int}"), world.Url("/admin/announcements/{announcementId:int}"), AnnouncementFields()),
        ["POST /admin/announcements/{announcementId:int}/withdraw"] = (world, _) => BareAsync(world, Persona.Support, "/admin/announcements/{announcementId:int}/withdraw"),
        ["POST /admin/announcements/{announcementId:int}/remove"] = async (world, factory) =>
            Bare(world, Persona.Support, $"/admin/announcements/{(await factory.Data.CreateAnnouncementAsync(world.ColleagueOfStaff, a => a.PublishedAt = null)).Id}/remove"),
        ["POST /admin/consumer-assistance/new"] = (world, _) => PageAsync(world, Persona.Support, "/admin/consumer-assistance/new", "/admin/consumer-assistance/new",
            ("Form.From", "2027-05-01"), ("Form.Fr", "## Bonjour {phone}"), ("Form.Nl", "Dag {phone}"), ("Form.De", "Guten Tag {phone}"), ("Form.En", "Hello {phone}"), ("Form.Then", "publish")),
        ["POST /admin/consumer-assistance/{assistanceId:int}/withdraw"] = (world, _) => BareAsync(world, Persona.Support, "/admin/consumer-assistance/{assistanceId:int}/withdraw"),
        ["POST /announcements/{announcementId:int}/dismiss"] = (world, _) => BareAsync(world, Persona.Owner, "/announcements/{announcementId:int}/dismiss"),
        ["POST /admin/catalogue/new"] = (world, _) => PageAsync(world, Persona.PortalAdministrator, "/admin/catalogue/new", "/admin/catalogue/new",
            ("Form.Code", $"NEU{Guid.NewGuid():N}"[..20]), ("Form.Category", world.RouteValues["categories/id"]), ("Form.Fr", "Modèle un"), ("Form.Nl", "Model een"), ("Form.De", "Modell eins"), ("Form.En", "Model one")),
        ["POST /admin/catalogue/{id:int}"] = (world, _) => CatalogueAsync(world, "/admin/catalogue/{id:int}", "", ("Form.Fr", "Modèle changé"), ("Form.LeadTime", "8")),
        ["POST /admin/catalogue/{id:int}/state"] = (world, _) => CatalogueAsync(world, "/admin/catalogue/{id:int}", "/state"),
        ["POST /admin/catalogue/categories/new"] = (world, _) => PageAsync(world, Persona.PortalAdministrator, "/admin/catalogue/categories/new", "/admin/catalogue/categories/new",
            ("Form.Code", $"neu-{Guid.NewGuid():N}"), ("Form.Group", "Mobile"), ("Form.Fr", "Catégorie une"), ("Form.Nl", "Categorie een"), ("Form.De", "Kategorie eins"), ("Form.En", "Category one"), ("Form.Offer", "InHome"), ("Form.LeadTime", "4")),
        ["POST /admin/catalogue/categories/{id:int}"] = (world, _) => CatalogueAsync(world, "/admin/catalogue/categories/{id:int}", "", ("Form.Fr", "Catégorie changée"), ("Form.LeadTime", "8")),
        ["POST /admin/catalogue/import"] = (world, _) => Task.FromResult(Bare(world, Persona.PortalAdministrator, "/admin/catalogue/import") with
        {
            Files = [new TestFile("File", "modeles.csv", System.Text.Encoding.UTF8.GetBytes($"code\n{world.ModelCode}\n"))],
        }),
        ["POST /admin/catalogue/import/{id:guid}"] = (world, _) => CatalogueAsync(world, "/admin/catalogue/import/{id:guid}", ""),
        ["POST /admin/catalogue/import/{id:guid}/discard"] = (world, _) => CatalogueAsync(world, "/admin/catalogue/import/{id:guid}", "/discard"),
        ["POST /admin/credits/link"] = (world, _) => PageAsync(world, Persona.Support, world.Url("/admin/credits/{**grmsNumber}"), "/admin/credits/link", ("Number", world.RouteValues["number"])),
        ["POST /admin/credits/imports"] = (world, _) => Task.FromResult(Bare(world, Persona.Support, "/admin/credits/imports") with
        {
            Files = [new TestFile("File", "credits.csv", System.Text.Encoding.UTF8.GetBytes("grms;customer;amount;request date\n4400001;C-1;12;2026-11-12\n"))],
        }),
        ["POST /admin/credits/imports/{creditImportId:guid}/columns"] = (world, _) => CreditsAsync(world, "/columns"),
        ["POST /admin/credits/imports/{creditImportId:guid}/confirm"] = async (world, factory) => await ConfirmedCreditsAsync(world, factory),
        ["POST /admin/credits/imports/{creditImportId:guid}/undo"] = async (world, factory) =>
        {
            await (await ConfirmedCreditsAsync(world, factory)).SendAsync();
            await factory.RunAsync<CreditImporting>();
            return Bare(world, Persona.Support, "/admin/credits/imports/{creditImportId:guid}/undo");
        },
        ["POST /admin/credits/imports/{creditImportId:guid}/discard"] = (world, _) => Task.FromResult(Bare(world, Persona.Support, "/admin/credits/imports/{creditImportId:guid}/discard")),
        ["POST /admin/organisations/imports"] = (world, _) => Task.FromResult(Bare(world, Persona.Support, "/admin/organisations/imports", ("Kind", "Organisations")) with
        {
            Files = [new TestFile("File", "organisations.csv", System.Text.Encoding.UTF8.GetBytes($"name;vat;street;postal code;town\nDémo;{TestData.NewVatNumber()};Rue de la Démo 1;4000;Liège\n"))],
        }),
        ["POST /admin/organisations/imports/{portalImportId:guid}/confirm"] = (world, _) => BareAsync(world, Persona.Support, "/admin/organisations/imports/{portalImportId:guid}/confirm"),
        ["POST /admin/organisations/imports/{portalImportId:guid}/undo"] = async (world, factory) =>
        {
            await (await BareAsync(world, Persona.Support, "/admin/organisations/imports/{portalImportId:guid}/confirm")).SendAsync();
            await factory.RunAsync<PortalImporting>();
            return await BareAsync(world, Persona.Support, "/admin/organisations/imports/{portalImportId:guid}/undo");
        },
        ["POST /admin/organisations/imports/{portalImportId:guid}/discard"] = (world, _) => BareAsync(world, Persona.Support, "/admin/organisations/imports/{portalImportId:guid}/discard"),
        ["POST /admin/promises"] = (world, _) => PageAsync(world, Persona.PortalAdministrator, "/admin/promises", "/admin/promises", ("Form.Cells[0].Hours", "7")),
        ["POST /admin/dealercards/new"] = async (world, _) => await CardAsync(world, "/admin/dealercards/new",
            ("Card.Title", "Dealercard Belux"), ("Card.Languages", "fr"), ("Card.Countries", "Belgium"), ("Card.Goods", "Mobile"), ("Version.From", "2026-11-30")) with
        {
            Files = [new TestFile("Version.File", "carte.pdf", TestPdf.OnePage()), new TestFile("Version.Picture", "carte.png", TestFile.Png)],
        },
        ["POST /admin/dealercards/{cardId:int}"] = (world, _) => CardAsync(world, "/admin/dealercards/{cardId:int}", ("Form.Title", "Dealercard Luxembourg"), ("Form.Countries", "Luxembourg")),
        ["POST /admin/dealercards/{cardId:int}/versions/new"] = async (world, _) => await CardAsync(world, "/admin/dealercards/{cardId:int}/versions/new", ("Version.From", "2026-12-01")) with
        {
            Files = [new TestFile("Version.File", "carte.pdf", TestPdf.OnePage())],
        },
        ["POST /admin/dealercards/{cardId:int}/versions/{versionId:guid}"] = (world, _) => CardAsync(world, "/admin/dealercards/{cardId:int}/versions/{versionId:guid}", ("Version.Until", "2027-01-31")),
        ["POST /admin/dealercards/{cardId:int}/versions/{versionId:guid}/withdraw"] = async (world, factory) => await CardVersionAsync(factory, world, "withdraw"),
        ["POST /admin/dealercards/{cardId:int}/versions/{versionId:guid}/restore"] = async (world, factory) =>
        {
            var withdrawn = await CardVersionAsync(factory, world, "withdraw");
            await withdrawn.SendAsync();
            var url = withdrawn.Url.Replace("/withdraw", "", StringComparison.Ordinal);
            return await PageAsync(world, Persona.PortalAdministrator, url, url + "/restore");
        },
        ["POST /admin/closing-days"] = (world, _) => PageAsync(world, Persona.PortalAdministrator, "/admin/closing-days", "/admin/closing-days",
            ("Form.From", NextClosingDay()), ("Form.Note", "Inventaire du dépôt")),
        ["POST /admin/closing-days/remove"] = async (world, factory) =>
        {
            var added = await OfAsync("POST /admin/closing-days", world, factory);
            await added.SendAsync();
            return await BareAsync(world, Persona.PortalAdministrator, "/admin/closing-days/remove", ("day", added.Fields.Single(field => field.Name == "Form.From").Value), ("past", ""));
        },
        ["POST /admin/doa-conditions/new"] = (world, factory) => DoaVersionAsync(world, factory),
        ["POST /admin/doa-conditions/{id:int}/withdraw"] = async (world, factory) =>
        {
            var added = await (await DoaVersionAsync(world, factory)).SendAsync();
            return Bare(world, Persona.PortalAdministrator, added.Location + "/withdraw");
        },
        ["POST /admin/dossiers/{number}/answer"] = (world, _) => AdminAsync(world, "answer", ("Answer.Text", "Le filtre est sous garantie."), ("Answer.Then", "stay")),
        ["POST /admin/dossiers/{number}/assign"] = async (world, factory) => await AdminAsync(world, "assign", ("Assign.To", (await factory.Data.CreateStaffAsync()).Id.ToString(CultureInfo.InvariantCulture))),
        ["POST /admin/dossiers/{number}/data"] = (world, _) => PageAsync(world, Persona.Support,
            world.Url("/admin/dossiers/{number}/data"), world.Url("/admin/dossiers/{number}/data"), ("Form.Reference", "CORRIGÉE-1")),
        ["POST /admin/dossiers/{number}/link"] = async (world, factory) => await AdminAsync(world, "link", ("Link.Other", await OtherAsync(world, factory))),
        ["POST /admin/dossiers/{number}/unlink"] = async (world, factory) =>
        {
            var other = await OtherAsync(world, factory);
            await (await AdminAsync(world, "link", ("Link.Other", other))).SendAsync();
            return await AdminAsync(world, "unlink", ("other", other));
        },
        ["POST /admin/dossiers/{number}/hold"] = (world, _) => AdminAsync(world, "hold", ("Keep.Reason", "Litige en cours")),
        ["POST /admin/dossiers/{number}/release"] = async (world, _) =>
        {
            await (await AdminAsync(world, "hold", ("Keep.Reason", "Litige en cours"))).SendAsync();
            return await AdminAsync(world, "release");
        },
        ["POST /admin/dossiers/{number}/merge"] = async (world, factory) =>
        {
            var url = $"/admin/dossiers/{await OtherAsync(world, factory)}";
            return await PageAsync(world, Persona.Support, url, url + "/merge", ("Merge.Survivor", world.RouteValues["number"]), ("Merge.Text", "Cette demande existe deux fois."));
        },
        ["POST /admin/dossiers/{number}/presence"] = (world, _) => BareAsync(world, Persona.Support, "/admin/dossiers/{number}/presence", ("writing", "true")),
        ["POST /admin/dossiers/{number}/presence/leave"] = (world, _) => BareAsync(world, Persona.Support, "/admin/dossiers/{number}/presence/leave"),
        ["POST /admin/dossiers/{number}/template"] = async (world, factory) => Bare(
            world, Persona.Support, "/admin/dossiers/{number}/template",
            ("Answer.Template", (await factory.Data.CreateTemplateAsync()).Id.ToString(CultureInfo.InvariantCulture)), ("Answer.TemplateLanguage", "fr")),
        ["POST /admin/seat"] = async (world, factory) => Bare(world, Persona.Support, "/admin/seat", ("membership", $"{await factory.Data.MembershipIdAsync(world.Owner)}"), ("mode", "Look")),
        ["POST /admin/seat/leave"] = async (world, factory) =>
        {
            await (await OfAsync("POST /admin/seat", world, factory)).SendAsync();
            return Bare(world, Persona.Support, "/admin/seat/leave");
        },
        ["POST /admin/dossiers/{number}/note"] = (world, _) => AdminAsync(world, "note", ("Note.Text", "Vu avec l’atelier.")),
        ["POST /admin/dossiers/{number}/status"] = (world, _) => AdminAsync(world, "status", ("Status.To", "WaitingForDealer"), ("Status.Text", "Quelle est la date d’achat ?")),
        ["POST /admin/dossiers/{number}/repair"] = (world, _) => AdminAsync(world, "repair",
            ("Repair.Status", "AppointmentScheduled"), ("Repair.Text", "Le technicien vient."), ("Repair.Date", "2026-11-26"), ("Repair.From", "08:00"), ("Repair.Until", "12:00"), ("Repair.Place", "Rue du Technicien 3")),
        ["POST /admin/dossiers/{number}/return"] = async (world, factory) =>
        {
            var url = $"/admin/dossiers/{(await factory.Data.CreateReturnAsync(world.Organisation, world.Owner)).Number}";
            return await PageAsync(world, Persona.Support, url, url + "/return",
                ("Return.Status", "PickupPlanned"), ("Return.Text", "Le transporteur vient."), ("Return.Date", "2026-11-26"), ("Return.From", "08:00"), ("Return.Until", "12:00"), ("Return.Place", "Rue du Transporteur 3"), ("Return.Grms", "GR2611-00042"));
        },
        ["POST /admin/organisations/{organisationId:int}"] = (world, _) => PageAsync(world, Persona.Support, world.Url("/admin/organisations/{organisationId:int}"), world.Url("/admin/organisations/{organisationId:int}"),
            ("Name", "Maison Rebaptisée"), ("CustomerNumber", $"C-{world.Organisation.Id}"), ("Confirm", "true")),
        ["POST /admin/organisations/{organisationId:int}/deactivate"] = (world, _) => BareAsync(world, Persona.Support, "/admin/organisations/{organisationId:int}/deactivate"),
        ["POST /admin/organisations/{organisationId:int}/reactivate"] = async (world, factory) =>
        {
            await (await OfAsync("POST /admin/organisations/{organisationId:int}/deactivate", world, factory)).SendAsync();
            return await BareAsync(world, Persona.Support, "/admin/organisations/{organisationId:int}/reactivate");
        },
        ["POST /admin/organisations/{organisationId:int}/members/{membershipId:int}/administrator"] = (world, _) =>
            BareAsync(world, Persona.Support, "/admin/organisations/{organisationId:int}/members/{membershipId:int}/administrator"),
        ["POST /admin/organisations/{organisationId:int}/merge"] = async (world, factory) =>
        {
            var into = await factory.Data.CreateOrganisationAsync();
            await factory.Data.CreateMemberAsync(into, MembershipRole.Administrator);
            var url = world.Url("/admin/organisations/{organisationId:int}/merge");
            return await PageAsync(world, Persona.Support, string.Create(CultureInfo.InvariantCulture, $"{url}?into={into.Id}"), url, ("Vat", world.Organisation.VatNumber), ("KeepAdministrators", "true"));
        },
        ["POST /admin/outbox/{mailId:guid}/send-again"] = (world, _) => PageAsync(world, Persona.PortalAdministrator, world.Url("/admin/outbox/{mailId:guid}"), world.Url("/admin/outbox/{mailId:guid}/send-again"), ("copies", "0")),
        ["POST /admin/outbox/{mailId:guid}/put-back"] = async (world, factory) =>
        {
            var dead = await factory.Data.CreateMailAsync(world.Owner, change: mail => (mail.SentAt, mail.FailedAt) = (null, factory.Now));
            return await PageAsync(world, Persona.PortalAdministrator, $"/admin/outbox/{dead.Id}", $"/admin/outbox/{dead.Id}/put-back");
        },
        ["POST /admin/inbound/{inboundId:guid}/attach"] = async (world, factory) =>
        {
            var url = $"/admin/inbound/{(await factory.Data.CreateInboundAsync()).Id}";
            return await PageAsync(world, Persona.Support, url, url + "/attach", ("Attach.Number", world.RouteValues["number"]));
        },
        ["POST /admin/inbound/{inboundId:guid}/put-aside"] = async (world, factory) =>
        {
            var url = $"/admin/inbound/{(await factory.Data.CreateInboundAsync()).Id}";
            return await PageAsync(world, Persona.Support, url, url + "/put-aside");
        },
        ["POST /admin/audit/verify"] = (world, _) => PageAsync(world, Persona.PortalAdministrator, "/admin/audit/verify", "/admin/audit/verify", ("Head", "")),
        ["POST /admin/templates/new"] = (world, _) => PageAsync(world, Persona.Support, "/admin/templates/new", "/admin/templates/new", TemplateFields()),
        ["POST /admin/templates/{templateId:int}"] = (world, _) => PageAsync(world, Persona.Support, world.Url("/admin/templates/{templateId:int}"), world.Url("/admin/templates/{templateId:int}"), TemplateFields()),
        ["POST /admin/templates/{templateId:int}/deactivate"] = (world, _) => BareAsync(world, Persona.Support, "/admin/templates/{templateId:int}/deactivate"),
        ["POST /admin/templates/{templateId:int}/reactivate"] = async (world, factory) =>
        {
            await (await OfAsync("POST /admin/templates/{templateId:int}/deactivate", world, factory)).SendAsync();
            return await BareAsync(world, Persona.Support, "/admin/templates/{templateId:int}/reactivate");
        },
        ["POST /admin/bulk"] = (world, _) =>
        {
            var page = $"/admin/bulk?step=close&n={world.RouteValues["number"]}";
            return PageAsync(world, Persona.Support, page, "/admin/bulk", ("Form.Resolution", "Answered"), ("Form.Text", "C’est réglé."));
        },
        ["POST /admin/queue/preferences"] = (world, _) => BareAsync(world, Persona.Support, "/admin/queue/preferences", ("density", "dense"), ("keys", "on"), ("returnUrl", "/admin")),
        ["POST /admin/views"] = (world, _) => PageAsync(world, Persona.Support, "/admin/views?save=%3Fwaits%3Ddealer", "/admin/views", ("Name", "Relances")),
        ["POST /admin/views/{id:int}"] = (world, _) => PageAsync(world, Persona.Support, world.Url("/admin/views/{id:int}"), world.Url("/admin/views/{id:int}"), ("Name", "Relances")),
        ["POST /dossiers/views"] = (world, _) => PageAsync(world, Persona.Owner, "/dossiers/views?save=%3Fopen%3D1", "/dossiers/views", ("Name", "Ouverts")),
        ["POST /dossiers/views/{id:int}"] = (world, _) => PageAsync(world, Persona.Owner, world.Url("/dossiers/views/{id:int}"), world.Url("/dossiers/views/{id:int}"), ("Name", "Fermés")),
        ["POST /dossiers/views/{id:int}/move"] = (world, _) => BareAsync(world, Persona.Owner, "/dossiers/views/{id:int}/move", ("up", "false")),
        ["POST /dossiers/views/{id:int}/remove"] = (world, _) => BareAsync(world, Persona.Owner, "/dossiers/views/{id:int}/remove"),
        ["POST /account/users/invite"] = (world, _) => PageAsync(world, Persona.Administrator, "/account/users/invite", "/account/users/invite",
            ("Email", RegistrationSteps.NewAddress()), ("FirstName", "Noor"), ("LastName", "Tekst")),
        ["POST /account/users/invitations/{memberInvitationId:guid}/resend"] = (world, _) => BareAsync(world, Persona.Administrator, "/account/users/invitations/{memberInvitationId:guid}/resend"),
        ["POST /account/users/invitations/{memberInvitationId:guid}/withdraw"] = (world, _) => BareAsync(world, Persona.Administrator, "/account/users/invitations/{memberInvitationId:guid}/withdraw"),
        ["POST /account/users/visibility"] = (world, _) => BareAsync(world, Persona.Administrator, "/account/users/visibility", ("seeAll", "true")),
        ["POST /admin/views/{id:int}/move"] = (world, _) => BareAsync(world, Persona.Support, "/admin/views/{id:int}/move", ("up", "false")),
        ["POST /admin/views/{id:int}/remove"] = (world, _) => BareAsync(world, Persona.Support, "/admin/views/{id:int}/remove"),
        ["POST /admin/staff/invite"] = (world, _) => PageAsync(world, Persona.PortalAdministrator, "/admin/staff/invite", "/admin/staff/invite",
            ("Email", RegistrationSteps.NewAddress()), ("Role", "PortalAdministrator"), ("MailLanguage", "nl")),
        ["POST /admin/staff/invitations/{invitationId:guid}/resend"] = (world, _) => BareAsync(world, Persona.PortalAdministrator, "/admin/staff/invitations/{invitationId:guid}/resend"),
        ["POST /admin/staff/invitations/{invitationId:guid}/withdraw"] = (world, _) => BareAsync(world, Persona.PortalAdministrator, "/admin/staff/invitations/{invitationId:guid}/withdraw"),
        ["POST /admin/users/{userId:int}/unlock"] = async (world, factory) =>
        {
            using var stranger = factory.NewClient();
            await stranger.SignInByFormAsync(world.Colleague.Email, "pas le bon");
            return await BareAsync(world, Persona.Support, "/admin/users/{userId:int}/unlock");
        },
        ["POST /admin/users/{userId:int}/password-mail"] = (world, _) => BareAsync(world, Persona.Support, "/admin/users/{userId:int}/password-mail"),
        ["POST /admin/users/{userId:int}/end-sessions"] = (world, _) => BareAsync(world, Persona.PortalAdministrator, "/admin/users/{userId:int}/end-sessions"),
        ["POST /admin/users/{userId:int}/reset-factor"] = async (world, factory) =>
        {
            await factory.Data.LinkAppAsync(world.Colleague);
            return await BareAsync(world, Persona.PortalAdministrator, "/admin/users/{userId:int}/reset-factor");
        },
        ["POST /admin/users/{userId:int}/deactivate"] = (world, _) => BareAsync(world, Persona.PortalAdministrator, "/admin/users/{userId:int}/deactivate"),
        ["POST /admin/users/{userId:int}/reactivate"] = async (world, factory) =>
        {
            await (await OfAsync("POST /admin/users/{userId:int}/deactivate", world, factory)).SendAsync();
            return await BareAsync(world, Persona.PortalAdministrator, "/admin/users/{userId:int}/reactivate");
        },
        ["POST /admin/users/{userId:int}/role"] = (world, _) => BareAsync(
            world, Persona.PortalAdministrator, string.Create(CultureInfo.InvariantCulture, $"/admin/users/{world.ColleagueOfStaff.Id}/role"), ("role", "PortalAdministrator")),
        ["POST /admin/dossiers/{number}/service-centre"] = (world, _) => BareAsync(world, Persona.Support, "/admin/dossiers/{number}/service-centre", ("centre", world.RouteValues["service-centres/id"])),
        ["POST /admin/service-centres"] = (world, _) => PageAsync(world, Persona.PortalAdministrator, "/admin/service-centres", "/admin/service-centres", ("Form.Name", $"Atelier {Guid.NewGuid():N}"[..30])),
        ["POST /admin/service-centres/{id:int}"] = (world, _) => PageAsync(world, Persona.PortalAdministrator, world.Url("/admin/service-centres/{id:int}"), world.Url("/admin/service-centres/{id:int}"), ("Form.Name", $"Garage {Guid.NewGuid():N}"[..30])),
        ["POST /admin/service-centres/{id:int}/deactivate"] = (world, _) => BareAsync(world, Persona.PortalAdministrator, "/admin/service-centres/{id:int}/deactivate"),
        ["POST /admin/service-centres/{id:int}/activate"] = async (world, factory) =>
        {
            await (await OfAsync("POST /admin/service-centres/{id:int}/deactivate", world, factory)).SendAsync();
            return await BareAsync(world, Persona.PortalAdministrator, "/admin/service-centres/{id:int}/activate");
        },
        ["POST /admin/service-centres/{id:int}/keys"] = (world, _) => BareAsync(world, Persona.PortalAdministrator, "/admin/service-centres/{id:int}/keys"),
        ["POST /admin/service-centres/{id:int}/keys/{keyId:int}/revoke"] = (world, _) => BareAsync(world, Persona.PortalAdministrator, "/admin/service-centres/{id:int}/keys/{keyId:int}/revoke"),
        ["POST /admin/service-centres/{id:int}/upload"] = (world, _) => Task.FromResult(Bare(world, Persona.Support, "/admin/service-centres/{id:int}/upload") with
        {
            Files = [new TestFile("file", "mardi.csv", System.Text.Encoding.UTF8.GetBytes($"dossier,code,occurredAt\n{world.RouteValues["number"]},COMPLETED,2026-11-23 08:30\n"))],
        }),
        ["POST /admin/service-centres/{id:int}/uploads/{uploadId:guid}"] = (world, _) => BareAsync(world, Persona.Support, "/admin/service-centres/{id:int}/uploads/{uploadId:guid}"),
        ["POST /admin/service-centres/codes/new"] = (world, _) => PageAsync(world, Persona.Support, "/admin/service-centres/codes/new", "/admin/service-centres/codes/new",
            [("Code", $"N{Guid.NewGuid():N}"[..12]), ("Centre", world.RouteValues["service-centres/id"]), ("Meaning", "RepairCancelled"), .. CodeTexts]),
        ["POST /admin/service-centres/codes/{id:int}"] = (world, _) => PageAsync(world, Persona.Support, world.Url("/admin/service-centres/codes/{id:int}"), world.Url("/admin/service-centres/codes/{id:int}"),
            [("Meaning", "Ignored"), .. CodeTexts]),
        ["POST /admin/service-centres/codes/{id:int}/remove"] = (world, _) => PageAsync(world, Persona.Support, world.Url("/admin/service-centres/codes/{id:int}"), world.Url("/admin/service-centres/codes/{id:int}/remove")),
        ["POST /admin/service-centres/unknown"] = (world, _) => BareAsync(world, Persona.Support, "/admin/service-centres/unknown", ("code", "Q7"), ("centre", world.RouteValues["service-centres/id"])),
        ["POST /dossiers/new/{slug}/{draftId:guid}"] = (world, _) => DraftAsync(world, ""),
        ["POST /dossiers/new/{slug}/{draftId:guid}/save"] = (world, _) => DraftAsync(world, "/save"),
        ["POST /dossiers/new/{slug}/{draftId:guid}/language"] = (world, _) => DraftAsync(world, "/language", ("language", "nl")),
        ["POST /dossiers/new/{slug}/{draftId:guid}/files"] = (world, _) => Task.FromResult(Bare(world, Persona.Owner, "/dossiers/new/{slug}/{draftId:guid}/files") with
        {
            Files = [new TestFile("file", "photo.jpg", RepairFiling.Photo())],
        }),
        ["POST /dossiers/new/{slug}/{draftId:guid}/files/remove"] = (world, _) => BareAsync(world, Persona.Owner, "/dossiers/new/{slug}/{draftId:guid}/files/remove", ("remove", world.StagedFileId.ToString())),
        ["POST /dossiers/new/{slug}/{draftId:guid}/branch"] = (world, _) => PageAsync(world, Persona.Owner,
            world.Url("/dossiers/new/{slug}/{draftId:guid}/branch"), world.Url("/dossiers/new/{slug}/{draftId:guid}/branch"), BranchFields("Phone")),
        ["POST /dossiers/new/{slug}/{draftId:guid}/model"] = (world, _) => BareAsync(world, Persona.Owner, "/dossiers/new/{slug}/{draftId:guid}/model", ("code", world.ModelCode)),
        ["POST /dossiers/new/{slug}/{draftId:guid}/device"] = (world, _) => BareAsync(world, Persona.Owner, "/dossiers/new/{slug}/{draftId:guid}/device", ("code", world.ModelCode), ("serial", "0123456789ABCDE")),
        ["POST /dossiers/{number}/messages"] = (world, _) => PageAsync(world, Persona.Owner, world.Url("/dossiers/{number}"), world.Url("/dossiers/{number}/messages"), ("Message.Text", "Avez-vous des nouvelles ?")),
        ["POST /dossiers/{number}/notify"] = (world, _) => BareAsync(world, Persona.Owner, "/dossiers/{number}/notify", ("notify", "false")),
        ["POST /dossiers/{number}/request-cancellation"] = async (world, factory) =>
        {
            var url = await NewDossierAsync(world, factory, RequestStatus.InProgress);
            return await PageAsync(world, Persona.Owner, url, url + "/request-cancellation", ("Cancel.Reason", "Le client a changé d’avis."));
        },
        ["POST /dossiers/{number}/another-date"] = async (world, factory) =>
        {
            var url = await NewDossierAsync(world, factory, RequestStatus.InProgress);
            await (await PageAsync(world, Persona.Support, "/admin" + url, $"/admin{url}/repair",
                ("Repair.Status", "AppointmentScheduled"), ("Repair.Date", "2026-11-26"), ("Repair.From", "08:00"), ("Repair.Until", "12:00"), ("Repair.Place", "Rue du Technicien 3"))).SendAsync();
            return await PageAsync(world, Persona.Owner, url, url + "/another-date", ("AnotherDate.Text", "Plutôt vendredi, après 14 h."));
        },
        ["POST /dossiers/{number}/hand-over"] = (world, _) => PageAsync(world, Persona.Administrator,
            world.Url("/dossiers/{number}"), world.Url("/dossiers/{number}/hand-over"), ("Owner.To", world.Colleague.Id.ToString(CultureInfo.InvariantCulture))),
        ["POST /dossiers/{number}/withdraw"] = async (world, factory) =>
        {
            var url = await NewDossierAsync(world, factory, RequestStatus.Submitted);
            return await PageAsync(world, Persona.Owner, url, url + "/withdraw");
        },
        ["POST /dossiers/{number}/copy"] = (world, _) => BareAsync(world, Persona.Owner, "/dossiers/{number}/copy", ("device", "same")),
        ["POST /dossiers/{number}/follow"] = async (world, factory) =>
        {
            var doa = await factory.Data.CreateDoaAsync(world.Organisation, world.Owner);
            return await BareAsync(world, Persona.Owner, $"/dossiers/{doa.Number}/follow", ("formSlug", "return-request"));
        },
        ["POST /dossiers/{number}/next"] = (world, _) => BareAsync(world, Persona.Owner, "/dossiers/{number}/next"),
        ["POST /exports"] = (world, _) => PageAsync(world, Persona.Owner, "/exports/new?format=csv&query=", "/exports"),
        ["POST /invitation"] = (world, factory) => PageAsync(factory.NewClient(), $"/invitation?token={world.InvitationToken}", "/invitation",
            ("FirstName", "Noor"), ("LastName", "Tekst"), ("Password", NewPassword), ("PasswordRepeated", NewPassword)),
        ["POST /invitation/member"] = (world, factory) => PageAsync(factory.NewClient(), $"/invitation/member?token={world.MemberInvitationToken}", "/invitation/member",
            ("FirstName", "Noor"), ("LastName", "Tekst"), ("Phone", "+32 4 000 00 19"), ("Password", NewPassword), ("PasswordRepeated", NewPassword)),
        ["POST /language"] = (world, _) => BareAsync(world, Persona.Owner, "/language", ("language", "nl"), ("returnUrl", "/account")),
        ["POST /password/forgot"] = (world, factory) => PageAsync(factory.NewClient(), "/password/forgot", "/password/forgot", ("Email", world.Owner.Email)),
        ["POST /password/reset"] = async (world, factory) =>
        {
            var client = factory.NewClient();
            await client.PostFormAsync("/password/forgot", ("Email", world.Owner.Email));
            factory.Time.Advance(MailAllowance.Window);
            var link = (await factory.MailsAsync(world.Owner.Email)).Last(mail => mail.Kind == "PasswordResetLink").Links.First(l => l.Contains("/password/reset", StringComparison.Ordinal));
            return await PageAsync(client, link, "/password/reset", ("Password", NewPassword), ("PasswordRepeated", NewPassword));
        },
        ["POST /register"] = (_, factory) => PageAsync(factory.NewClient(), "/register", "/register", ("Email", RegistrationSteps.NewAddress())),
        ["POST /register/code"] = async (_, factory) =>
        {
            var email = RegistrationSteps.NewAddress();
            return await PageAsync(await factory.AskedAsync(email), "/register/code", "/register/code", ("Code", await factory.LastCodeAsync(email)));
        },
        ["POST /register/code/resend"] = async (_, factory) =>
        {
            var client = await factory.AskedAsync(RegistrationSteps.NewAddress());
            factory.Time.Advance(Core.Accounts.Registration.ResendAfter);
            return new FilledForm(client, "/register/code/resend", []);
        },
        ["POST /register/organisation"] = async (world, factory) => new FilledForm(
            await factory.VerifiedAsync(RegistrationSteps.NewAddress()),
            "/register/organisation",
            [("OrganisationId", world.Organisation.Id.ToString(CultureInfo.InvariantCulture)), ("Query", world.Organisation.Name), ("Wider", ""), .. RegistrationSteps.Person()]),
        ["POST /register/organisation/new"] = (_, factory) => CreationAsync(factory, "/register/organisation/new"),
        ["POST /register/organisation/new/check"] = (_, factory) => CreationAsync(factory, "/register/organisation/new/check"),
        ["POST /sign-in"] = (world, factory) => PageAsync(factory.NewClient(), "/sign-in", "/sign-in", ("Email", world.Owner.Email), ("Password", TestUser.Password), ("Keep", "true")),
        ["POST /sign-in/code"] = async (world, factory) =>
        {
            await factory.Data.LinkAppAsync(world.Owner);
            var client = factory.NewClient();
            await client.SignInByFormAsync(world.Owner.Email, TestUser.Password);
            return await PageAsync(client, "/sign-in/code", "/sign-in/code", ("Code", client.CodeNow()));
        },
        ["POST /sign-in/passkey"] = async (world, factory) =>
        {
            var passkey = await TestPasskey.AddAsync(world.ClientOf(Persona.Owner));
            var client = factory.NewClient();
            return new FilledForm(client, "/sign-in/passkey", [("Credential", await passkey.AnswerAsync(client)), ("Keep", "true"), ("ReturnUrl", "")]);
        },
        ["POST /sign-in/passkey/options"] = (_, factory) => Task.FromResult(new FilledForm(factory.NewClient(), "/sign-in/passkey/options", [])),
        ["POST /sign-out"] = (world, _) => BareAsync(world, Persona.Owner, "/sign-out"),
    };

    public static Task<FilledForm> OfAsync(string route, AccessWorld world, PortalFactory factory) => All.TryGetValue(route, out var fill)
        ? fill(world, factory)
        : throw new InvalidOperationException($"{route} has no line in {nameof(FilledForms)}.");

    private static Task<FilledForm> CatalogueAsync(AccessWorld world, string page, string action, params (string, string?)[] values) =>
        PageAsync(world, Persona.PortalAdministrator, world.Url(page), world.Url(page) + action, values);

    private static Task<FilledForm> CardAsync(AccessWorld world, string page, params (string, string?)[] values) => PageAsync(world, Persona.PortalAdministrator, world.Url(page), world.Url(page), values);

    /// <summary>Each time of another card: a version is withdrawn once only.</summary>
    private static async Task<FilledForm> CardVersionAsync(PortalFactory factory, AccessWorld world, string action)
    {
        var card = await factory.Data.CreateDealercardAsync();
        var url = string.Create(CultureInfo.InvariantCulture, $"/admin/dealercards/{card.Id}/versions/{card.VersionId}");
        return await PageAsync(world, Persona.PortalAdministrator, url, $"{url}/{action}");
    }

    private static Task<FilledForm> CreditsAsync(AccessWorld world, string action) => Task.FromResult(
        Bare(world, Persona.Support, "/admin/credits/imports/{creditImportId:guid}" + action, ("Meaning", "GrmsNumber"), ("Meaning", "CustomerNumber"), ("Meaning", "Amount"), ("Meaning", "RequestedOn")));

    private static async Task<FilledForm> ConfirmedCreditsAsync(AccessWorld world, PortalFactory factory)
    {
        await (await CreditsAsync(world, "/columns")).SendAsync();
        await factory.RunAsync<CreditImporting>();
        return Bare(world, Persona.Support, "/admin/credits/imports/{creditImportId:guid}/confirm");
    }

    /// <summary>Of a category that has no conditions yet.</summary>
    private static async Task<FilledForm> DoaVersionAsync(AccessWorld world, PortalFactory factory)
    {
        var category = (await factory.Data.CreateModelAsync()).CategoryId.ToString(CultureInfo.InvariantCulture);
        return await PageAsync(world, Persona.PortalAdministrator, $"/admin/doa-conditions/new?category={category}", "/admin/doa-conditions/new",
            ("Form.From", "2027-03-01"), ("Form.Then", "save"), ("Form.Rows[0].Fr", "Acheté depuis deux semaines au plus"));
    }

    /// <summary>Each time another Monday.</summary>
    private static string NextClosingDay() => new DateOnly(2027, 1, 4).AddDays(7 * Interlocked.Increment(ref _closingDays)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static FilledForm Bare(AccessWorld world, Persona persona, string pattern, params (string, string?)[] fields) => new(world.ClientOf(persona), world.Url(pattern), fields);

    private static Task<FilledForm> BareAsync(AccessWorld world, Persona persona, string pattern, params (string, string?)[] fields) => Task.FromResult(Bare(world, persona, pattern, fields));

    private static Task<FilledForm> PageAsync(AccessWorld world, Persona persona, string page, string url, params (string, string?)[] values) => PageAsync(world.ClientOf(persona), page, url, values);

    private static Task<FilledForm> PageAsync(PortalClient client, string page, string url, params (string, string?)[] values) => FilledForm.OnPageAsync(client, page, url, values);

    private static async Task<PortalClient> NewMemberAsync(AccessWorld world, PortalFactory factory) =>
        await factory.NewClientAsync(await factory.Data.CreateMemberAsync(world.Organisation));

    private static async Task<FilledForm> WithAppAsync(AccessWorld world, PortalFactory factory, string url)
    {
        await factory.Data.LinkAppAsync(world.Owner);
        return Bare(world, Persona.Owner, url);
    }

    private static async Task<FilledForm> WithPasskeyAsync(AccessWorld world, string url, params (string, string?)[] fields) =>
        Bare(world, Persona.Owner, url, [("Passkey", (await TestPasskey.AddAsync(world.ClientOf(Persona.Owner))).Id), .. fields]);

    private static Task<FilledForm> RequestAsync(AccessWorld world, string decision) =>
        Task.FromResult(new FilledForm(world.ClientOf(Persona.Administrator), string.Create(CultureInfo.InvariantCulture, $"/account/users/{world.PendingMembershipId}/{decision}"), []));

    private static Task<FilledForm> AdminAsync(AccessWorld world, string action, params (string, string?)[] values) =>
        PageAsync(world, Persona.Support, world.Url("/admin/dossiers/{number}"), world.Url($"/admin/dossiers/{{number}}/{action}"), values);

    private static async Task<string> OtherAsync(AccessWorld world, PortalFactory factory) => (await factory.Data.CreateDossierAsync(world.Organisation, world.Owner)).Number;

    /// <summary>Each time under another name: no two templates share one.</summary>
    private static (string, string?)[] TemplateFields() =>
    [
        ("Name", $"Pièce commandée {Guid.NewGuid():N}"), ("Purpose", "Closing"), ("Resolution", "Accepted"), ("Type", "RepairRequest"),
        ("TextFr", "La pièce est commandée."), ("TextNl", "Het onderdeel is besteld."), ("TextDe", "Das Teil ist bestellt."), ("TextEn", "The part is ordered."),
    ];

    private static (string, string?)[] AnnouncementFields() =>
    [
        ("Form.Kind", "News"), ("Form.Country", "LU"), ("Form.FromDay", "2027-03-01"), ("Form.FromHour", "09:00"), ("Form.UntilDay", "2027-03-31"), ("Form.UntilHour", "18:00"), ("Form.Then", "publish"),
        .. Core.Languages.All.SelectMany((language, i) => ((string, string?)[])[($"Form.Texts[{i}].Title", $"Titre {language}"), ($"Form.Texts[{i}].Summary", "Résumé"), ($"Form.Texts[{i}].Body", "**Texte**")]),
    ];

    private static (string, string?)[] CodeTexts => [("TextFr", "Irréparable"), ("TextNl", "Onherstelbaar"), ("TextDe", "Irreparabel"), ("TextEn", "Beyond repair")];

    private static (string, string?)[] BranchFields(string phone) => [("Street", "Rue Neuve 2"), ("PostalCode", "4020"), ("Town", "Jupille"), ("Country", "BE"), (phone, "+32 4 000 00 32")];

    /// <summary>Each time another draft: one can be sent once only.</summary>
    private static Task<FilledForm> DraftAsync(AccessWorld world, string action, params (string, string?)[] more) => Task.FromResult(new FilledForm(
        world.ClientOf(Persona.Owner),
        $"/dossiers/new/repair/{Guid.NewGuid():D}{action}",
        [
            ("Revision", "0"), ("Save", ""), ("Discard", ""), ("Check", ""), ("Turn", ""), ("Remove", ""), ("Pick", ""), ("Edit", ""), ("Files", ""),
            ("ModelCode", world.ModelCode), ("SerialNumber", "7D6M5AB1800099N"), ("NoSerial", ""), ("Imei", ""), ("Sold", "yes"), ("Location", "branch"),
            ("BranchId", world.RouteValues["branches/id"]), ("BuyerName", "Mme Spécimen"), ("EndUserName", ""), ("EndUserStreet", ""), ("EndUserPostalCode", ""),
            ("EndUserTown", ""), ("EndUserPhone", ""), ("EndUserEmail", ""), ("Description", "Code 5C après dix minutes."), ("Reference", "COMPTOIR-131"),
            ("PreferredDate", ""), ("Notify", "true"), ("Confirm", "true"), .. more,
        ]));

    /// <summary>Each time another dossier: one can be taken back once only.</summary>
    private static async Task<string> NewDossierAsync(AccessWorld world, PortalFactory factory, RequestStatus status) =>
        $"/dossiers/{(await factory.Data.CreateDossierAsync(world.Organisation, world.Owner, plan => plan.Status = status)).Number}";

    private static async Task<FilledForm> CreationAsync(PortalFactory factory, string url) => new(
        await factory.VerifiedAsync(RegistrationSteps.NewAddress()), url, [.. RegistrationSteps.Organisation(RegistrationSteps.NewVat()), .. RegistrationSteps.Person()]);
}
