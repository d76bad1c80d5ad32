using DealerPortal.Core;
using DealerPortal.Core.Accounts;
using DealerPortal.Core.Data;
using DealerPortal.Web.Access;
using DealerPortal.Web.Features.Shared;
using DealerPortal.Web.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Web.Features.Language;

/// <summary>Changes the language and comes back to the same page, with what was typed in the form that posted.</summary>
[AllowAnonymous]
[AllowedDuringSetUp]
public sealed class LanguageController(LanguageChoice choice) : Controller
{
    [HttpPost("/language")]
    public async Task<IActionResult> Choose(string language, string? returnUrl, CancellationToken ct)
    {
        await choice.ApplyAsync(HttpContext, language, ct);
        CarriedForm.Keep(this, returnUrl);
        return Url.IsLocalUrl(returnUrl) ? LocalRedirect(returnUrl) : Redirect("/");
    }
}

/// <summary>Makes a language the one of this browser, and of the person's pages and mails.</summary>
public sealed class LanguageChoice(CurrentUser user, PortalDatabase database, SessionService sessions)
{
    public async Task ApplyAsync(HttpContext context, string language, CancellationToken ct)
    {
        PortalCultures.Remember(context, language);
        if (user.Snapshot is not { } person)
            return;
        await database.WriteAsync((write, token) => write.Db.Users.Where(u => u.Id == person.UserId)
            .ExecuteUpdateAsync(set => set.SetProperty(u => u.Language, Languages.Normalise(language)), token), ct);
        sessions.Forget(person.SessionId);
    }
}
