using System.Text;
using DealerPortal.Core.Accounts;
using DealerPortal.Core.Catalogue;
using DealerPortal.Core.Credits;
using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.ServiceCentres;
using DealerPortal.Core.Work;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Web.Development.Demo;

/// <summary>Files of models, of credits and of events: confirmed ones that the portal works off once it runs, one that waits for a word, one that failed.</summary>
internal sealed class DemoFiles(PortalDatabase database, PortalDbContext db, CatalogueImports imports, CentreUploads uploads, CreditImports credits, TimeProvider time)
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

        var agent = await db.Users.Where(user => user.StaffRole == StaffRole.SupportAgent).OrderBy(user => user.Id).Select(user => user.Id).FirstAsync(ct);
        await KeepCreditsAsync(agent, "credits-distributeur.csv", "No;Client;Net;Introduit le;Remarque\n4009001;D-104477;89,90;12/11/2026;urgent\n4009002;D-104512;140,00;13/11/2026;\n", ct);
        await KeepCreditsAsync(
            agent, "credits-octobre.csv",
            "Numéro GRMS;Numéro client;Montant;Dépréciation;Date de la demande;Bénéficiaire\n4008001;D-104477;1.104,75;25;02/10/2026;Magasin\n4008002;D-104477;abc;120;31/02/2026;Oncle\n4008001;D-104477;12;;02/10/2026;\n4008003;D-104599;99,00;0;05/10/2026;Distributeur\n", ct);

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

    private async Task KeepCreditsAsync(int owner, string name, string content, CancellationToken ct)
    {
        using var file = new MemoryStream(Encoding.UTF8.GetBytes(content));
        await credits.KeepAsync(owner, name, file, ct);
    }

    private Task<Guid> KeepAsync(int owner, string name, string content, CancellationToken ct) => imports.KeepAsync(owner, name, Encoding.UTF8.GetBytes(content), ct);

    private async Task<Guid> KeepAsync(int centre, int actor, string name, string content, CancellationToken ct) =>
        (await uploads.KeepAsync(centre, name, Encoding.UTF8.GetBytes(content), actor, ct)).Id!.Value;
}
