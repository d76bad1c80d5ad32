using DealerPortal.Core;
using DealerPortal.Core.Catalogue;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace DealerPortal.Web.Features.Admin.Catalogue;

public sealed record ModelRow(int Id, string Code, LocalizedText Name, LocalizedText Category, ServiceOffer Offer, int LeadTimeDays, bool IsActive);

/// <param name="Total">At most one more than <see cref="ModelListQuery.CountLimit"/>.</param>
public sealed record ModelListPage(ModelListQuery Query, IReadOnlyList<ModelRow> Rows, int Total, bool HasNext, IReadOnlyList<SelectListItem> Categories, bool MayEdit)
{
    public int First => (Query.PageNumber - 1) * ModelListQuery.PageSize + 1;
}

/// <param name="Model">As it stands now; null for a new one.</param>
/// <param name="Now">Where somebody changed it meanwhile, what now stands where something else was typed: label and value.</param>
public sealed record ModelPage(ProductModel? Model, ModelForm Form, IReadOnlyList<SelectListItem> Categories, bool MayEdit, IReadOnlyList<(string Label, string Value)>? Now = null);

public sealed record CategoryRow(ProductCategory Category, int Models);

/// <inheritdoc cref="ModelPage"/>
public sealed record CategoryPage(ProductCategory? Category, CategoryForm Form, bool MayEdit, IReadOnlyList<(string Label, string Value)>? Now = null);
