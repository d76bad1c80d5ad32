using System.Globalization;
using System.Text.Json;
using DealerPortal.Core.Accounts;
using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.ServiceCentres;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Web.Development.Demo;

/// <summary>Two service centres, and a few events that moved nothing but are worth a look: late, known already, with a code that nobody knows.</summary>
internal sealed class DemoServiceCentres(PortalDbContext db, CentreAdministration centres, CentreCodes codes, CentreReception reception, TimeProvider time)
{
    public async Task AddAsync(CancellationToken ct)
    {
        var administrator = await db.Users.Where(user => user.StaffRole == StaffRole.PortalAdministrator).Select(user => user.Id).FirstAsync(ct);
        var workshop = (await centres.AddAsync("Atelier Démo Meuse", administrator, ct))!.Value;
        await centres.CreateKeyAsync(workshop, administrator, ct);
        var carrier = (await centres.AddAsync("Demo Transport Schelde", administrator, ct))!.Value;
        await codes.AddAsync(
            new CodeMapping("A14", workshop, CodeMeaning.RepairCancelled, new()
            {
                Fr = "La pièce n’est plus livrable",
                Nl = "Het onderdeel is niet meer leverbaar",
                De = "Das Ersatzteil ist nicht mehr lieferbar",
                En = "The part is no longer available",
            }),
            administrator, ct);

        var repaired = await NumbersAsync(dossier => dossier.RepairStatus == RepairStatus.RepairCompleted, 2, ct);
        var waiting = await NumbersAsync(dossier => dossier.RepairStatus == RepairStatus.WaitingForParts, 3, ct);
        foreach (var number in waiting)
            await ReportAsync(workshop, number, "Q17", TimeSpan.FromHours(3), ct);
        await ReportAsync(workshop, repaired[0], "IN-REPAIR", TimeSpan.FromDays(2000), ct);
        await ReportAsync(workshop, repaired[^1], "COMPLETED", TimeSpan.FromHours(1), ct);
        await ReportAsync(workshop, DossierNumber.Format(2020, 77), "COMPLETED", TimeSpan.FromHours(2), ct);
        var returned = await NumbersAsync(dossier => dossier.ReturnStatus == ReturnStatus.Authorised, 1, ct);
        foreach (var number in returned)
            await ReportAsync(carrier, number, "TOUR-2", TimeSpan.FromMinutes(40), ct);
    }

    private Task<List<string>> NumbersAsync(System.Linq.Expressions.Expression<Func<Dossier, bool>> which, int count, CancellationToken ct) =>
        db.Dossiers.VisibleTo(Reader.Portal).Where(which).OrderByDescending(dossier => dossier.CreatedAt).Select(dossier => dossier.Number).Take(count).ToListAsync(ct);

    private async Task ReportAsync(int centre, string number, string code, TimeSpan ago, CancellationToken ct)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var body = new CentreEventBody
        {
            EventId = $"DEMO-{number}-{code}",
            Code = code,
            OccurredAt = (now - ago).ToString("yyyy-MM-ddTHH:mm:ssK", CultureInfo.InvariantCulture),
        };
        var report = CentreReport.Read(body, number, now, out _)!;
        await reception.ReceiveAsync(new CentreSender(centre), report, JsonSerializer.Serialize(body, CentreEventBody.Json), ct);
    }
}
