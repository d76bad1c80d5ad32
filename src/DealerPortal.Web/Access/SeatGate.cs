using DealerPortal.Core.Accounts;
using DealerPortal.Core.Accounts.Seats;
using DealerPortal.Core.Data;

namespace DealerPortal.Web.Access;

/// <summary>
/// Shows the dealer's side of the portal to a member of the staff as one dealer sees it. The admin area and the person's own
/// account stay theirs, so that a second tab goes on working. In the dealer's place nothing can be written, but for the forms of
/// somebody who files for the dealer; each page that is looked at is on record.
/// </summary>
public sealed class SeatGate(RequestDelegate next)
{
    private static readonly PathString _forms = "/dossiers/new";
    private static readonly PathString[] _dealerPaths = ["/dossiers", "/credits", "/dealercards", "/announcements", "/consumer-assistance", "/account/users", "/account/branches", "/account/mails", "/account/organisations", "/figures"];

    /// <summary>Whether a path belongs to the dealer's side.</summary>
    public static bool IsDealers(PathString path) => path == "/" || _dealerPaths.Any(area => path.StartsWithSegments(area));

    public async Task InvokeAsync(HttpContext context, CurrentUser user, CurrentTenant tenant, SeatService seats)
    {
        if (user.Snapshot is not { IsStaff: true } staff || await SeatAsync(context, staff, seats) is not { } dealer)
        {
            await next(context);
            return;
        }

        var path = context.Request.Path;
        user.Snapshot = staff with { Seat = dealer };
        if (IsDealers(path))
        {
            var files = dealer.Mode == SeatMode.File && path.StartsWithSegments(_forms);
            var reads = HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method);
            if (reads && !AskedByThePageAttribute.IsFor(context))
                await seats.RecordLookAsync(staff, dealer, path, context.RequestAborted);
            user.Snapshot = files ? Filing(staff, dealer) : Looking(staff, dealer);
            tenant.Set(dealer.Organisation.Id);
            if (!files)
            {
                tenant.ForbidWrites();
                if (!reads)
                {
                    context.Response.StatusCode = StatusCodes.Status403Forbidden;
                    return;
                }
            }
        }

        await next(context);
    }

    /// <summary>A form keeps its dealer, so that two of them can be filled in side by side.</summary>
    private static async Task<SeatedDealer?> SeatAsync(HttpContext context, SessionSnapshot staff, SeatService seats)
    {
        var ofForm = context.Request.Path.StartsWithSegments(_forms, out var rest) && rest.Value!.Split('/') is [_, _, var id, ..] && Guid.TryParse(id, out var draftId)
            ? await seats.FindOfDraftAsync(staff.UserId, draftId, context.RequestAborted)
            : null;
        return ofForm ?? await seats.FindAsync(staff.SessionId, context.RequestAborted);
    }

    /// <summary>The agent, with a place in the dealer's organisation: drafts are the agent's own.</summary>
    private static SessionSnapshot Filing(SessionSnapshot staff, SeatedDealer dealer) => staff with
    {
        StaffRole = StaffRole.None,
        Organisation = dealer.Organisation with { Role = Core.Organisations.MembershipRole.Employee, ColleaguesSeeAll = true },
        Seat = dealer,
    };

    private static SessionSnapshot Looking(SessionSnapshot staff, SeatedDealer dealer) => staff with
    {
        UserId = dealer.UserId,
        FirstName = dealer.FirstName,
        LastName = dealer.LastName,
        StaffRole = StaffRole.None,
        Organisation = dealer.Organisation,
        Seat = dealer,
    };
}
