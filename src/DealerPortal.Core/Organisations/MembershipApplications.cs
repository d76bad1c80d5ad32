using DealerPortal.Core.Accounts;
using DealerPortal.Core.Accounts.Directory;
using DealerPortal.Core.Audit;
using DealerPortal.Core.Data;
using DealerPortal.Core.Mail;
using DealerPortal.Core.Mail.Mails;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Core.Organisations;

/// <summary>A person who wants a place in an organisation.</summary>
public abstract record Applicant;

/// <summary>Somebody whose address was verified and who has no account yet.</summary>
public sealed record NewPerson(Registration Registration, string FirstName, string LastName, string Phone, string Password) : Applicant;

/// <summary>Somebody with an account: who belongs to no organisation (refused, deactivated, or waiting), or to another one.</summary>
public sealed record KnownPerson(int UserId) : Applicant;

/// <summary>A first branch, as it was checked by the caller.</summary>
public sealed record NewOrganisation(string Name, VatNumber Vat, BranchAddress FirstBranch);

public enum ApplicationOutcome
{
    Done,

    /// <summary>The registration was used already, or its address got an account meanwhile.</summary>
    AccountExists,

    /// <summary>The organisation is not there (any more).</summary>
    NoSuchOrganisation,

    /// <summary>Another organisation has that VAT number: join it.</summary>
    VatNumberTaken,

    /// <summary>This person has asked this organisation before.</summary>
    AskedBefore,

    /// <summary>More requests are open than one person needs.</summary>
    TooManyRequests,
}

/// <param name="UserId">The person, when <see cref="ApplicationOutcome.Done"/>.</param>
/// <param name="OrganisationId">Joined or created, when <see cref="ApplicationOutcome.Done"/>.</param>
public sealed record ApplicationResult(ApplicationOutcome Outcome, int UserId = 0, int OrganisationId = 0);

