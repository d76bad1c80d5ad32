using Microsoft.AspNetCore.Mvc.ApplicationModels;

namespace DealerPortal.Web.Development;

/// <summary>A controller that exists on a developer's machine and nowhere else: elsewhere its routes are never made.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class DevelopmentOnlyAttribute : Attribute;

internal sealed class DevelopmentOnlyConvention(bool isDevelopment) : IApplicationModelConvention
{
    public void Apply(ApplicationModel application)
    {
        if (isDevelopment)
            return;
        foreach (var controller in application.Controllers.Where(c => c.Attributes.OfType<DevelopmentOnlyAttribute>().Any()).ToList())
            application.Controllers.Remove(controller);
    }
}
