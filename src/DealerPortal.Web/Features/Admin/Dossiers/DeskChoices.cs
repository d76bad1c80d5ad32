using DealerPortal.Core.Dossiers;
using DealerPortal.Web.Features.Admin.Queue;
using DealerPortal.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.Extensions.Localization;

namespace DealerPortal.Web.Features.Admin.Dossiers;

/// <summary>What the lists of a dossier's page offer.</summary>
internal static class DeskChoices
{
    public static IReadOnlyList<SelectListItem> Resolutions(IStringLocalizer<AdminTexts> t, IStringLocalizer<SharedTexts> shared) =>
        [new(t["Resolution.Choose"], ""), .. Enum.GetValues<Resolution>().Select(r => new SelectListItem(shared[$"Resolution.{r}"], r.ToString()))];

    public static IReadOnlyList<SelectListItem> Statuses(AdminDossierPage page, IStringLocalizer<AdminTexts> t, IStringLocalizer<SharedTexts> shared) =>
        [new(t["Status.Choose"], ""), .. page.NextStatuses.Select(s => new SelectListItem(shared[$"StaffStatus.{s}"], s.ToString()))];

    /// <summary>Nobody, then the staff, then whoever has it and is no longer one of them: it must not look as if another had it.</summary>
    public static IReadOnlyList<SelectListItem> Assignees(AdminDossierPage page, string me, IStringLocalizer<AdminTexts> t)
    {
        List<SelectListItem> choices = [new(t["Assign.Nobody"], QueueQuery.Nobody)];
        foreach (var person in page.Staff)
        {
            var key = AssignForm.NameOf(person.Id);
            choices.Add(new(key == me ? t["Assign.Myself", person.Name].Value : person.Name, key));
        }

        if (page.FormerAssignee is { } former)
            choices.Add(new(t["Assign.Former", former.Name], AssignForm.NameOf(former.Id)));
        return choices;
    }
}
