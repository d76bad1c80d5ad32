using System.Data.Common;
using DealerPortal.Core;
using DealerPortal.Core.Accounts;
using DealerPortal.Core.Accounts.SecondFactor;
using DealerPortal.Core.Credits;
using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers;
using DealerPortal.Core.Figures;
using DealerPortal.Core.Files;
using DealerPortal.Core.Mail;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace DealerPortal.Web.Development.Demo;

/// <summary>
/// Something to look at on a developer's machine: organisations, people, a catalogue and dossiers, put into a database
/// that holds nobody yet. Called in Development only; <c>Development:DemoData=false</c> leaves the database empty.
/// </summary>
internal static class DemoData
{
    public static async Task EnsureAsync(IServiceProvider services, CancellationToken ct)
    {
        await using var scope = services.CreateAsyncScope();
        var provider = scope.ServiceProvider;
        var users = provider.GetRequiredService<PortalDbContext>().Users;
        if (!await users.AnyAsync(ct))
            await SeedAsync(provider, ct);
        else if (!await users.AnyAsync(user => user.Email == DemoPeople.FirstSupportAgent, ct))
            return;
        Console.WriteLine(Logins(provider.GetRequiredService<IOptions<PortalOptions>>().Value.BaseUrl));
    }

    /// <summary>Whether somebody could sign in with a demo login; false for a database that does not answer yet.</summary>
    public static async Task<bool> IsThereAsync(IServiceProvider services, CancellationToken ct)
    {
        await using var scope = services.CreateAsyncScope();
        try
        {
            return await scope.ServiceProvider.GetRequiredService<PortalDbContext>().Users
                .AnyAsync(user => user.Email == DemoPeople.FirstSupportAgent && user.DeactivatedAt == null, ct);
        }
        catch (DbException)
        {
            return false;
        }
    }

    private static async Task SeedAsync(IServiceProvider provider, CancellationToken ct)
    {
        var now = provider.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime;
        var secrets = new DemoSecrets(
            provider.GetRequiredService<IPasswordHasher<User>>().HashPassword(null!, DemoPeople.Password),
            provider.GetRequiredService<AuthenticatorKeys>().Protect(DemoPeople.AuthenticatorKey));
        var photos = await DemoPhotos.StoreAsync(provider.GetRequiredService<FileIntake>(), provider.GetRequiredService<IFileStore>(), ct);
        var sheets = await DemoAnnouncements.StoreSheetsAsync(provider.GetRequiredService<FileKeeping>(), ct);
        await provider.GetRequiredService<PortalDatabase>().WriteAsync(
            async (write, token) =>
            {
                var models = DemoCatalogue.Models().ToList();
                write.Db.AddRange(models);
                write.Db.AddRange(DemoCatalogue.ClosingDays(Formats.ToBrussels(now).Year));
                var people = await DemoPeople.AddAsync(write, secrets, now, token);
                await write.Db.SaveChangesAsync(token);
                var sequences = new Dictionary<int, long>();
                DemoDoaConditions.Add(write, models, now);
                DemoAnswerTemplates.Add(write, people.Support[0].Id, now);
                new DemoAnnouncements(people.Support[0].Id, sheets, now).Add(write);
                await write.Db.SaveChangesAsync(token);
                var queue = new DemoQueue(people, provider.GetRequiredService<DossierKinds>(), now);
                await new DemoDossiers(people, models, photos, queue, now).AddAsync(write, sequences, token);
                await new DemoOtherDossiers(people, models, queue, now).AddAsync(write, sequences, token);
                new DemoOutbox(provider.GetRequiredService<MailQueue>(), provider.GetRequiredService<DossierKinds>(), now).Add(write);
                write.Db.AddRange(DemoInbound.Mails(now));
                DemoCredits.Add(write, people, now);
                write.Db.AddRange(sequences.Select(year => new DossierCounter { Year = year.Key, Next = year.Value + 1 }));
            }, ct);
        await ActivatorUtilities.CreateInstance<DemoServiceCentres>(provider).AddAsync(ct);
        await ActivatorUtilities.CreateInstance<DemoFiles>(provider).AddAsync(ct);
        await ActivatorUtilities.CreateInstance<DemoDealercards>(provider).AddAsync(ct);
        await provider.GetRequiredService<CreditLinking>().RunAsync(ct);
        await provider.GetRequiredService<FiguresCounting>().CountAsync(ct);
    }

    private static string Logins(string baseUrl) => string.Join(
        Environment.NewLine,
        [
            $"Demo logins, password for all: {DemoPeople.Password}",
            .. DemoPeople.Logins.Select(login => $"  {login.Email,-42} {login.Who}"),
            $"Staff are asked for a code besides: {baseUrl.TrimEnd('/')}/dev/codes shows it, or an authenticator app with the key {DemoPeople.AuthenticatorKey}",
        ]);
}
