using System.Text.RegularExpressions;
using DealerPortal.Core;
using DealerPortal.Web.Access;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace DealerPortal.Web.Features.Shared;

/// <summary>The house's three colours as a style sheet, since pages carry no inline style.</summary>
[AllowAnonymous]
[AllowedDuringSetUp]
public sealed partial class BrandController(IOptions<BrandOptions> brand) : Controller
{
    [HttpGet("/brand.css")]
    [ResponseCache(Duration = 3600)]
    public IActionResult Css() => Content(
        ":root{" + Token("--brand", brand.Value.Colour) + Token("--brand-deep", brand.Value.ColourDeep) + Token("--brand-on", brand.Value.ColourOn) + "}",
        "text/css");

    private static string Token(string name, string? colour) => colour is not null && Hex().IsMatch(colour) ? $"{name}:{colour};" : "";

    [GeneratedRegex("^#[0-9a-fA-F]{6}$", RegexOptions.NonBacktracking)]
    private static partial Regex Hex();
}
