using DealerPortal.Core.Dossiers.Lists;
using DealerPortal.Web.Access;
using DealerPortal.Web.Features.Admin.Queue;
using DealerPortal.Web.Features.Dossiers.Views;
using FluentValidation;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Admin.Views;

/// <summary>Staff's own views of the queue.</summary>
[Access(Audience.Staff)]
[Route("/admin/views")]
public sealed class QueueViewsController(SavedViews views, IValidator<ViewForm> validator, CurrentUser user, IStringLocalizer<ViewsTexts> texts)
    : SavedViewsController(List, views, validator, user, texts)
{
    public static readonly ListOfViews List = new(ViewedList.Queue, QueueQuery.Path, "more", query => QueueQuery.Parse(query).Canonical);
}
