using DealerPortal.Core.Dossiers.Lists;
using DealerPortal.Web.Access;
using DealerPortal.Web.Features.Dossiers.List;
using FluentValidation;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Dossiers.Views;

/// <summary>A member's own views of the list of dossiers.</summary>
[Access(Audience.Member)]
[Route("/dossiers/views")]
public sealed class DossierViewsController(SavedViews views, IValidator<ViewForm> validator, CurrentUser user, IStringLocalizer<ViewsTexts> texts)
    : SavedViewsController(List, views, validator, user, texts)
{
    public static readonly ListOfViews List = new(ViewedList.Dossiers, DossierListQuery.Path, "dossiers", query => DossierListQuery.Parse(query).Canonical);
}
