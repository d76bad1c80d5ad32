using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewEngines;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace DealerPortal.Web.Features.Dossiers.New;

/// <summary>Renders a partial view for an answer to a script: the same markup as the page's.</summary>
public static class PartialText
{
    public static async Task<string> RenderPartialAsync(this Controller controller, string view, object model)
    {
        var engine = controller.HttpContext.RequestServices.GetRequiredService<ICompositeViewEngine>();
        var found = view.StartsWith('~') ? engine.GetView(null, view, isMainPage: false) : engine.FindView(controller.ControllerContext, view, isMainPage: false);
        found.EnsureSuccessful(originalLocations: null);
        await using var writer = new StringWriter();
        var data = new ViewDataDictionary(controller.ViewData) { Model = model };
        await found.View!.RenderAsync(new ViewContext(controller.ControllerContext, found.View, data, controller.TempData, writer, new HtmlHelperOptions()));
        return writer.ToString();
    }
}
