using System.IO.Compression;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace DealerPortal.Web.Features.Shared;

/// <summary>
/// Carries what was typed in a form across a change of language, in the protected notice cookie. Passwords are left
/// out: they are typed again.
/// </summary>
public static class CarriedForm
{
    private const string Key = "carried";

    /// <summary>Packed, so that the longest message fits; cookies of more than 8 kB in all are refused by some proxies.</summary>
    private const int MaxLength = 4000;
    // Letters as they are: the escapes of accents would take three times the room.
    private static readonly JsonSerializerOptions _json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly string[] Own = ["language", "returnUrl", "__RequestVerificationToken"];

    public static void Keep(Controller controller, string? page)
    {
        var typed = controller.Request.Form
            .Where(field => !Own.Contains(field.Key) && !field.Key.Contains("password", StringComparison.OrdinalIgnoreCase))
            .ToDictionary(field => field.Key, field => field.Value.ToArray());
        if (typed.Count == 0)
            return;
        var packed = Pack(new Carried(page ?? "/", typed));
        if (packed.Length <= MaxLength)
            controller.TempData[Key] = packed;
    }

    /// <summary>Puts carried values back as if they had been posted to this page, without judging them.</summary>
    public static void Restore(Controller controller)
    {
        if (controller.TempData[Key] is not string packed || Unpack(packed) is not { } carried
            || carried.Page != controller.Request.Path + controller.Request.QueryString)
            return;
        foreach (var (name, values) in carried.Fields)
            controller.ModelState.SetModelValue(name, values, string.Join(',', values));
    }

    private static string Pack(Carried carried)
    {
        using var bytes = new MemoryStream();
        using (var brotli = new BrotliStream(bytes, CompressionLevel.Optimal, leaveOpen: true))
            JsonSerializer.Serialize(brotli, carried, _json);
        return Convert.ToBase64String(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    private static Carried? Unpack(string packed)
    {
        using var brotli = new BrotliStream(new MemoryStream(Convert.FromBase64String(packed)), CompressionMode.Decompress);
        return JsonSerializer.Deserialize<Carried>(brotli, _json);
    }

    private sealed record Carried(string Page, Dictionary<string, string?[]> Fields);
}

/// <summary>On the GET of a form whose typed values survive a change of language.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RestoresCarriedFormAttribute : ActionFilterAttribute
{
    public override void OnActionExecuted(ActionExecutedContext context) => CarriedForm.Restore((Controller)context.Controller);
}
