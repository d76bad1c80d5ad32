using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DealerPortal.Core.Data;
using DealerPortal.Core.Work;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DealerPortal.Core.Dossiers.Promises;

/// <summary>
/// Brings open dossiers to the targets, the opening hours and the closing days that hold now: after these were changed, and
/// once for dossiers from before there were clocks. A batch at a time, each with the row that says how far it has come, so that
/// whoever is stopped goes on where they were. What a dealer or a colleague has before them does not change: the stamp stays.
/// </summary>
public sealed class PromiseFollowing(PortalDatabase database, PortalDbContext db, DossierPromises promises)
{
    private const int BatchSize = 100;

    /// <summary>Does what is to do. How many dossiers it looked at.</summary>
    public async Task<int> FollowAsync(CancellationToken ct)
    {
        var fingerprint = FingerprintOf(await promises.TargetsAsync(ct));
        if (await BeginAsync(fingerprint, ct) is not { } last)
            return 0;
        var terms = new Dictionary<string, PromiseTerms>();
        var followed = 0;
        while (true)
        {
            var batch = await BatchAsync(last, ct);
            foreach (var country in batch.Select(row => row.Country).Where(country => !terms.ContainsKey(country)).Distinct())
                terms[country] = await promises.OfCountryAsync(country, ct);
            foreach (var row in batch)
                row.Dossier.Recount(terms[row.Country], row.VisitEnd);
            long? next = batch.Count < BatchSize ? null : batch[^1].Dossier.Id;
            if (!await KeepAsync(batch, fingerprint, last, next, ct))
                return followed;
            followed += batch.Count;
            if (next is null)
                return followed;
            last = next.Value;
        }
    }

    /// <returns>After which dossier to go on; null when all follow.</returns>
    private async Task<long?> BeginAsync(string fingerprint, CancellationToken ct) =>
        await db.Set<PromiseState>().AsNoTracking().AnyAsync(s => s.Followed == fingerprint && s.FollowedTo == null, ct) ? null : await TakeUpAsync(fingerprint, ct);

    private Task<long?> TakeUpAsync(string fingerprint, CancellationToken ct) => database.WriteAsync<long?>(async (write, token) =>
    {
        var states = write.Db.Set<PromiseState>();
        var state = await states.AsNoTracking().SingleOrDefaultAsync(token);
        if (state?.Followed == fingerprint)
            return state.FollowedTo;
        if (state is null)
            write.Db.Add(new PromiseState { Followed = fingerprint });
        else
            await states.ExecuteUpdateAsync(set => set.SetProperty(s => s.Followed, fingerprint).SetProperty(s => s.FollowedTo, (long?)0), token);
        return 0;
    }, ct);

    private async Task<IReadOnlyList<Row>> BatchAsync(long last, CancellationToken ct)
    {
        var rows = await (
            from dossier in db.Dossiers.AsNoTracking().VisibleTo(Reader.Portal)
            join organisation in db.Organisations.AsNoTracking() on dossier.OrganisationId equals organisation.Id
            where dossier.WaitingOn != null && dossier.Id > last
            orderby dossier.Id
            select new { Dossier = dossier, organisation.Country }).Take(BatchSize).ToListAsync(ct);
        var awaiting = rows.Where(row => row.Dossier.AwaitsAppointment).Select(row => row.Dossier.Id).ToList();
        var visits = awaiting.Count == 0 ? [] : await db.Appointments.AsNoTracking().ScopedTo(Reader.Portal)
            .Where(a => EF.Parameter(awaiting).Contains(a.DossierId)).ToDictionaryAsync(a => a.DossierId, a => a.EndsAt, ct);
        return [.. rows.Select(row => new Row(row.Dossier, row.Country, visits.TryGetValue(row.Dossier.Id, out var end) ? end : null))];
    }

    /// <returns>False where something was changed meanwhile, so that another round begins anew.</returns>
    private Task<bool> KeepAsync(IReadOnlyList<Row> batch, string fingerprint, long last, long? next, CancellationToken ct) => database.WriteAsync(async (write, token) =>
    {
        var moved = await write.Db.Set<PromiseState>().Where(s => s.Followed == fingerprint && s.FollowedTo == last)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.FollowedTo, next), token);
        if (moved == 0)
            return false;
        foreach (var (dossier, _, _) in batch)
        {
            // Whoever changed it since it was read has made its promise anew.
            await write.Db.Dossiers.VisibleTo(Reader.Portal).Where(d => d.Id == dossier.Id && d.Stamp == dossier.Stamp).ExecuteUpdateAsync(
                set => set.SetProperty(d => d.Step, dossier.Step).SetProperty(d => d.ClockSince, dossier.ClockSince)
                    .SetProperty(d => d.ClockUsed, dossier.ClockUsed).SetProperty(d => d.DueAt, dossier.DueAt),
                token);
        }

        return true;
    }, ct);

    private static string FingerprintOf(PromiseTargets targets)
    {
        var text = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"{targets.Options.Opens:HH:mm}-{targets.Options.Closes:HH:mm}"));
        foreach (var type in Enum.GetValues<DossierType>())
        {
            foreach (var step in Enum.GetValues<PromiseStep>())
                text.Append(CultureInfo.InvariantCulture, $";{targets[type, step]}");
        }

        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private sealed record Row(Dossier Dossier, string Country, DateTime? VisitEnd);
}

/// <summary>Looks every minute whether open dossiers have to be brought to new targets.</summary>
public sealed class PromiseHousekeeping(IServiceScopeFactory scopes, TimeProvider time, ILogger<PromiseHousekeeping> log)
    : Housekeeping("promises", scopes, time, log, TimeSpan.FromMinutes(1))
{
    protected override Task DoAsync(IServiceProvider services, CancellationToken ct) => services.GetRequiredService<PromiseFollowing>().FollowAsync(ct);
}
