using DealerPortal.Core.Calendar;
using DealerPortal.Core.Data;
using DealerPortal.Core.Mail;
using DealerPortal.Core.Mail.Mails;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Core.Organisations;

/// <summary>Reminds administrators, once, of requests that nobody has decided.</summary>
public sealed class MembershipReminders(PortalDatabase database, PortalDbContext db, MailQueue mails, TimeProvider time)
{
    /// <summary>Working days a request may wait, counted in Brussels from the day after it came.</summary>
    public const int Patience = 2;

    /// <summary>Reminds of every request that is due; how many there were. A request that came on a Friday is due on Tuesday.</summary>
    public async Task<int> RemindAsync(CancellationToken ct)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var today = Formats.Today(time);
        var waiting = await (
            from membership in db.Memberships.AsNoTracking()
            join user in db.Users.AsNoTracking() on membership.UserId equals user.Id
            join organisation in db.Organisations.AsNoTracking() on membership.OrganisationId equals organisation.Id
            where membership.Status == MembershipStatus.Pending && membership.RemindedAt == null
                && organisation.DeactivatedAt == null && user.DeactivatedAt == null
            orderby membership.Id
            select new { membership.Id, membership.RequestedAt, membership.OrganisationId, organisation.Name, organisation.Country, user.FirstName, user.LastName, user.Email })
            .ToListAsync(ct);
        if (waiting.Count == 0)
            return 0;
        var calendar = await db.ReadWorkingDaysAsync(DateOnly.FromDateTime(waiting.Min(request => request.RequestedAt)), ct);
        var reminded = 0;
        foreach (var request in waiting)
        {
            var asked = DateOnly.FromDateTime(Formats.ToBrussels(request.RequestedAt));
            if (calendar.Add(asked, Patience, request.Country) > today)
                continue;
            var reminder = new MembershipReminder($"{request.FirstName} {request.LastName}", request.Email!, request.Name, request.RequestedAt, $"/account/users/{request.Id}");
            var letters = (await db.AdministratorsAsync(request.OrganisationId, ct))
                .ConvertAll(a => mails.Render(reminder, new MailRecipient(a.Email!, a.FullName, a.Language, a.Id)));
            reminded += await database.WriteAsync(async (write, token) =>
            {
                var due = await write.Db.Memberships.Where(m => m.Id == request.Id && m.Status == MembershipStatus.Pending && m.RemindedAt == null)
                    .ExecuteUpdateAsync(set => set.SetProperty(m => m.RemindedAt, now), token);
                if (due == 1)
                    letters.ForEach(letter => mails.Enqueue(write, letter));
                return due;
            }, ct);
        }

        return reminded;
    }
}

public static class OverdueRequests
{
    /// <summary>Requests of which the administrators were reminded and which they still have not decided.</summary>
    public static IQueryable<Membership> Overdue(this IQueryable<Membership> memberships) =>
        memberships.Where(m => m.Status == MembershipStatus.Pending && m.RemindedAt != null);
}
