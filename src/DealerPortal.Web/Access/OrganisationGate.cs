using System.Globalization;
using DealerPortal.Core.Accounts;
using DealerPortal.Core.Data;
using DealerPortal.Core.Organisations;
using Microsoft.AspNetCore.WebUtilities;

namespace DealerPortal.Web.Access;

/// <summary>
/// For which organisation a member works in this request. Whoever belongs to several chooses one in the header; but what an
/// address names opens in the organisation that it belongs to, and a page goes on in the one that it was made for, which its forms
/// and links say. So two tabs, or a mail's link, never act in another organisation than the one they show.
/// </summary>
public sealed class OrganisationGate(RequestDelegate next)
{
    /// <summary>With which an address says for which organisation its page was made.</summary>
    public const string Parameter = "organisation";

    private static readonly (PathString Area, string Value, OwnedThing Thing)[] _named =
    [
        ("/dossiers/new", "draftId", OwnedThing.Draft),
        ("/dossiers", "number", OwnedThing.Dossier),
        ("/credits", "grmsNumber", OwnedThing.Credit),
        ("/files", "id", OwnedThing.File),
        ("/account/branches", "id", OwnedThing.Branch),
        ("/account/users", "id", OwnedThing.Membership),
        ("/account/users", "memberInvitationId", OwnedThing.Invitation),
    ];

    public async Task InvokeAsync(HttpContext context, CurrentUser user, CurrentTenant tenant, OrganisationOf organisationOf)
    {
        if (user.Snapshot is not { IsStaff: false, Organisation: { } chosen } person)
        {
            await next(context);
            return;
        }

        var said = context.Request.Query[Parameter].ToString();
        var owner = person.HasSeveralOrganisations ? await OwnerAsync(context, person, organisationOf) : null;
        var id = owner ?? (int.TryParse(said, NumberStyles.None, CultureInfo.InvariantCulture, out var named) ? named : null);
        if (said.Length > 0 && (id is not { } asked || person.In(asked) is null) && IsOfOneOrganisation(context))
        {
            // A page from before a place was lost must not go on in another organisation.
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        if (id is { } wanted && person.In(wanted) is { } there)
        {
            user.Snapshot = there;
            tenant.Set(wanted);
            if (wanted != chosen.Id)
                KeepThroughRedirect(context, wanted);
        }

        await next(context);
    }

    private static async Task<int?> OwnerAsync(HttpContext context, SessionSnapshot person, OrganisationOf organisationOf)
    {
        foreach (var (area, value, thing) in _named)
        {
            if (context.Request.Path.StartsWithSegments(area) && context.Request.RouteValues[value] is string key)
                return await organisationOf.FindAsync(person, thing, key, context.RequestAborted);
        }

        return null;
    }

    private static bool IsOfOneOrganisation(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<AccessAttribute>()?.Audience is Audience.Member or Audience.OrganisationAdministrator or Audience.MemberOrStaff;

    private static void KeepThroughRedirect(HttpContext context, int organisation) => context.Response.OnStarting(() =>
    {
        var to = context.Response.Headers.Location.ToString();
        if (to.StartsWith('/') && !QueryHelpers.ParseQuery(to.Contains('?', StringComparison.Ordinal) ? to[to.IndexOf('?', StringComparison.Ordinal)..] : "").ContainsKey(Parameter))
            context.Response.Headers.Location = QueryHelpers.AddQueryString(to, Parameter, organisation.ToString(CultureInfo.InvariantCulture));
        return Task.CompletedTask;
    });
}
