using DealerPortal.Web.Features.Dossiers.New;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace DealerPortal.Web.Features.Help;

/// <summary>What each form is for and what its fields mean; for everybody, also before they have an account.</summary>
[AllowAnonymous]
[Route(Path)]
public sealed class HelpController(DossierForms forms, FormHelp help) : Controller
{
    public const string Path = "/help";

    public static string UrlOf(DossierForm form) => $"{Path}/{form.Slug}";

    [HttpGet("")]
    public IActionResult Index() => View(forms.All);

    [HttpGet("registration")]
    public IActionResult Registration() => View();

    [HttpGet("{formSlug}")]
    public IActionResult Form(string formSlug) =>
        forms.Find(formSlug) is { } form ? View(new FormHelpPage(form, help.AboutOf(form), help.StepsOf(form), help.TopicsOf(form))) : NotFound();
}

public sealed record FormHelpPage(DossierForm Form, string About, IReadOnlyList<string> Steps, IReadOnlyList<HelpTopic> Topics);
