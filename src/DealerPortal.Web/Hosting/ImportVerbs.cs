using System.Globalization;
using System.Text;
using DealerPortal.Core;
using DealerPortal.Core.Accounts;
using DealerPortal.Core.Data;
using DealerPortal.Core.OldPortal;
using DealerPortal.Core.Work;
using DealerPortal.Web.Features.Admin.OldPortal;
using DealerPortal.Web.Features.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Hosting;

/// <summary>What a verb about an old portal's files is to do.</summary>
/// <param name="Kind">Of the file to import; null where an import is to be undone.</param>
/// <param name="Subject">The file, or the import's id.</param>
/// <param name="Staff">The address of the member of staff in whose name it is done.</param>
/// <param name="OnlyCheck">Whether nothing is to be written.</param>
public sealed record ImportOrder(PortalImportKind? Kind, string Subject, string Staff, bool OnlyCheck)
{
    public const string Import = "import";
    public const string Undo = "undo-import";

    private const string As = "--as";
    private const string Check = "--check";

    /// <summary>Takes what belongs to the verb out of the arguments; null where something is missing.</summary>
    public static ImportOrder? Take(string verb, ref string[] args)
    {
        List<string> rest = [.. args];
        var onlyCheck = rest.Remove(Check);
        var at = rest.IndexOf(As);
        var staff = at >= 0 && at + 1 < rest.Count ? rest[at + 1] : null;
        if (staff is null)
            return null;
        rest.RemoveRange(at, 2);
        var words = rest.TakeWhile(word => !word.StartsWith('-')).ToList();
        args = [.. rest.Skip(words.Count)];
        return (verb, words) switch
        {
            (Import, [var kind, var file]) when Enum.TryParse<PortalImportKind>(kind, ignoreCase: true, out var known) && Enum.IsDefined(known) => new ImportOrder(known, file, staff, onlyCheck),
            (Undo, [var id]) when !onlyCheck && Guid.TryParse(id, out _) => new ImportOrder(null, id, staff, false),
            _ => null,
        };
    }

    public static string Usage => $"""
        Usage: {Import} {string.Join('|', Enum.GetNames<PortalImportKind>()).ToLowerInvariant()} FILE {As} STAFF-EMAIL [{Check}]
               {Undo} ID {As} STAFF-EMAIL
        """;
}

/// <summary>
/// Imports a file of the old portal, or undoes an import, from the command line: by the same services as the pages, also
/// while the portal runs. Faults go to <paramref name="answer"/> as CSV, everything else to <paramref name="notes"/>.
/// </summary>
public sealed class ImportVerbs(IServiceProvider services, TextWriter answer, TextWriter notes)
{
    private const int Failed = 1;

    /// <summary>How long another instance that does the work is left alone before it is asked again.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <returns>0 where everything was done and nothing of the file was left out.</returns>
    public async Task<int> RunAsync(ImportOrder order, CancellationToken ct)
    {
        await using var scope = services.CreateAsyncScope();
        var key = EmailAddress.Normalise(order.Staff);
        var staff = await scope.ServiceProvider.GetRequiredService<PortalDbContext>().Users.AsNoTracking().ActiveStaff().SingleOrDefaultAsync(u => u.NormalizedEmail == key, ct);
        if (staff is null)
            return await RefuseAsync($"{order.Staff} is no active member of staff.");
        CultureInfo.CurrentUICulture = CultureInfo.CurrentCulture = Languages.CultureOf(staff.Language);
        var imports = scope.ServiceProvider.GetRequiredService<PortalImports>();
        var texts = scope.ServiceProvider.GetRequiredService<IStringLocalizer<PortalImportTexts>>();
        return order.Kind is { } kind ? await ImportAsync(order, kind, staff.Id, imports, texts, ct) : await UndoAsync(Guid.Parse(order.Subject), staff.Id, imports, texts, ct);
    }

