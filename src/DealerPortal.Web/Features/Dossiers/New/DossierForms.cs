using DealerPortal.Core.Data;
using DealerPortal.Core.Dossiers;
using DealerPortal.Web.Features.Dossiers.New.AppliancePickup;
using DealerPortal.Web.Features.Dossiers.New.CreditQuestion;
using DealerPortal.Web.Features.Dossiers.New.Fields;
using DealerPortal.Web.Features.Dossiers.New.GeneralQuestion;
using DealerPortal.Web.Features.Dossiers.New.MissingAccessory;
using DealerPortal.Web.Features.Dossiers.New.Repair;
using DealerPortal.Web.Features.Dossiers.New.ReturnRequest;
using DealerPortal.Web.Features.Dossiers.New.TechnicalDoa;
using DealerPortal.Web.Features.Dossiers.New.TechnicalQuestion;
using DealerPortal.Web.Features.Help;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Web.Features.Dossiers.New;

/// <summary>The forms that can be filed.</summary>
public sealed class DossierForms(IEnumerable<DossierForm> forms)
{
    private const int MaxCounted = 200;

    /// <summary>In the order of their registration.</summary>
    public IReadOnlyList<DossierForm> All { get; } = [.. forms];

    /// <summary>The slot that a stored file fills; null for a file of none.</summary>
    public FileSlot? SlotOf(string? name) => name is null ? null : All.SelectMany(form => form.Slots).FirstOrDefault(slot => slot.Name == name);

    /// <summary>What a person files most comes first, counted over their latest dossiers; otherwise in the order of registration.</summary>
    public async Task<IReadOnlyList<DossierForm>> MostUsedFirstAsync(PortalDbContext db, int userId, int most, CancellationToken ct)
    {
        var used = await db.Dossiers.AsNoTracking().Where(d => d.OwnerId == userId).OrderByDescending(d => d.CreatedAt).Take(MaxCounted)
            .GroupBy(d => d.Type).Select(g => new { Type = g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Type, g => g.Count, ct);
        return [.. All.OrderByDescending(form => used.GetValueOrDefault(form.Type)).Take(most)];
    }

    public IReadOnlyList<DossierType> Types => [.. All.Select(form => form.Type)];

    public DossierForm? Find(string slug) => All.FirstOrDefault(form => form.Slug == slug);

    /// <summary>The form that an entry of the overview opens.</summary>
    public DossierForm? FindEntry(string slug) => All.FirstOrDefault(form => form.Entries.Any(entry => entry.Slug == slug));

    public DossierForm? Find(DossierType type) => All.FirstOrDefault(form => form.Type == type);
}

public static class DossierFormServices
{
    /// <summary>Every form is one line here.</summary>
    public static IServiceCollection AddDossierForms(this IServiceCollection services) => services
        .AddScoped<DossierForms>()
        .AddScoped<DraftPages>()
        .AddScoped<FormHelp>()
        .AddScoped<BranchChoices>()
        .AddForm<RepairKind, RepairForm>()
        .AddForm<TechnicalDoaKind, TechnicalDoaForm>()
        .AddForm<ReturnRequestKind, ReturnRequestForm>()
        .AddForm<AppliancePickupKind, AppliancePickupForm>()
        .AddForm<MissingAccessoryKind, MissingAccessoryForm>()
        .AddForm<CreditQuestionKind, CreditQuestionForm>()
        .AddForm<TechnicalQuestionKind, TechnicalQuestionForm>()
        .AddForm<GeneralQuestionKind, GeneralQuestionForm>();

    private static IServiceCollection AddForm<TKind, TForm>(this IServiceCollection services)
        where TKind : DossierKind
        where TForm : DossierForm => services.AddSingleton<DossierKind, TKind>().AddScoped<DossierForm, TForm>();
}
