using DealerPortal.Core.Calendar;
using DealerPortal.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace DealerPortal.Core.Dossiers.Promises;

/// <summary>Says by which terms steps are promised. What it needs to know is read before the write that makes the promise.</summary>
public sealed class DossierPromises(PortalDbContext db, DossierKinds kinds, IOptions<PromiseOptions> options)
{
    /// <summary>Where the desk works.</summary>
    private const string DeskCountry = "BE";

    /// <summary>The terms for the dossiers of an organisation.</summary>
    public async Task<PromiseTerms> OfOrganisationAsync(int organisationId, CancellationToken ct)
    {
        var country = await db.Organisations.AsNoTracking().Where(o => o.Id == organisationId).Select(o => o.Country).SingleAsync(ct);
        return await OfCountryAsync(country, ct);
    }

    /// <summary>The terms for a dossier; null when there is none for this reader.</summary>
    public async Task<PromiseTerms?> OfDossierAsync(Reader reader, string number, CancellationToken ct)
    {
        var country = await (
            from dossier in db.Dossiers.AsNoTracking().VisibleTo(reader)
            join organisation in db.Organisations.AsNoTracking() on dossier.OrganisationId equals organisation.Id
            where dossier.Number == number
            select organisation.Country).SingleOrDefaultAsync(ct);
        return country is null ? null : await OfCountryAsync(country, ct);
    }

    /// <summary>Before which instant a promise that ends is «due soon» for the desk, whose calendar is the Belgian one: where others have a holiday it warns early rather than late.</summary>
    public async Task<DateTime> SoonUntilAsync(DateTime now, CancellationToken ct) =>
        new PromiseTerms(new PromiseTargets(options.Value, new Dictionary<(DossierType, PromiseStep), int?>()), await DaysAsync(ct), DeskCountry, _ => DossierTrack.None).SoonUntil(now);

    public async Task<PromiseTargets> TargetsAsync(CancellationToken ct) =>
        new(options.Value, await db.Set<PromiseTarget>().AsNoTracking().ToDictionaryAsync(t => (t.Type, t.Step), t => t.Minutes, ct));

    internal async Task<PromiseTerms> OfCountryAsync(string country, CancellationToken ct) =>
        new(await TargetsAsync(ct), await DaysAsync(ct), country, type => kinds[type].Track);

    /// <summary>All closing days: a clock may have begun to run long ago.</summary>
    private Task<WorkingDays> DaysAsync(CancellationToken ct) => db.ReadWorkingDaysAsync(DateOnly.MinValue, ct);
}
