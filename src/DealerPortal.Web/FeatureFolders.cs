using Microsoft.AspNetCore.Mvc.ApplicationModels;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Mvc.Razor;

namespace DealerPortal.Web;

/// <summary>Finds views beside their controller: <c>Features/Dossiers/List</c>, then its parents, then <c>Features/Shared</c>.</summary>
public sealed class FeatureFolders : IControllerModelConvention, IViewLocationExpander
{
    private const string Property = "feature-folder";
    private const string Root = "DealerPortal.Web.";

    public void Apply(ControllerModel controller)
    {
        if (controller.ControllerType.Namespace is { } name && name.StartsWith(Root + "Features", StringComparison.Ordinal))
            controller.Properties[Property] = "/" + name[Root.Length..].Replace('.', '/');
    }

    // Part of the cache key: two controllers of one name in two folders have different views.
    public void PopulateValues(ViewLocationExpanderContext context)
    {
        if (context.ActionContext.ActionDescriptor is ControllerActionDescriptor action && action.Properties.TryGetValue(Property, out var folder))
            context.Values[Property] = (string)folder!;
    }

    public IEnumerable<string> ExpandViewLocations(ViewLocationExpanderContext context, IEnumerable<string> viewLocations)
    {
        if (context.Values.TryGetValue(Property, out var folder))
        {
            while (folder is { Length: > 0 } && folder != "/Features")
            {
                yield return folder + "/{0}.cshtml";
                folder = folder[..folder.LastIndexOf('/')];
            }
        }

        yield return "/Features/Shared/{0}.cshtml";
    }
}
