using System.Globalization;
using System.Security.Claims;
using System.Text.Encodings.Web;
using DealerPortal.Core.ServiceCentres;
using DealerPortal.Web.Hosting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace DealerPortal.Web.Access;

/// <summary>Knows a machine by <c>Authorization: Bearer …</c>: no cookie, no session.</summary>
public sealed class MachineKeyHandler(
    CentreKeys keys, CurrentCaller caller, ApiLimits limits, IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "machine-key";

    private const string Bearer = "Bearer ";
    private TimeSpan? _wait;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
            return AuthenticateResult.NoResult();
        // Whoever tries keys is not to keep the database busy.
        if (limits.WaitAfterWrongKeys(RateLimits.NetworkOf(Context)) is { } wait)
        {
            _wait = wait;
            return AuthenticateResult.NoResult();
        }

        if (await keys.FindAsync(header[Bearer.Length..].Trim(), Context.RequestAborted) is not { } known)
        {
            limits.CountWrongKey(RateLimits.NetworkOf(Context));
            return AuthenticateResult.Fail("The key is not known.");
        }

        caller.Caller = known;
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, known.KeyId.ToString(CultureInfo.InvariantCulture))], Scheme.Name);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme.Name));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (_wait is { } wait)
            return ApiProblems.TooManyRequestsAsync(Context, wait);
        Response.Headers[HeaderNames.WWWAuthenticate] = "Bearer";
        return ApiProblems.WriteAsync(Context, StatusCodes.Status401Unauthorized, "Send a valid key as «Authorization: Bearer …».");
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        ApiProblems.WriteAsync(Context, StatusCodes.Status403Forbidden, "The key does not cover this.");
}
