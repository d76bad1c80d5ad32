using System.Net;
using System.Runtime.CompilerServices;
using DealerPortal.TestCommon;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;

namespace DealerPortal.Web.Tests.Access;

/// <summary>Every route × every kind of person, with the ids of an organisation that not all of them belong to.</summary>
public sealed class AccessMatrixTests(PortalFixture portal) : IClassFixture<PortalFixture>
{
    /// <summary>
    /// One line per route, one letter per <see cref="Persona"/> in its order: anonymous, pending, foreign administrator,
    /// colleague, support, portal administrator, owner, administrator. Columns 2, 4, 7 and 8 are the organisation's own.
    /// A machine's route is let through for none of them: it asks for a key, whoever has signed in.
    /// s to the sign-in page · u 401 · p to the waiting page · n 404 · f 403 · + let through.
    /// </summary>
    private const string Table = """
        GET /                                              s p + + + + + +
        GET /account                                       s p + + + + + +
        POST /account                                      u p + + + + + +
        POST /account/password                             u p + + + + + +
        GET /account/branches                              s p + + f f + +
        GET /account/branches/new                          s p + f f f f +
        POST /account/branches/new                         u p + f f f f +
        POST /account/branches/default                     u p + f f f f +
        GET /account/branches/{id:int}                     s p n f f f f +
        POST /account/branches/{id:int}                    u p n f f f f +
        POST /account/branches/{id:int}/close              u p n f f f f +
        POST /account/branches/{id:int}/open               u p n f f f f +
        GET /account/data                                  s + + + + + + +
        POST /account/data                                 u + + + + + + +
        GET /account/delete                                s + + + + + + +
        POST /account/delete                               u + + + + + + +
        GET /account/email                                 s p + + + + + +
        POST /account/email                                u p + + + + + +
        GET /account/email/codes                           s p + + + + + +
        POST /account/email/codes                          u p + + + + + +
        POST /account/email/codes/resend                   u p + + + + + +
        POST /account/email/codes/give-up                  u p + + + + + +
        GET /account/mails                                 s p + + f f + +
        POST /account/mails                                u p + + f f + +
        POST /account/mails/address                        u p + + f f + +
        GET /account/organisations                         s p + + f f + +
        POST /account/organisations/choose                 u p n + f f + +
        GET /account/organisations/{organisationId:int}/leave   s p n + f f + +
        POST /account/organisations/{organisationId:int}/leave  u p n + f f + +
        GET /account/security                              s p + + + + + +
        GET /account/security/app                          s p + + + + + +
        POST /account/security/app                         u p + + + + + +
        POST /account/security/app/remove                  u p + + + + + +
        GET /account/security/codes                        s p + + + + + +
        POST /account/security/codes                       u p + + + + + +
        GET /account/security/confirm                      s + + + + + + +
        POST /account/security/confirm                     u + + + + + + +
        GET /account/security/passkeys/new                 s p + + + + + +
        POST /account/security/passkeys/new                u p + + + + + +
        POST /account/security/passkeys/options            u p + + + + + +
        POST /account/security/passkeys/remove             u p + + + + + +
        POST /account/security/passkeys/rename             u p + + + + + +
        GET /account/sessions                              s p + + + + + +
        POST /account/sessions/end                         u p + + + + + +
        POST /account/sessions/end-all                     u p + + + + + +
        GET /account/users                                 s p + f f f f +
        GET /account/users/{id:int}                        s p n f f f f +
        POST /account/users/visibility                     u p + f f f f +
        GET /account/users/invite                          s p + f f f f +
        POST /account/users/invite                         u p + f f f f +
        POST /account/users/invitations/{memberInvitationId:guid}/resend    u p n f f f f +
        POST /account/users/invitations/{memberInvitationId:guid}/withdraw  u p n f f f f +
        POST /account/users/{id:int}/approve               u p n f f f f +
        POST /account/users/{id:int}/refuse                u p n f f f f +
        POST /account/users/{id:int}/role                  u p n f f f f +
        POST /account/users/{id:int}/deactivate            u p n f f f f +
        POST /account/users/{id:int}/reactivate            u p n f f f f +
        GET /admin                                         s n n n + + n n
        GET /admin/announcements                           s n n n + + n n
        GET /admin/announcements/new                       s n n n + + n n
        POST /admin/announcements/new                      u n n n + + n n
        GET /admin/announcements/{announcementId:int}      s n n n + + n n
        POST /admin/announcements/{announcementId:int}     u n n n + + n n
        POST /admin/announcements/{announcementId:int}/withdraw  u n n n + + n n
        POST /admin/announcements/{announcementId:int}/remove    u n n n + + n n
        GET /admin/announcements/{announcementId:int}/sheets/{language}  s n n n + + n n
        GET /admin/catalogue                               s n n n + + n n
        GET /admin/catalogue/{id:int}                      s n n n + + n n
        POST /admin/catalogue/{id:int}                     u n n n n + n n
        POST /admin/catalogue/{id:int}/state               u n n n n + n n
        GET /admin/catalogue/new                           s n n n n + n n
        POST /admin/catalogue/new                          u n n n n + n n
        GET /admin/catalogue/categories                    s n n n + + n n
        GET /admin/catalogue/categories/{id:int}           s n n n + + n n
        POST /admin/catalogue/categories/{id:int}          u n n n n + n n
        GET /admin/catalogue/categories/new                s n n n n + n n
        POST /admin/catalogue/categories/new               u n n n n + n n
        GET /admin/catalogue/import                        s n n n n + n n
        POST /admin/catalogue/import                       u n n n n + n n
        GET /admin/catalogue/import/example                s n n n n + n n
        GET /admin/catalogue/import/{id:guid}              s n n n n + n n
        POST /admin/catalogue/import/{id:guid}             u n n n n + n n
        GET /admin/catalogue/import/{id:guid}/errors       s n n n n + n n
        POST /admin/catalogue/import/{id:guid}/discard     u n n n n + n n
        GET /admin/promises                                s n n n n + n n
        POST /admin/promises                               u n n n n + n n
        GET /admin/closing-days                            s n n n n + n n
        POST /admin/closing-days                           u n n n n + n n
        POST /admin/closing-days/remove                    u n n n n + n n
        GET /admin/doa-conditions                          s n n n n + n n
        GET /admin/doa-conditions/{id:int}                 s n n n n + n n
        GET /admin/doa-conditions/new                      s n n n n + n n
        POST /admin/doa-conditions/new                     u n n n n + n n
        POST /admin/doa-conditions/{id:int}/withdraw       u n n n n + n n
        GET /admin/consumer-assistance                     s n n n + + n n
        GET /admin/consumer-assistance/new                 s n n n + + n n
        POST /admin/consumer-assistance/new                u n n n + + n n
        GET /admin/consumer-assistance/{assistanceId:int}  s n n n + + n n
        POST /admin/consumer-assistance/{assistanceId:int}/withdraw  u n n n + + n n
        GET /admin/dealercards                             s n n n + + n n
        GET /admin/dealercards/new                         s n n n n + n n
        POST /admin/dealercards/new                        u n n n n + n n
        GET /admin/dealercards/{cardId:int}                s n n n + + n n
        POST /admin/dealercards/{cardId:int}               u n n n n + n n
        GET /admin/dealercards/{cardId:int}/versions/new   s n n n n + n n
        POST /admin/dealercards/{cardId:int}/versions/new  u n n n n + n n
        GET /admin/dealercards/{cardId:int}/versions/{versionId:guid}            s n n n n + n n
        POST /admin/dealercards/{cardId:int}/versions/{versionId:guid}           u n n n n + n n
        POST /admin/dealercards/{cardId:int}/versions/{versionId:guid}/withdraw  u n n n n + n n
        POST /admin/dealercards/{cardId:int}/versions/{versionId:guid}/restore   u n n n n + n n
        GET /dealercards                                   s p + + + + + +
        GET /dealercards/{versionId:guid}                  s p + + + + + +
        GET /dealercards/{versionId:guid}/thumbnail        s p + + + + + +
        GET /admin/dossiers/{number}                       s n n n + + n n
        GET /admin/dossiers/{number}/live                  s n n n + + n n
        POST /admin/dossiers/{number}/answer               u n n n + + n n
        POST /admin/dossiers/{number}/assign               u n n n + + n n
        GET /admin/dossiers/{number}/data                  s n n n + + n n
        POST /admin/dossiers/{number}/data                 u n n n + + n n
        POST /admin/dossiers/{number}/link                 u n n n + + n n
        POST /admin/dossiers/{number}/template             u n n n + + n n
        POST /admin/dossiers/{number}/hold                 u n n n + + n n
        POST /admin/dossiers/{number}/release              u n n n + + n n
        POST /admin/dossiers/{number}/unlink               u n n n + + n n
        POST /admin/dossiers/{number}/merge                u n n n + + n n
        POST /admin/dossiers/{number}/presence             u n n n + + n n
        POST /admin/dossiers/{number}/presence/leave       u n n n + + n n
        POST /admin/dossiers/{number}/return               u n n n + + n n
        POST /admin/dossiers/{number}/note                 u n n n + + n n
        GET /admin/dossiers/{number}/slip                  s n n n + + n n
        POST /admin/dossiers/{number}/status               u n n n + + n n
        POST /admin/dossiers/{number}/repair               u n n n + + n n
        GET /admin/export.csv                              s n n n + + n n
        GET /admin/export.xlsx                             s n n n + + n n
        GET /admin/inbound                                 s n n n + + n n
        GET /admin/inbound/{inboundId:guid}                s n n n + + n n
        POST /admin/inbound/{inboundId:guid}/attach        u n n n + + n n
        POST /admin/inbound/{inboundId:guid}/put-aside     u n n n + + n n
        GET /admin/more                                    s n n n + + n n
        GET /admin/on-behalf                               s n n n + + n n
        POST /admin/seat                                   u n n n + + n n
        POST /admin/seat/leave                             u n n n + + n n
        GET /admin/bulk                                    s n n n + + n n
        POST /admin/bulk                                   u n n n + + n n
        GET /admin/bulk/{runId:guid}                       s n n n + n n n
        POST /admin/queue/preferences                      u n n n + + n n
        GET /admin/queue/organisations                     s n n n + + n n
        GET /admin/requests                                s n n n + + n n
        GET /admin/organisations                           s n n n + + n n
        GET /admin/organisations/imports                   s n n n + + n n
        POST /admin/organisations/imports                  u n n n + + n n
        GET /admin/organisations/imports/template          s n n n + + n n
        GET /admin/organisations/imports/{portalImportId:guid}           s n n n + + n n
        POST /admin/organisations/imports/{portalImportId:guid}/confirm  u n n n + + n n
        POST /admin/organisations/imports/{portalImportId:guid}/undo     u n n n + + n n
        POST /admin/organisations/imports/{portalImportId:guid}/discard  u n n n + + n n
        GET /admin/organisations/imports/{portalImportId:guid}/faults    s n n n + + n n
        GET /admin/organisations/{organisationId:int}      s n n n + + n n
        POST /admin/organisations/{organisationId:int}     u n n n + + n n
        POST /admin/organisations/{organisationId:int}/deactivate  u n n n + + n n
        POST /admin/organisations/{organisationId:int}/reactivate  u n n n + + n n
        POST /admin/organisations/{organisationId:int}/members/{membershipId:int}/administrator  u n n n + + n n
        GET /admin/organisations/{organisationId:int}/merge  s n n n + + n n
        POST /admin/organisations/{organisationId:int}/merge  u n n n + + n n
        GET /admin/outbox                                  s n n n + + n n
        GET /admin/outbox/{mailId:guid}                    s n n n + + n n
        GET /admin/outbox/{mailId:guid}/html               s n n n + + n n
        GET /admin/outbox/{mailId:guid}/files/{index:int}  s n n n + + n n
        POST /admin/outbox/{mailId:guid}/send-again        u n n n n + n n
        POST /admin/outbox/{mailId:guid}/put-back          u n n n n + n n
        GET /admin/audit                                   s n n n n + n n
        GET /admin/audit/head                              s n n n n + n n
        GET /admin/audit/verify                            s n n n n + n n
        POST /admin/audit/verify                           u n n n n + n n
        GET /admin/audit/checks/{checkId:int}              s n n n n + n n
        GET /admin/templates                               s n n n + + n n
        GET /admin/templates/new                           s n n n + + n n
        POST /admin/templates/new                          u n n n + + n n
        GET /admin/templates/{templateId:int}              s n n n + + n n
        POST /admin/templates/{templateId:int}             u n n n + + n n
        POST /admin/templates/{templateId:int}/deactivate  u n n n + + n n
        POST /admin/templates/{templateId:int}/reactivate  u n n n + + n n
        GET /admin/credits                                 s n n n + + n n
        GET /admin/credits/{**grmsNumber}                  s n n n + + n n
        GET /admin/credits/export.csv                      s n n n + + n n
        GET /admin/credits/export.xlsx                     s n n n + + n n
        POST /admin/credits/link                           u n n n + + n n
        GET /admin/credits/imports                         s n n n + + n n
        POST /admin/credits/imports                        u n n n + + n n
        GET /admin/credits/imports/example                 s n n n + + n n
        GET /admin/credits/imports/{creditImportId:guid}   s n n n + + n n
        GET /admin/credits/imports/{creditImportId:guid}/columns   s n n n + + n n
        POST /admin/credits/imports/{creditImportId:guid}/columns  u n n n + + n n
        POST /admin/credits/imports/{creditImportId:guid}/confirm  u n n n + + n n
        POST /admin/credits/imports/{creditImportId:guid}/undo     u n n n + + n n
        POST /admin/credits/imports/{creditImportId:guid}/discard  u n n n + + n n
        GET /admin/credits/imports/{creditImportId:guid}/faults    s n n n + + n n
        GET /admin/figures                                 s n n n + + n n
        GET /admin/figures/volumes.csv                     s n n n + + n n
        GET /admin/figures/steps.csv                       s n n n + + n n
        GET /admin/figures/doa.csv                         s n n n + + n n
        GET /admin/views                                   s n n n + + n n
        POST /admin/views                                  u n n n + + n n
        GET /admin/views/{id:int}                          s n n n + n n n
        POST /admin/views/{id:int}                         u n n n + n n n
        POST /admin/views/{id:int}/move                    u n n n + n n n
        POST /admin/views/{id:int}/remove                  u n n n + n n n
        GET /admin/staff                                   s n n n n + n n
        GET /admin/staff/invite                            s n n n n + n n
        POST /admin/staff/invite                           u n n n n + n n
        POST /admin/staff/invitations/{invitationId:guid}/resend    u n n n n + n n
        POST /admin/staff/invitations/{invitationId:guid}/withdraw  u n n n n + n n
        GET /admin/users                                   s n n n + + n n
        GET /admin/users/{userId:int}                      s n n n + + n n
        POST /admin/users/{userId:int}/unlock              u n n n + + n n
        POST /admin/users/{userId:int}/password-mail       u n n n + + n n
        POST /admin/users/{userId:int}/end-sessions        u n n n n + n n
        POST /admin/users/{userId:int}/reset-factor        u n n n n + n n
        POST /admin/users/{userId:int}/deactivate          u n n n n + n n
        POST /admin/users/{userId:int}/reactivate          u n n n n + n n
        POST /admin/users/{userId:int}/role                u n n n n + n n
        POST /admin/dossiers/{number}/service-centre       u n n n + + n n
        GET /admin/service-centres                         s n n n + + n n
        POST /admin/service-centres                        u n n n n + n n
        GET /admin/service-centres/{id:int}                s n n n + + n n
        POST /admin/service-centres/{id:int}               u n n n n + n n
        POST /admin/service-centres/{id:int}/deactivate    u n n n n + n n
        POST /admin/service-centres/{id:int}/activate      u n n n n + n n
        POST /admin/service-centres/{id:int}/keys          u n n n n + n n
        POST /admin/service-centres/{id:int}/keys/{keyId:int}/revoke  u n n n n + n n
        GET /admin/service-centres/{id:int}/events         s n n n + + n n
        GET /admin/service-centres/{id:int}/upload         s n n n + + n n
        POST /admin/service-centres/{id:int}/upload        u n n n + + n n
        GET /admin/service-centres/{id:int}/uploads/{uploadId:guid}   s n n n + + n n
        POST /admin/service-centres/{id:int}/uploads/{uploadId:guid}  u n n n + + n n
        GET /admin/service-centres/codes                   s n n n + + n n
        GET /admin/service-centres/codes/new               s n n n + + n n
        POST /admin/service-centres/codes/new              u n n n + + n n
        GET /admin/service-centres/codes/{id:int}          s n n n + + n n
        POST /admin/service-centres/codes/{id:int}         u n n n + + n n
        POST /admin/service-centres/codes/{id:int}/remove  u n n n + + n n
        GET /admin/service-centres/unknown                 s n n n + + n n
        POST /admin/service-centres/unknown                u n n n + + n n
        GET /announcements                                 s p + + f f + +
        GET /announcements/{announcementId:int}            s p + + f f + +
        GET /announcements/{announcementId:int}/sheets/{language}  s p + + f f + +
        POST /announcements/{announcementId:int}/dismiss   u p + + f f + +
        POST /api/v1/dossiers/{number}/events              u u u u u u u u
        GET /api/v1/openapi.json                           + + + + + + + +
        GET /brand.css                                     + + + + + + + +
        GET /catalogue/models                              s p + + + + + +
        GET /consumer-assistance                           s p + + f f + +
        GET /dossiers                                      s p + + f f + +
        GET /dossiers/live                                 s p + + f f + +
        GET /dossiers/export.csv                           s p + + f f + +
        GET /dossiers/export.xlsx                          s p + + f f + +
        GET /dossiers/views                                s p + + f f + +
        POST /dossiers/views                               u p + + f f + +
        GET /dossiers/views/{id:int}                       s p n n f f + n
        POST /dossiers/views/{id:int}                      u p n n f f + n
        POST /dossiers/views/{id:int}/move                 u p n n f f + n
        POST /dossiers/views/{id:int}/remove               u p n n f f + n
        GET /dossiers/new                                  s p + + f f + +
        GET /dossiers/new/{slug}                           s p + + f f + +
        GET /dossiers/new/{slug}/{draftId:guid}            s p n n f f + n
        POST /dossiers/new/{slug}/{draftId:guid}           u p n n f f + n
        POST /dossiers/new/{slug}/{draftId:guid}/save      u p n n f f + n
        POST /dossiers/new/{slug}/{draftId:guid}/language  u p n n f f + n
        POST /dossiers/new/{slug}/{draftId:guid}/files     u p n n f f + n
        POST /dossiers/new/{slug}/{draftId:guid}/files/remove  u p n n f f + n
        GET /dossiers/new/{slug}/{draftId:guid}/branch     s p n n f f + n
        POST /dossiers/new/{slug}/{draftId:guid}/branch    u p n n f f + n
        GET /dossiers/new/{slug}/{draftId:guid}/model      s p n n f f + n
        POST /dossiers/new/{slug}/{draftId:guid}/model     u p n n f f + n
        GET /dossiers/new/{slug}/{draftId:guid}/device     s p n n f f + n
        POST /dossiers/new/{slug}/{draftId:guid}/device    u p n n f f + n
        GET /dossiers/{number}                             s p n n f f + +
        GET /dossiers/{number}/live                        s p n n f f + +
        GET /dossiers/{number}/appointment.ics             s p n n f f + +
        GET /dossiers/{number}/slip                        s p n n f f + +
        GET /dossiers/{number}/receipt                     s p n n f f + +
        POST /dossiers/{number}/messages                   u p n n f f + +
        POST /dossiers/{number}/notify                     u p n n f f + +
        POST /dossiers/{number}/request-cancellation       u p n n f f + +
        POST /dossiers/{number}/withdraw                   u p n n f f + +
        POST /dossiers/{number}/another-date               u p n n f f + +
        POST /dossiers/{number}/hand-over                  u p n f f f f +
        GET /dossiers/{number}/copy                        s p n n f f + +
        POST /dossiers/{number}/copy                       u p n n f f + +
        POST /dossiers/{number}/next                       u p n n f f + +
        POST /dossiers/{number}/follow                     u p n n f f + +
        GET /error/{code:int?}                             n n n n n n n n
        GET /exports                                       s p + + + + + +
        POST /exports                                      u p + + + + + +
        GET /exports/new                                   s p + + + + + +
        GET /exports/{exportId:guid}                       s p n n n n + n
        GET /exports/{exportId:guid}/file                  s p n n n n + n
        GET /credits                                       s p + + f f + +
        GET /credits/{**grmsNumber}                        s p n + f f + +
        GET /credits/export.csv                            s p + + f f + +
        GET /credits/export.xlsx                           s p + + f f + +
        GET /figures                                       s p + f f f f +
        GET /figures/volumes.csv                           s p + f f f f +
        GET /figures/steps.csv                             s p + f f f f +
        GET /figures/doa.csv                               s p + f f f f +
        GET /files/{id:guid}                               s p n n + + + +
        GET /files/{id:guid}/thumbnail                     s p n n + + + +
        GET /health/live                                   + + + + + + + +
        GET /health/ready                                  + + + + + + + +
        GET /invitation                                    400 400 400 400 400 400 400 400
        POST /invitation                                   + + + + + + + +
        GET /invitation/member                             400 400 400 400 400 400 400 400
        POST /invitation/member                            + + + + + + + +
        POST /language                                     + + + + + + + +
        GET /password/forgot                               + + + + + + + +
        POST /password/forgot                              + + + + + + + +
        GET /password/reset                                400 400 400 400 400 400 400 400
        POST /password/reset                               + + + + + + + +
        GET /password/sent                                 + + + + + + + +
        GET /privacy                                       + + + + + + + +
        GET /terms                                         + + + + + + + +
        GET /pending                                       s + + + + + + +
        GET /help                                          + + + + + + + +
        GET /help/registration                             + + + + + + + +
        GET /help/{formSlug}                               + + + + + + + +
        GET /register                                      + + + + + + + +
        POST /register                                     + + + + + + + +
        GET /register/code                                 + + + + + + + +
        POST /register/code                                + + + + + + + +
        POST /register/code/resend                         + + + + + + + +
        GET /register/organisation                         + + + + + + + +
        POST /register/organisation                        + + + + + + + +
        GET /register/organisation/new                     + + + + + + + +
        POST /register/organisation/new                    + + + + + + + +
        POST /register/organisation/new/check              + + + + + + + +
        GET /sign-in                                       + p + + + + + +
        POST /sign-in                                      + + + + + + + +
        GET /sign-in/code                                  + + + + + + + +
        POST /sign-in/code                                 + + + + + + + +
        POST /sign-in/passkey                              + + + + + + + +
        POST /sign-in/passkey/options                      + + + + + + + +
        POST /sign-out                                     + + + + + + + +
        """;