/// <summary>Joins an organisation, which its administrators then decide on, or creates one, which the person then administers.</summary>
public sealed class MembershipApplications(
    PortalDatabase database, PortalDbContext db, MailQueue mails, SessionService sessions, IPasswordHasher<User> hasher, TimeProvider time)
{
    /// <summary>Requests one person may have open at once.</summary>
    public const int MaxOpenRequests = 3;

    /// <summary>Asks to join. The administrators and the applicant get a mail; nothing opens until one of them decides.</summary>
    public async Task<ApplicationResult> JoinAsync(Applicant applicant, int organisationId, CancellationToken ct)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var organisation = await db.Organisations.AsNoTracking().SingleOrDefaultAsync(o => o.Id == organisationId && o.DeactivatedAt == null, ct);
        if (organisation is null)
            return new ApplicationResult(ApplicationOutcome.NoSuchOrganisation);
        var passwordHash = HashOf(applicant);
        var administrators = await db.AdministratorsAsync(organisationId, ct);

        return await SaveAsync(async (write, token) =>
        {
            if (await EnterAsync(write, applicant, passwordHash, now, token) is not { } user)
                return new ApplicationResult(ApplicationOutcome.AccountExists);
            var memberships = write.Db.Memberships.Where(m => m.UserId == user.Id);
            if (await memberships.AnyAsync(m => m.OrganisationId == organisationId, token))
                return new ApplicationResult(ApplicationOutcome.AskedBefore);
            if (await memberships.CountAsync(m => m.Status == MembershipStatus.Pending, token) >= MaxOpenRequests)
                return new ApplicationResult(ApplicationOutcome.TooManyRequests);
            var membership = Membership.Request(user.Id, organisationId, now);
            write.Db.Add(membership);
            await write.Db.SaveChangesAsync(token);
            write.Db.Record(now, user.Id, "membership.requested", nameof(Membership), membership.Id, $"organisation {organisationId}");
            mails.Enqueue(write, mails.Render(new MembershipRequestReceived(organisation.Name), Recipient(user)));
            // Rendered inside the write: the link holds the number that the row has just been given.
            foreach (var administrator in administrators)
            {
                mails.Enqueue(write, mails.Render(
                    new MembershipRequested(user.FullName, user.Email!, organisation.Name, $"/account/users/{membership.Id}"), Recipient(administrator)));
            }

            return new ApplicationResult(ApplicationOutcome.Done, user.Id, organisationId);
        }, ct);
    }

    /// <summary>Creates an organisation that works at once and is unconfirmed until support has looked at it.</summary>
    public async Task<ApplicationResult> CreateAsync(Applicant applicant, NewOrganisation created, CancellationToken ct)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var passwordHash = HashOf(applicant);
        var result = await SaveAsync(async (write, token) =>
        {
            if (await write.Db.Organisations.AnyAsync(o => o.VatNumber == created.Vat.Value, token))
                return new ApplicationResult(ApplicationOutcome.VatNumberTaken);
            if (await EnterAsync(write, applicant, passwordHash, now, token) is not { } user)
                return new ApplicationResult(ApplicationOutcome.AccountExists);
            var organisation = new Organisation { Name = created.Name, VatNumber = created.Vat.Value, Country = created.Vat.Country, CreatedAt = now };
            write.Db.Add(organisation);
            await write.Db.SaveChangesAsync(token);
            write.Db.Add(new NewBranch(organisation.Id, user.Id, created.FirstBranch).ToBranch());
            var membership = Membership.OfCreator(user.Id, organisation.Id, now);
            write.Db.Add(membership);
            await write.RewriteTokensAsync(organisation.Id, token);
            write.Db.Record(now, user.Id, "organisation.created", nameof(Organisation), organisation.Id);
            mails.Enqueue(write, mails.Render(new OrganisationCreated(created.Name, $"/?organisation={organisation.Id}"), Recipient(user)));
            return new ApplicationResult(ApplicationOutcome.Done, user.Id, organisation.Id);
        }, ct);
        if (applicant is KnownPerson && result.Outcome == ApplicationOutcome.Done)
            await sessions.ForgetUserAsync(result.UserId, ct);
        return result;
    }

    /// <summary>Two people who finish with one VAT number, or one address, in the same instant: the second looks again and is told.</summary>
    private async Task<ApplicationResult> SaveAsync(Func<WriteScope, CancellationToken, Task<ApplicationResult>> work, CancellationToken ct)
    {
        // What is not done must leave nothing behind, such as a registration used up for an account that was not made.
        async Task<ApplicationResult> DoneOrNothing(WriteScope write, CancellationToken token) =>
            await work(write, token) is var result && result.Outcome == ApplicationOutcome.Done ? result : throw new NotDoneException(result);
        try
        {
            return await database.WriteAgainAfterRaceAsync(DoneOrNothing, ct);
        }
        catch (NotDoneException notDone)
        {
            return notDone.Result;
        }
    }

    /// <summary>Slow, so before the write. The hasher asks for a user and uses none.</summary>
    private string? HashOf(Applicant applicant) => applicant is NewPerson person ? hasher.HashPassword(null!, person.Password) : null;

    private static async Task<User?> EnterAsync(WriteScope write, Applicant applicant, string? passwordHash, DateTime now, CancellationToken ct)
    {
        if (applicant is KnownPerson known)
            return await write.Db.Users.AsNoTracking().SingleAsync(u => u.Id == known.UserId, ct);
        var person = (NewPerson)applicant;
        var consumed = await write.Db.Registrations
            .Where(r => r.Id == person.Registration.Id && r.VerifiedAt != null && r.ConsumedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.ConsumedAt, now), ct);
        if (consumed == 0 || await write.Db.Users.AnyAsync(u => u.NormalizedEmail == person.Registration.NormalizedEmail, ct))
            return null;
        var user = User.OfVerified(person.Registration.Email, person.FirstName, person.LastName, Languages.Current, passwordHash!, now);
        user.PhoneNumber = person.Phone;
        write.Db.Add(user);
        await write.Db.SaveChangesAsync(ct);
        await write.Db.RewriteTokensAsync(user, ct);
        write.Db.Record(now, user.Id, "user.registered", nameof(User), user.Id);
        return user;
    }

    private static MailRecipient Recipient(User user) => new(user.Email!, user.FullName, user.Language, user.Id);

    private sealed class NotDoneException(ApplicationResult result) : Exception
    {
        public ApplicationResult Result => result;
    }
}
