namespace DealerPortal.Web.Hosting;

/// <summary>The headers every answer carries. Private pages are not stored; static assets set their own caching.</summary>
public static class SecurityHeaders
{
    public const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; " +
        "connect-src 'self'; form-action 'self'; base-uri 'self'; frame-ancestors 'none'";

    /// <summary>For the body of a mail in a frame: mails bring inline styles, and may do nothing else.</summary>
    public const string MailBodyPolicy =
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'; frame-ancestors 'self'; sandbox";

    /// <summary>For a page that shows a mail in a frame.</summary>
    public const string WithFrames = ContentSecurityPolicy + "; frame-src 'self'";

    private static readonly object _camera = new();

    /// <summary>Lets this one page open the camera; every other page may not.</summary>
    public static void AllowCamera(HttpContext context) => context.Items[_camera] = true;

    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        context.Response.OnStarting(() =>
        {
            var headers = context.Response.Headers;
            // A file download brings its own, stricter one.
            if (headers.ContentSecurityPolicy.Count == 0)
                headers.ContentSecurityPolicy = ContentSecurityPolicy;
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "same-origin";
            headers["Permissions-Policy"] = $"camera={(context.Items.ContainsKey(_camera) ? "(self)" : "()")}, geolocation=(), microphone=()";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers["Cross-Origin-Resource-Policy"] = "same-origin";
            if (headers.CacheControl.Count == 0)
                headers.CacheControl = "no-store";
            return Task.CompletedTask;
        });
        return next(context);
    });
}