    private static readonly Dictionary<string, string[]> Rows = Table.Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .ToDictionary(cells => $"{cells[0]} {cells[1]}", cells => cells[2..]);

    private static readonly ConditionalWeakTable<PortalFactory, Task<AccessWorld>> _readWorlds = [];

    public static TheoryData<string> RowKeys => [.. Rows.Keys];

    /// <summary>Every route, as «METHOD /pattern».</summary>
    internal static IEnumerable<string> Keys => Rows.Keys;

    /// <summary>Whom the table sends away from a route.</summary>
    internal static IEnumerable<Persona> RefusedBy(string key) => Enum.GetValues<Persona>().Where(persona => Rows[key][(int)persona] is not "+");

    [Fact]
    public void Table_HasALineForEveryRoute() =>
        Assert.Equal(Route.AllOf(portal.Factory).Select(route => route.Key).Distinct().Order(StringComparer.Ordinal), Rows.Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void EveryEndpoint_SaysWhoMayCallIt()
    {
        var silent = portal.Factory.Services.GetRequiredService<EndpointDataSource>().Endpoints
            .Where(endpoint => !Route.IsBuildOnly(endpoint))
            .Where(endpoint => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null && endpoint.Metadata.GetMetadata<IAuthorizeData>() is null)
            .Select(endpoint => endpoint.DisplayName);

        Assert.Empty(silent);
    }

    [Fact]
    public void StaticFiles_AreForEverybody() => Assert.All(
        portal.Factory.Services.GetRequiredService<EndpointDataSource>().Endpoints.Where(endpoint => endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is not null),
        endpoint => Assert.NotNull(endpoint.Metadata.GetMetadata<IAllowAnonymous>()));

    [Theory]
    [MemberData(nameof(RowKeys))]
    public async Task Route_AnswersEachPersonAsTheTableSays(string key)
    {
        var (method, pattern) = (key.Split(' ')[0], key.Split(' ')[1]);
        // Reading leaves a world as it is: one does for all of them.
        using var own = method == "GET" ? null : await AccessWorld.CreateAsync(portal.Factory);
        var world = own ?? await _readWorlds.GetValue(portal.Factory, AccessWorld.CreateAsync);
        var url = Route.Fill(pattern, world.RouteValues);
        var answers = new List<string>();
        foreach (var persona in Enum.GetValues<Persona>())
        {
            var client = world.ClientOf(persona);
            var page = method == "GET" ? await client.GetPageAsync(url)
                : url.EndsWith("/files", StringComparison.Ordinal) ? await client.PostFilesAsync(url, [new TestFile("file", "point.png", TestFile.Png)])
                : await client.PostAsync(url, world.FormValues);
            answers.Add(LetterOf(page, method));
            Assert.False(HoldsAny(page, MarksHiddenFrom(persona, world), out var mark), $"{key}: {persona} reads «{mark}»");
        }

        Assert.Equal(string.Join(' ', Rows[key]), string.Join(' ', answers));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/thumbnail")]
    public async Task FileOfADraft_IsForItsOwnerAlone(string part)
    {
        using var world = await AccessWorld.CreateAsync(portal.Factory);
        foreach (var persona in Enum.GetValues<Persona>())
        {
            var page = await world.ClientOf(persona).GetPageAsync($"/files/{world.StagedFileId}{part}");

            Assert.Equal(persona switch { Persona.Anonymous => "s", Persona.Pending => "p", Persona.Owner => "+", _ => "n" }, LetterOf(page, "GET"));
            Assert.True(persona == Persona.Owner || !HoldsAny(page, world.DossierMarks, out _), $"{persona} reads a file of a draft");
        }
    }

    private static bool HoldsAny(PortalPage page, IEnumerable<string> marks, out string? found)
    {
        var answer = page.Body + page.Headers + page.ContentHeaders;
        found = marks.FirstOrDefault(mark => answer.Contains(mark, StringComparison.OrdinalIgnoreCase));
        return found is not null;
    }

    private static IEnumerable<string> MarksHiddenFrom(Persona persona, AccessWorld world) => persona switch
    {
        Persona.Anonymous or Persona.Pending or Persona.ForeignAdministrator => world.DossierMarks.Concat(world.OrganisationMarks),
        Persona.Colleague => world.DossierMarks,
        _ => [],
    };

    private static string LetterOf(PortalPage page, string method) => page.Status switch
    {
        HttpStatusCode.Unauthorized => "u",
        HttpStatusCode.Forbidden => "f",
        HttpStatusCode.NotFound => "n",
        HttpStatusCode.Redirect when page.Location!.StartsWith("/sign-in?", StringComparison.Ordinal) => "s",
        HttpStatusCode.Redirect when page.Location == "/pending" => "p",
        >= HttpStatusCode.InternalServerError => $"{(int)page.Status}",
        >= HttpStatusCode.BadRequest when method == "GET" => $"{(int)page.Status}",
        _ => "+",
    };
}
