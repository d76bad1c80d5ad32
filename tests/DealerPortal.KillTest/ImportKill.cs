using System.Diagnostics;
using System.Globalization;
using System.Text;
using DealerPortal.Core.Accounts;
using DealerPortal.Core.Catalogue;
using DealerPortal.Core.Data;
using DealerPortal.Core.Work;
using DealerPortal.TestCommon;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.KillTest;

/// <summary>Kills the real process with SIGKILL while it writes a confirmed file of models, starts it again, and counts.</summary>
public static class ImportKill
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(20);

    /// <returns>What was lost, double or broken; none if all is well.</returns>
    public static async Task<IReadOnlyList<string>> RunAsync(int kills, Action<string> say)
    {
        await using var portal = new PortalProcess();
        await portal.StartAsync();
        await portal.KillAsync();
        var database = new StoredDatabase(portal.DatabasePath);
        var id = await database.UseAsync<CatalogueImports, Guid>(async imports => await OrderAsync(imports, database));
        var before = await database.ReadAsync(db => db.Models.CountAsync());

        var faults = new List<string>();
        for (var kill = 1; kill <= kills; kill++)
        {
            var reached = (await FindAsync(database, id)).Written;
            await portal.StartAsync();
            await UntilAsync(async () => (await FindAsync(database, id)).Written > reached);
            await portal.KillAsync();
            var stand = await FindAsync(database, id);
            say($"kill {kill}: {stand.Written} of {stand.Total} written, {stand.State}");
            if (stand.State != WorkState.Running)
                faults.Add($"kill {kill} came too late to be one: {stand.State}");
            faults.AddRange((await FaultsAsync(database, stand, before)).Select(fault => $"kill {kill}: {fault}"));
            // Two minutes pass.
            await database.UseAsync<PortalDatabase, int>(d => d.WriteAsync((write, ct) => write.Db.Set<CatalogueImport>().Where(i => i.Id == id)
                .ExecuteUpdateAsync(set => set.SetProperty(i => i.LeaseUntil, i => i.CreatedAt), ct)));
        }

        await portal.StartAsync();
        await UntilAsync(async () => !(await FindAsync(database, id)).IsUnderWay);
        await portal.KillAsync();
        var end = await FindAsync(database, id);
        say($"in the end: {end.Written} of {end.Total} written, {end.State}");
        if (end.State != WorkState.Done || end.Written != CatalogueFile.MaxRows)
            faults.Add($"{end.Written} written, {end.State}");
        faults.AddRange(await FaultsAsync(database, end, before));
        return faults;
    }

    /// <summary>The largest file there may be, confirmed.</summary>
    private static async Task<Guid> OrderAsync(CatalogueImports imports, StoredDatabase database)
    {
        var owner = await database.ReadAsync(db => db.Users.Where(u => u.StaffRole == StaffRole.PortalAdministrator).Select(u => u.Id).FirstAsync());
        var category = await database.ReadAsync(db => db.Categories.Select(c => c.Code).FirstAsync());
        var file = new StringBuilder("code;category;name_fr;name_nl;name_de;name_en\n");
        for (var i = 0; i < CatalogueFile.MaxRows; i++)
            file.Append(CultureInfo.InvariantCulture, $"KILL{i:00000};{category};Un {i};Een {i};Eins {i};One {i}\n");
        var id = await imports.KeepAsync(owner, "kill.csv", Encoding.UTF8.GetBytes(file.ToString()), CancellationToken.None);
        var preview = (await imports.PreviewAsync(id, owner, CancellationToken.None))!;
        await imports.OrderAsync(id, owner, preview.Comparison.Fingerprint(), preview.Import.CreatedAt, CancellationToken.None);
        return id;
    }

    private static Task<CatalogueImport> FindAsync(StoredDatabase database, Guid id) =>
        database.ReadAsync(db => db.Set<CatalogueImport>().AsNoTracking().SingleAsync(i => i.Id == id));

    private static async Task<List<string>> FaultsAsync(StoredDatabase database, CatalogueImport stand, int before)
    {
        var faults = await database.FaultsAsync();
        var models = await database.ReadAsync(db => db.Models.CountAsync()) - before;
        var recorded = await database.ReadAsync(db => db.Audit.Where(a => a.Action == "model.added").Select(a => a.SubjectId).ToListAsync());
        if (models != stand.Written || stand.Added != stand.Written)
            faults.Add($"{models} models are there, {stand.Added} were counted, {stand.Written} told");
        if (recorded.Count != models || recorded.Distinct().Count() != models)
            faults.Add($"{recorded.Count} audit rows name {recorded.Distinct().Count()} of {models} models");
        return faults;
    }

    private static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        var watch = Stopwatch.StartNew();
        while (!await isSo())
        {
            if (watch.Elapsed > Timeout)
                throw new TimeoutException("The import does not get on.");
            await Task.Delay(LookAgain);
        }
    }
}
