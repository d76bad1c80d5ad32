using DealerPortal.Core.Calendar;
using DealerPortal.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace DealerPortal.Core.Dossiers.Promises;

/// <summary>Says until when support should have acted. What it needs to know is read before the write that makes the promise.</summary>
public sealed class DossierPromises(PortalDbContext db, IOptions<PromiseOptions> options, TimeProvider time)
{
    /// <summary>The terms for the dossiers of an organisation.</summary>
    public async Task<PromiseTerms> OfOrganisationAsync(int organisationId, CancellationToken ct)
    {
        var country = await db.Organisations.AsNoTracking().Where(o => o.Id == organisationId).Select(o => o.Country).SingleAsync(ct);
        return await WithAsync(country, ct);
    }

    /// <summary>The terms for a dossier; null when there is none for this reader.</summary>
    public async Task<PromiseTerms?> OfDossierAsync(Reader reader, string number, CancellationToken ct)
    {
        var country = await (
            from dossier in db.Dossiers.AsNoTracking().VisibleTo(reader)
            join organisation in db.Organisations.AsNoTracking() on dossier.OrganisationId equals organisation.Id
            where dossier.Number == number
            select organisation.Country).SingleOrDefaultAsync(ct);
        return country is null ? null : await WithAsync(country, ct);
    }

    private async Task<PromiseTerms> WithAsync(string country, CancellationToken ct) =>
        new(options.Value, await db.ReadWorkingDaysAsync(Formats.Today(time), ct), country);
}

/// <summary>The targets and the calendar that one organisation's promises follow.</summary>
/// <param name="Country">Of the organisation, as an ISO code.</param>
public sealed record PromiseTerms(PromiseOptions Options, WorkingDays Calendar, string Country)
{
    /// <summary>When the last day of the target ends, as a local time in Brussels.</summary>
    public static readonly TimeOnly EndOfDay = new(17, 0);

    /// <summary>UTC: the end of the working day that is the type's target after the day of <paramref name="since"/>.</summary>
    public DateTime DueAt(DossierType type, DateTime since)
    {
        var day = DateOnly.FromDateTime(Formats.ToBrussels(since));
        return Formats.ToUtc(Calendar.Add(day, Math.Max(1, Options.Days[type]), Country).ToDateTime(EndOfDay));
    }
}
