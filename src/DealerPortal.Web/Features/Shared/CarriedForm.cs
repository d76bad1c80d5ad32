using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace DealerPortal.Web.Features.Shared;

/// <summary>
/// Carries what was typed in a form across a change of language, in the protected notice cookie. Passwords and
/// codes are left out: they are typed again.
/// </summary>
public static class CarriedForm
{
    private const string Key = "carried";
    private const int MaxLength = 2000;
    private static readonly string[] Own = ["language", "returnUrl", "__RequestVerificationToken"];

    public static void Keep(Controller controller, string? page)
    {
        var typed = controller.Request.Form
            .Where(field => !Own.Contains(field.Key) && !field.Key.Contains("password", StringComparison.OrdinalIgnoreCase))
            .ToDictionary(field => field.Key, field => field.Value.ToArray());
        if (typed.Count == 0)
            return;
        var json = JsonSerializer.Serialize(new Carried(page ?? "/", typed));
        if (json.Length <= MaxLength)
            controller.TempData[Key] = json;
    }

    /// <summary>Puts carried values back as if they had been posted to this page, without judging them.</summary>
    public static void Restore(Controller controller)
    {
        if (controller.TempData[Key] is not string json || JsonSerializer.Deserialize<Carried>(json) is not { } carried
            || carried.Page != controller.Request.Path + controller.Request.QueryString)
            return;
        foreach (var (name, values) in carried.Fields)
            controller.ModelState.SetModelValue(name, values, string.Join(',', values));
    }

    private sealed record Carried(string Page, Dictionary<string, string?[]> Fields);
}

/// <summary>On the GET of a form whose typed values survive a change of language.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RestoresCarriedFormAttribute : ActionFilterAttribute
{
    public override void OnActionExecuted(ActionExecutedContext context) => CarriedForm.Restore((Controller)context.Controller);
}
