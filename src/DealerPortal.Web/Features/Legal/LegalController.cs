using DealerPortal.Core.Accounts;
using DealerPortal.Core.Accounts.Invitations;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Exports;
using DealerPortal.Core.Mail.Inbound;
using DealerPortal.Core.OldPortal;
using DealerPortal.Core.Privacy;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace DealerPortal.Web.Features.Legal;

/// <summary>What the portal keeps of whom and for how long, and on which terms it is used; for everybody.</summary>
[AllowAnonymous]
public sealed class LegalController(IOptions<RetentionOptions> retention) : Controller
{
    [HttpGet("/privacy")]
    public IActionResult Privacy() => View(new PrivacyPage(
        retention.Value.DossierMonths, Draft.Lifetime.Days, ExpiredAccounts.RegistrationLifetime.Days, (MemberInvitation.Lifetime + MemberInvitation.Remembered).Days, PortalImport.FileLifetime.Days, ExpiredAccounts.SessionLifetime.Days, Export.Lifetime.Days, InboundHousekeeping.Lifetime.Days));

    [HttpGet("/terms")]
    public IActionResult Terms() => View();
}

/// <summary>How long things are kept, as the jobs that remove them know it.</summary>
public sealed record PrivacyPage(int DossierMonths, int DraftDays, int RegistrationDays, int InvitationDays, int ImportDays, int SessionDays, int ExportDays, int InboundDays);