    private async Task<int> ImportAsync(ImportOrder order, PortalImportKind kind, int staffId, PortalImports imports, IStringLocalizer<PortalImportTexts> texts, CancellationToken ct)
    {
        if (!File.Exists(order.Subject))
            return await RefuseAsync($"{order.Subject}: {texts["File.Missing"]}");
        KeptImport kept;
        await using (var content = File.OpenRead(order.Subject))
            kept = await imports.KeepAsync(staffId, kind, Path.GetFileName(order.Subject), content, ct);
        if (kept.Id is not { } id)
            return await RefuseAsync(texts.RefusalOf(kept));
        var import = await DoneAsync(imports, id, ct);
        if (import.State != WorkState.Done)
            return await RefuseAsync(texts["Run.Failed.Check"]);

        await SayAsync(texts, import);
        var faults = imports.FaultsOf(id).AsAsyncEnumerable().Select(texts.LineOf);
        await answer.WriteAsync(Encoding.UTF8.GetString(await FaultFile.OfAsync(faults, services.GetRequiredService<IStringLocalizer<SharedTexts>>(), ct)).TrimStart('\uFEFF'));
        if (order.OnlyCheck || !import.CanBeConfirmed)
        {
            await imports.DiscardAsync(id, staffId, ct);
            return import.FaultyRows > 0 ? Failed : 0;
        }

        await imports.ConfirmAsync(id, staffId, ct);
        import = await DoneAsync(imports, id, ct);
        if (import.State != WorkState.Done)
            return await RefuseAsync($"{id}: {texts["Run.Failed.Write"]}");
        await notes.WriteLineAsync($"{id}: {texts["Result.Sum", Formats.Number(import.Added), Formats.Number(import.Changed), Formats.Number(import.FaultyRows)]}");
        return import.FaultyRows > 0 ? Failed : 0;
    }

    private async Task<int> UndoAsync(Guid id, int staffId, PortalImports imports, IStringLocalizer<PortalImportTexts> texts, CancellationToken ct)
    {
        if (await imports.FindAsync(id, ct) is not { } import)
            return await RefuseAsync($"{id} is no import.");
        var blockers = (await imports.BlockersAsync(import, ct)).Where(blocker => blocker.Stops).ToList();
        if (blockers.Count > 0)
            return await RefuseAsync($"{texts["Blocked"]} {string.Join("; ", blockers.Select(blocker => texts[$"Blocked.{blocker.Obstacle}", Formats.Number(blocker.Count)].Value))}");
        if (!await imports.UndoAsync(id, staffId, ct))
            return await RefuseAsync($"{id} wrote nothing that could be undone, or is under way.");
        import = await DoneAsync(imports, id, ct);
        if (import.State != WorkState.Done)
            return await RefuseAsync(texts["Run.Failed.Undo"]);
        await notes.WriteLineAsync(texts[$"Undone.Sum.{import.Kind}", Formats.Number(import.Added), Formats.Number(import.Changed)]);
        return 0;
    }

    /// <summary>Does the work here, or waits for the instance that has begun it.</summary>
    private async Task<PortalImport> DoneAsync(PortalImports imports, Guid id, CancellationToken ct)
    {
        while (true)
        {
            await services.GetRequiredService<WorkJob<PortalImporting>>().RunOnceAsync(ct);
            if (await imports.FindAsync(id, ct) is { IsUnderWay: false } import)
                return import;
            await Task.Delay(Patience, services.GetRequiredService<TimeProvider>(), ct);
        }
    }

    private Task SayAsync(IStringLocalizer<PortalImportTexts> texts, PortalImport import)
    {
        List<(string Word, int Count)> counts =
        [
            ($"State.New.{import.Kind}", import.NewRows), ("State.Changed", import.ChangedRows), ("State.Unchanged", import.UnchangedRows), ("State.Faulty", import.FaultyRows), ("Warnings", import.WarnedRows),
        ];
        if (import.Kind == PortalImportKind.Organisations)
            counts.Insert(0, ("State.Organisations", import.NewOrganisations));
        return notes.WriteLineAsync(string.Join(", ", counts.Select(count => $"{texts[count.Word].Value}: {Formats.Number(count.Count)}")));
    }

    private async Task<int> RefuseAsync(string why)
    {
        await notes.WriteLineAsync(why);
        return Failed;
    }
}
