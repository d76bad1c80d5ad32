using System.Text;
using DealerPortal.Core.Accounts;
using DealerPortal.Core.Catalogue;
using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.ServiceCentres;
using DealerPortal.Core.Work;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Web.Development.Demo;

/// <summary>Files of models and of events: confirmed ones that the portal works off once it runs, one that waits for a word, one that failed.</summary>
internal sealed class DemoFiles(PortalDatabase database, PortalDbContext db, CatalogueImports imports, CentreUploads uploads, TimeProvider time)
{
    public async Task AddAsync(CancellationToken ct)
    {
        var administrator = await db.Users.Where(user => user.StaffRole == StaffRole.PortalAdministrator).Select(user => user.Id).FirstAsync(ct);
        var codes = await db.Models.OrderByDescending(model => model.Code).Select(model => model.Code).Take(3).ToListAsync(ct);
        var same = string.Concat(codes.Select(code => $"{code};;\n"));
        var done = await KeepAsync(administrator, "modeles-novembre.csv", $"code;category;lead_time_days\n{same}LW-NEW;laverie;3\n", ct);
        var preview = (await imports.PreviewAsync(done, administrator, ct))!;
        await imports.OrderAsync(done, administrator, preview.Comparison.Fingerprint(), time.GetUtcNow().UtcDateTime, ct);
        await KeepAsync(administrator, "delais.csv", $"code;lead_time_days\n{string.Concat(codes.Select(code => $"{code};12\n"))}", ct);
        var failed = await KeepAsync(administrator, "barres-de-son.csv", $"code;lead_time_days\n{codes[0]};9\n", ct);

        var centre = await db.ServiceCentres.OrderBy(c => c.Id).Select(c => c.Id).FirstAsync(ct);
        var events = $"dossier;code;occurredAt\n{DossierNumber.Format(2020, 77)};COMPLETED;02/11/2026 09:00\nannule;COMPLETED;02/11/2026 09:10\n";
        var stopped = await KeepAsync(centre, administrator, "semaine-45.csv", events, ct);
        await uploads.OrderAsync(centre, await KeepAsync(centre, administrator, "semaine-44.csv", events, ct), administrator, ct);
        var now = time.GetUtcNow().UtcDateTime;
        await database.WriteAsync(async (write, token) =>
        {
            await write.Db.Set<CatalogueImport>().Where(i => i.Id == failed).ExecuteUpdateAsync(
                set => set.SetProperty(i => i.State, WorkState.Failed).SetProperty(i => i.OrderedAt, now).SetProperty(i => i.Total, 1), token);
            await write.Db.CentreUploads.Where(u => u.Id == stopped).ExecuteUpdateAsync(
                set => set.SetProperty(u => u.State, WorkState.Failed).SetProperty(u => u.OrderedAt, now).SetProperty(u => u.OrderedById, administrator).SetProperty(u => u.Total, 2), token);
        }, ct);
    }

    private Task<Guid> KeepAsync(int owner, string name, string content, CancellationToken ct) => imports.KeepAsync(owner, name, Encoding.UTF8.GetBytes(content), ct);

    private async Task<Guid> KeepAsync(int centre, int actor, string name, string content, CancellationToken ct) =>
        (await uploads.KeepAsync(centre, name, Encoding.UTF8.GetBytes(content), actor, ct)).Id!.Value;
}
