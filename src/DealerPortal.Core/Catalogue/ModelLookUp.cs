using DealerPortal.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace DealerPortal.Core.Catalogue;

/// <summary>A model as forms use it.</summary>
/// <param name="LeadTimeDays">Working days from filing to the first date that can be asked for.</param>
public sealed record CatalogueModel(
    int Id, string Code, LocalizedText Name, ServiceOffer ServiceOffer, int LeadTimeDays, ProductGroup Group, bool SerialMayBeOmitted, bool HasImei);

public static class ModelLookUp
{
    /// <summary>The model a code names, whatever its case, spaces and region suffix; null when the catalogue does not know it or no longer.</summary>
    public static Task<CatalogueModel?> FindModelAsync(this PortalDbContext db, ModelCode code, CancellationToken ct) =>
        Project(db.Models.AsNoTracking().Where(m => m.Key == code.Key && m.DiscontinuedAt == null)).SingleOrDefaultAsync(ct);

    /// <summary>Models whose key begins with what was typed, in the order of their keys; all that the catalogue offers for nothing typed.</summary>
    public static IQueryable<CatalogueModel> WithPrefix(this IQueryable<ProductModel> models, string? typed)
    {
        var key = ModelCode.KeyOf(typed);
        return Project(models.AsNoTracking().Where(m => m.Key.StartsWith(key) && m.DiscontinuedAt == null).OrderBy(m => m.Key));
    }

    private static IQueryable<CatalogueModel> Project(IQueryable<ProductModel> models) => models.Select(m => new CatalogueModel(
        m.Id, m.Code, m.Name, m.ServiceOffer, m.LeadTimeDays, m.Category.Group, m.Category.SerialMayBeOmitted, m.Category.HasImei));
}
