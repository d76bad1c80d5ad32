using DealerPortal.Core.Dossiers;
using DealerPortal.Web.Features.Dossiers.New.Repair;

namespace DealerPortal.Web.Features.Dossiers.New;

/// <summary>The forms that can be filed.</summary>
public sealed class DossierForms(IEnumerable<DossierForm> forms)
{
    /// <summary>In the order of their registration.</summary>
    public IReadOnlyList<DossierForm> All { get; } = [.. forms];

    public IReadOnlyList<DossierType> Types => [.. All.Select(form => form.Type).Distinct()];

    public DossierForm? Find(string slug) => All.FirstOrDefault(form => form.Slug == slug);

    public DossierForm? Find(DossierType type) => All.FirstOrDefault(form => form.Type == type);
}

public static class DossierFormServices
{
    /// <summary>Every form is one line here.</summary>
    public static IServiceCollection AddDossierForms(this IServiceCollection services) => services
        .AddScoped<DossierForms>()
        .AddScoped<DraftPages>()
        .AddScoped<DossierForm, RepairForm>();
}
